// Captures beside a trace that would name somebody who is not to blame, and those that clear him.

import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../../engine/generated/records.ts";
import { captured, goesOnTo, isReplaced, leakyMachine, leanTale, recordedMachine } from "../../../builders/beside.ts";
import { inherits } from "../../../builders/capture/machine/handles.ts";
import { exits, process as runs } from "../../../builders/capture/machine/processes.ts";
import { excludes, lacks, probeMeets, range, WSAENOBUFS } from "../../../builders/capture/machine/settings.ts";
import { closes, binds as keeps, visits as wears } from "../../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../../builders/capture/machine.ts";
import { takesPorts, triesToBind, triesToConnect, visits } from "../../../builders/scenarios/plot.ts";
import { binds } from "../../../builders/story/calls.ts";
import { process } from "../../../builders/story/processes.ts";
import { opens } from "../../../builders/story/sockets.ts";
import { bindsVista, opensVista } from "../../../builders/story/vista.ts";
import { at, type Story, story } from "../../../builders/story.ts";
import { reportBeside } from "../../support/beside.ts";

const culpritOf = ({ verdict }: TraceReport): string | number | null =>
  verdict.culprit === null ? null : (verdict.culprit.processName ?? verdict.culprit.processId);

const bothOf = (box: Machine): readonly Uint8Array[] => [captured(box, "09:00:20"), captured(box, "09:10:00")];

/** Nobody is seen to hold any port: neither processes nor handles could be read. */
const withoutOwners = (box: Machine): Machine => {
  lacks(box, "processes", "failed");
  lacks(box, "afd-handles", "refused");
  return box;
};

describe("ports of nobody known", () => {
  test("speak against a process that holds fewer", () => {
    expect(culpritOf(reportBeside(leanTale(200), []))).toBe(4100);
    const { verdict } = reportBeside(leanTale(200), bothOf(withoutOwners(leakyMachine({}, 600, 200))));
    expect([verdict.pattern, verdict.culprit]).toEqual(["Mixed", null]);
    expect(verdict.summary).toMatch(/No single process is known to have held the greater part of the pool/);
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/600 ports \(nobody known for certain 600\)/));
  });

  test("do not speak against a process that holds more", () => {
    expect(culpritOf(reportBeside(leanTale(200), bothOf(withoutOwners(leakyMachine({}, 100, 200)))))).toBe(4100);
  });

  test("are those of a process that began after them", () => {
    const box = leakyMachine({}, 600, 200);
    const leak = box.processes.find(({ processId }) => processId === 7000);
    if (leak === undefined) throw new Error("leak.exe does not run");
    goesOnTo(box, "09:00:15");
    const heir = runs(box, "heir.exe", 7400, { parent: leak });
    inherits(box, heir, leak);
    exits(box, leak);
    const { verdict } = reportBeside(leanTale(200), bothOf(box));
    expect(verdict.culprit).toBeNull();
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/nobody known for certain 600/));
  });

  test("are those that several processes have inherited", () => {
    const box = leakyMachine({}, 600);
    const leak = box.processes.find(({ processId }) => processId === 7000);
    if (leak === undefined) throw new Error("leak.exe does not run");
    for (const [index, processId] of [7400, 7404].entries())
      inherits(box, runs(box, `heir${index}.exe`, processId, { parent: leak }), leak);
    exits(box, leak);
    const { verdict } = reportBeside(leanTale(), bothOf(box));
    expect(verdict.culprit).toBeNull();
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/nobody known for certain 600/));
  });

  test("are not those that one process has inherited", () => {
    const box = leakyMachine({}, 600);
    const leak = box.processes.find(({ processId }) => processId === 7000);
    if (leak === undefined) throw new Error("leak.exe does not run");
    inherits(box, runs(box, "heir.exe", 7400, { parent: leak }), leak);
    exits(box, leak);
    expect(culpritOf(reportBeside(leanTale(), bothOf(box)))).toBe("heir.exe");
  });
});

