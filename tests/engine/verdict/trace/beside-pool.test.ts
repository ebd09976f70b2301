// The pool as captures beside a trace show it, its size and what it was used for, against those who would be blamed by the
// trace alone.

import { describe, expect, test } from "@jest/globals";
import {
  captured,
  goesOnTo,
  withoutOwners,
  leakyMachine,
  leanTale,
  recordedMachine,
} from "../../../builders/beside.ts";
import { process as runs } from "../../../builders/capture/machine/processes.ts";
import { excludes, range } from "../../../builders/capture/machine/settings.ts";
import { binds as keeps, visits as wears } from "../../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../../builders/capture/machine.ts";
import { takesPorts, triesToBind, visits } from "../../../builders/scenarios/plot.ts";
import { binds } from "../../../builders/story/calls.ts";
import { process } from "../../../builders/story/processes.ts";
import { opens } from "../../../builders/story/sockets.ts";
import { at, type Story, story } from "../../../builders/story.ts";
import { bothOf, culpritOf, reportBeside } from "../../support/beside.ts";

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

  test("is not smaller than what was held of it: all but a few ports excluded gives no certainty", () => {
    const box = recordedMachine();
    range(box, "tcp", 60_000, 400);
    excludes(box, "tcp", 60_004, 60_399);
    runs(box, "app.exe", 4100);
    expect(reportBeside(leanTale(170), [captured(box, "09:00:05")]).verdict).toMatchObject({
      confidence: "Medium",
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
