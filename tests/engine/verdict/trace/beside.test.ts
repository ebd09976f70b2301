// Captures beside a trace that would name somebody who is not to blame, and those that clear him.

import { describe, expect, test } from "@jest/globals";
import {
  captured,
  goesOnTo,
  withoutOwners,
  isReplaced,
  leakyMachine,
  leanTale,
  recordedMachine,
} from "../../../builders/beside.ts";
import { inherits } from "../../../builders/capture/machine/handles.ts";
import { exits, process as runs } from "../../../builders/capture/machine/processes.ts";
import { lacks, probeMeets, range, WSAENOBUFS } from "../../../builders/capture/machine/settings.ts";
import { closes, binds as keeps } from "../../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../../builders/capture/machine.ts";
import { triesToBind, triesToConnect } from "../../../builders/scenarios/plot.ts";
import { binds } from "../../../builders/story/calls.ts";
import { process } from "../../../builders/story/processes.ts";
import { opens } from "../../../builders/story/sockets.ts";
import { bindsVista, opensVista } from "../../../builders/story/vista.ts";
import { at, story } from "../../../builders/story.ts";
import { bothOf, culpritOf, reportBeside } from "../../support/beside.ts";

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