describe("what the pool was used for in the end", () => {
  /** 800 ports: app.exe keeps some, churn.exe wears out the rest. */
  const churned = (kept: number): Story => {
    const tale = story({ seed: 73, dynamicRange: { start: 60_000, ports: 800 } });
    const app = process(tale, "app.exe", 4100);
    const churn = process(tale, "churn.exe", 4300);
    const web = process(tale, "web.exe", 5200);
    at(tale, "09:00:10");
    takesPorts(tale, app, kept);
    at(tale, "09:09:00");
    visits(tale, churn, 800 - kept);
    triesToBind(tale, web, 30);
    return tale;
  };

  const churnedMachine = (kept: number): Machine => {
    const box = recordedMachine();
    range(box, "tcp", 60_000, 800);
    const app = runs(box, "app.exe", 4100);
    runs(box, "churn.exe", 4300);
    runs(box, "web.exe", 5200);
    goesOnTo(box, "09:00:11");
    keeps(box, app, kept);
    return box;
  };

  const ended = (box: Machine, worn: number): readonly Uint8Array[] => {
    const start = captured(box, "09:00:20");
    const churn = box.processes.find(({ processId }) => processId === 4300);
    if (churn === undefined) throw new Error("churn.exe does not run");
    goesOnTo(box, "09:09:02");
    wears(box, churn, worn);
    return [start, captured(box, "09:09:03")];
  };

  test("acquits who held the few ports that were left", () => {
    expect(culpritOf(reportBeside(churned(200), []))).toBe(4100);
    const { verdict } = reportBeside(churned(200), ended(churnedMachine(200), 600));
    expect(verdict).toMatchObject({ pattern: "TimeWaitChurn", culprit: { processName: "churn.exe" } });
  });

  test("acquits nobody where it was seen long after calls failed", () => {
    const box = churnedMachine(350);
    const [start, near] = ended(box, 450);
    const late = captured(box, "09:15:00");
    const culpritWith = (stop: Uint8Array | undefined): string | number | null =>
      culpritOf(reportBeside(churned(350), [start as Uint8Array, stop as Uint8Array]));
    expect([culpritWith(near), culpritWith(late)]).toEqual(["churn.exe", "app.exe"]);
  });

  test("acquits who opened and closed much, where little is in TIME_WAIT", () => {
    expect(reportBeside(churned(0), []).verdict).toMatchObject({
      pattern: "TimeWaitChurn",
      culprit: { processId: 4300 },
    });
    const box = withoutOwners(churnedMachine(0));
    goesOnTo(box, "08:00:00");
    keeps(box, runs(box, "unknown.exe", 7000), 700);
    const { verdict } = reportBeside(churned(0), ended(box, 90));
    expect(verdict.culprit).toBeNull();
  });

  test("is churn without a culprit where whose connections those were is not known", () => {
    const tale = story({ seed: 74, dynamicRange: { start: 60_000, ports: 20 } });
    at(tale, "09:00:10");
    takesPorts(tale, process(tale, "app.exe", 4100), 20);
    at(tale, "09:09:00");
    triesToBind(tale, process(tale, "web.exe", 5200), 30);
    const { verdict } = reportBeside(tale, ended(churnedMachine(0), 700));
    expect(verdict).toMatchObject({ pattern: "TimeWaitChurn", culprit: null });
    expect(verdict.summary).toMatch(/Most of them were in TIME_WAIT/);
  });

  test("names who had the connections in TIME_WAIT with low confidence, where others opened more", () => {
    const tale = story({ seed: 75, dynamicRange: { start: 50_000, ports: 1500 } });
    const noise = [4400, 4404, 4408].map((processId) => process(tale, `noise${processId}.exe`, processId));
    const churn = process(tale, "churn.exe", 4300);
    for (const each of noise) triesToBind(tale, each, 300);
    at(tale, "09:08:30");
    visits(tale, churn, 600);
    triesToBind(tale, process(tale, "web.exe", 5200), 30, { status: 0xc0000209 | 0 });
    const { verdict } = reportBeside(tale, ended(churnedMachine(0), 600));
    expect(verdict).toMatchObject({
      pattern: "TimeWaitChurn",
      confidence: "Low",
      culprit: { processName: "churn.exe" },
    });
  });
});

describe("the capture of the end confirms older ports", () => {
  test("not where it is the same one again", () => {
    const start = captured(leakyMachine(), "09:00:20");
    const { verdict, captures } = reportBeside(leanTale(), [start, start]);
    expect(verdict.confidence).not.toBe("High");
    expect(captures.map(({ used, reason }) => [used, reason])).toEqual([
      [true, null],
      [false, expect.stringMatching(/same moment/)],
    ]);
  });

  test("not where it was taken long before calls failed", () => {
    const box = leakyMachine();
    const { verdict } = reportBeside(leanTale(), [captured(box, "09:00:20"), captured(box, "09:00:40")]);
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/no snapshot of the end confirms/));
  });

  test("not where it cannot see bound ports; a leak does not vanish by that", () => {
    const box = leakyMachine();
    const start = captured(box, "09:00:20");
    for (const name of ["bound-tcp-ipv4", "bound-tcp-ipv6"]) lacks(box, name, "failed");
    lacks(box, "afd-handles", "refused");
    const { verdict } = reportBeside(leanTale(), [start, captured(box, "09:10:00")]);
    expect(verdict.culprit?.processName).toBe("leak.exe");
    expect(verdict.confidence).not.toBe("High");
  });

  test("alone, where no capture of the start was taken", () => {
    const { verdict } = reportBeside(leanTale(), [captured(leakyMachine(), "09:10:00")]);
    expect(verdict.culprit?.processName).toBe("leak.exe");
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/by the snapshot of its end/));
  });
});

describe("ports that are not older than the trace", () => {
  test("are those that its binds took, though no bind told its number", () => {
    const tale = story({ seed: 76, dynamicRange: { start: 60_000, ports: 70 } });
    const app = process(tale, "app.exe", 4100);
    const web = process(tale, "web.exe", 5200);
    at(tale, "09:00:05");
    for (let index = 0; index < 70; index += 1) binds(tale, opens(tale, app), { plainExit: true });
    at(tale, "09:10:00");
    triesToBind(tale, web, 30);
    const box = recordedMachine();
    const owner = runs(box, "app.exe", 4100);
    goesOnTo(box, "09:00:10");
    keeps(box, owner, 70);
    const { verdict, holders } = reportBeside(tale, bothOf(box));
    expect(holders.find(({ processId }) => processId === 4100)).toMatchObject({ opened: 70, heldBefore: 0 });
    expect(verdict.culprit).toBeNull();
  });

  test("are those that the older events tell, however the bytes of the port lie", () => {
    const tale = story({ seed: 78, dynamicRange: { start: 60_000, ports: 70 } });
    const app = process(tale, "app.exe", 4100);
    at(tale, "09:00:05");
    for (let index = 0; index < 70; index += 1) bindsVista(tale, opensVista(tale, app));
    at(tale, "09:10:00");
    for (let index = 0; index < 30; index += 1) bindsVista(tale, opensVista(tale, process(tale, "web.exe", 5200)));
    const box = recordedMachine();
    range(box, "tcp", 60_000, 1000);
    const owner = runs(box, "app.exe", 4100);
    goesOnTo(box, "09:00:10");
    keeps(box, owner, 70);
    const { holders, verdict } = reportBeside(tale, bothOf(box));
    expect(holders.find(({ processId }) => processId === 4100)).toMatchObject({ opened: 70, heldBefore: 0 });
    expect(verdict).toMatchObject({ exhausted: "yes", culprit: null });
  });

  test("are bound ports in a trace that shows no bind at all", () => {
    const tale = story({ seed: 79, dynamicRange: { start: 60_000, ports: 140 } });
    const client = process(tale, "client.exe", 4100);
    at(tale, "09:00:05");
    triesToConnect(tale, client, 140);
    at(tale, "09:05:00");
    triesToConnect(tale, client, 10);
    const box = recordedMachine();
    const app = runs(box, "app.exe", 4200);
    runs(box, "client.exe", 4100);
    goesOnTo(box, "09:00:06");
    keeps(box, app, 300);
    const { holders } = reportBeside(tale, [captured(box, "09:00:07")]);
    expect(holders.find(({ processId }) => processId === 4200)).toBeUndefined();
  });

  test("are those that another process got in it", () => {
    const box = recordedMachine();
    range(box, "tcp", 60_000, 1000);
    keeps(box, runs(box, "leak.exe", 7000), 300);
    // The numbers from 60,000 on are app.exe's in the trace.
    const { holders } = reportBeside(leanTale(20), [captured(box, "09:00:05")]);
    expect(holders.find(({ processId }) => processId === 7000)?.heldBefore).toBe(280);
  });

  test("are not held against a PID that is another process in the end", () => {
    const box = leakyMachine();
    const start = captured(box, "09:00:20");
    isReplaced(box, 7000, "innocent.exe");
    expect(culpritOf(reportBeside(leanTale(), [start, captured(box, "09:10:00")]))).toBeNull();
  });
});

test("a capture minutes before the trace gives no more than low confidence: what was closed until then is not seen", () => {
  const { verdict } = reportBeside(leanTale(), [captured(leakyMachine(), "08:55:00")]);
  expect(verdict).toMatchObject({ confidence: "Low", culprit: { processName: "leak.exe" } });
  expect(verdict.reasons).toContainEqual(expect.stringMatching(/from before the trace/));
});

describe("the size of the pool", () => {
  const smallMachine = (): Machine => {
    const box = recordedMachine();
    range(box, "tcp", 60_000, 400);
    excludes(box, "tcp", 60_300, 60_399);
    runs(box, "app.exe", 4100);
    runs(box, "web.exe", 5200);
    return box;
  };

  test("is that of the capture, less what is excluded: 170 of 300 are the greater part", () => {
    const box = smallMachine();
    goesOnTo(box, "09:00:15");
    keeps(box, box.processes.find(({ processId }) => processId === 4100) as Machine["processes"][number], 170);
    expect(reportBeside(leanTale(170), []).verdict.confidence).toBe("Medium");
    expect(reportBeside(leanTale(170), bothOf(box)).verdict).toMatchObject({
      confidence: "High",
      culprit: { processName: "app.exe" },
    });
  });

  test("clears who can have filled only a small part of it", () => {
    expect(culpritOf(reportBeside(leanTale(200), []))).toBe(4100);
    const box = recordedMachine();
    runs(box, "app.exe", 4100);
    const { verdict } = reportBeside(leanTale(200), [captured(box, "09:00:05")]);
    expect([verdict.exhausted, verdict.culprit, verdict.pattern]).toEqual(["yes", null, "None"]);
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/^Of the 16,384 ports of the pool, .* who held 200 /));
  });

  test("is what is left beside ports asked for by number", () => {
    const tale = story({ seed: 82, dynamicRange: { start: 60_000, ports: 200 } });
    const dns = process(tale, "dns.exe", 4300);
    const app = process(tale, "app.exe", 4100);
    at(tale, "09:00:01");
    for (let port = 60_200; port < 60_600; port += 1) binds(tale, opens(tale, dns), { port });
    takesPorts(tale, app, 200);
    at(tale, "09:10:00");
    triesToBind(tale, process(tale, "web.exe", 5200), 30);
    const box = recordedMachine();
    range(box, "tcp", 60_000, 600);
    runs(box, "app.exe", 4100);
    runs(box, "dns.exe", 4300);
    expect(culpritOf(reportBeside(tale, [captured(box, "09:00:05")]))).toBe("app.exe");
  });
});

test("a name from before the first event is no certain one: the PID may have been used again", () => {
  const box = recordedMachine();
  range(box, "tcp", 60_000, 300);
  runs(box, "app.exe", 4100);
  const start = captured(box, "08:58:00");
  goesOnTo(box, "09:00:15");
  keeps(box, box.processes.find(({ processId }) => processId === 4100) as Machine["processes"][number], 300);
  const [alone, both] = [[start], [start, captured(box, "09:10:00")]].map((given) =>
    reportBeside(leanTale(300), given),
  );
  expect(alone?.verdict).toMatchObject({ confidence: "Medium", culprit: { processName: "app.exe" } });
  expect(alone?.verdict.reasons).toContainEqual(expect.stringMatching(/the PID may be another's/));
  expect(both?.verdict).toMatchObject({ confidence: "High", culprit: { processName: "app.exe" } });
});

describe("a range", () => {
  const culpritWith = (...ranges: readonly (readonly [number, number])[]): string | number | null => {
    const box = leakyMachine({}, 600, 200);
    const captures = ranges.map(([start, ports], index) => {
      for (const family of ["ipv4", "ipv6"] as const) range(box, "tcp", start, ports, family);
      return captured(box, ["09:00:20", "09:10:00"][index] as string);
    });
    return culpritOf(reportBeside(leanTale(200), captures));
  };

  test("that was set anew between the captures loses no port of a leak", () => {
    expect(culpritWith([59_400, 800], [59_400, 800])).toBe("leak.exe");
    expect(culpritWith([59_400, 800], [60_000, 500])).not.toBe("app.exe");
  });

  test("that Windows would not take was misread, and loses none either", () => {
    expect(culpritWith([59_400, 8], [59_400, 8])).toBe("leak.exe");
  });
});

describe("pools of their own", () => {
  test("an older leak of UDP ports does not explain why TCP ports ran out", () => {
    const box = recordedMachine();
    range(box, "tcp", 60_000, 300);
    keeps(box, runs(box, "resolver.exe", 7000), 9000, { protocol: "udp" });
    runs(box, "app.exe", 4100);
    const { verdict, holders } = reportBeside(leanTale(), bothOf(box));
    expect(verdict.culprit).toBeNull();
    expect(holders[0]).toMatchObject({ processName: "resolver.exe", heldBefore: 9000 });
  });

  test("families with ranges of their own: the smaller one may be what ran out, and no share is of one alone", () => {
    const box = recordedMachine();
    range(box, "tcp", 59_700, 320, "ipv4");
    keeps(box, runs(box, "leak.exe", 7000), 300);
    const { verdict } = reportBeside(leanTale(), bothOf(box));
    expect(verdict).toMatchObject({ confidence: "Medium", culprit: { processName: "leak.exe" } });
  });
});

test("exhaustion that the capture of the end shows by itself is a reason", () => {
  const box = leakyMachine({}, 16_384);
  probeMeets(box, "tcp", WSAENOBUFS);
  const { verdict } = reportBeside(leanTale(), bothOf(box));
  expect(verdict.reasons).toContainEqual(
    expect.stringMatching(/^The snapshot of the end says by itself: TCP ports are exhausted.*leak\.exe/),
  );
  closes(box, box.sockets.slice());
  box.probes = null;
  const recovered = reportBeside(leanTale(), [captured(box, "09:10:00")]);
  expect(recovered.verdict.reasons.join(" ")).not.toMatch(/says by itself/);
});
