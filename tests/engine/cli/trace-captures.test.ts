// A trace and captures taken beside it: what they add, and that nothing that is wrong with them costs the trace.

import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../engine/generated/records.ts";
import { zipOf } from "../../builders/capture/capture-files.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { exits, process as runs } from "../../builders/capture/machine/processes.ts";
import { binds as keeps, closes, connects as links } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { filetimeOf } from "../../builders/filetime.ts";
import { takesPorts, triesToBind, visits, WEB } from "../../builders/scenarios/plot.ts";
import { scenarios } from "../../builders/scenarios.ts";
import { process } from "../../builders/story/processes.ts";
import { at, type Story, story, told } from "../../builders/story.ts";
import { withFolder } from "../support/files.ts";
import { onlyOf, recordsOf, type Run, runTraceFile } from "../support/run.ts";

const DAY = "2026-03-02T";

/** Bytes at their moments: the machine as it is then. */
const captured = (box: Machine, time: string): Uint8Array => {
  box.now = filetimeOf(`${DAY}${time}Z`);
  return zipOf(captureOf(box));
};

const runWith = (tale: Story, captures: readonly Uint8Array[]): Run =>
  withFolder((folder) => {
    const file = join(folder, "trace.etl");
    writeFileSync(file, told(tale));
    const paths = captures.map((bytes, index) => {
      const path = join(folder, `${index}.zip`);
      writeFileSync(path, bytes);
      return path;
    });
    return runTraceFile(file, { captures: paths });
  });

const reportWith = (tale: Story, captures: readonly Uint8Array[]): TraceReport =>
  onlyOf(runWith(tale, captures), "trace-report");

/** A lean trace: nobody is named in it. web.exe fails for want of ports; app.exe takes a few. */
const leanTale = (): Story => {
  const tale = story({ seed: 71, dynamicRange: { start: 60_000, ports: 20 } });
  const app = process(tale, "app.exe", 4100);
  const web = process(tale, "web.exe", 5200);
  at(tale, "09:00:10");
  takesPorts(tale, app, 20);
  at(tale, "09:10:00");
  triesToBind(tale, web, 30);
  return tale;
};

/** The machine of that trace before it began: leak.exe has 300 ports already and does nothing in the trace. */
const leakyBox = (name = "SRV01"): Machine => {
  const box = machine({ name, start: "2026-03-02T01:00:00Z" });
  keeps(box, runs(box, "leak.exe", 7000), 300);
  runs(box, "app.exe", 4100);
  runs(box, "web.exe", 5200);
  return box;
};

const nameless = ({ holders, victims }: TraceReport): readonly (string | null)[] => [
  ...new Set([...holders, ...victims].map(({ processName }) => processName)),
];

describe("a leak older than the trace", () => {
  const both = (): readonly Uint8Array[] => {
    const box = leakyBox();
    return [captured(box, "09:00:20"), captured(box, "09:10:00")];
  };

  test("has no culprit by the trace alone", () => {
    const { verdict, captures } = reportWith(leanTale(), []);
    expect([verdict.exhausted, verdict.culprit, captures]).toEqual(["yes", null, []]);
  });

  test("has one by captures of its start and end", () => {
    const { verdict, holders, captures } = reportWith(leanTale(), both());
    expect(verdict).toMatchObject({ pattern: "BoundLeak", culprit: { processId: 7000, processName: "leak.exe" } });
    expect(holders[0]).toMatchObject({ processId: 7000, heldBefore: 300, opened: 0 });
    expect(captures.map(({ used, moment, computer }) => [used, moment, computer])).toEqual([
      [true, "within", "SRV01"],
      [true, "within", "SRV01"],
    ]);
    expect(verdict.reasons).toContainEqual(
      expect.stringMatching(/before the trace.* 300 ports \(leak\.exe \(7000\) 300\)/),
    );
  });

  test("is at most of medium confidence by the capture of its start alone", () => {
    const [start] = both();
    const { verdict } = reportWith(leanTale(), start === undefined ? [] : [start]);
    expect(verdict.culprit?.processId).toBe(7000);
    expect(verdict.confidence).not.toBe("High");
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/no snapshot of the end confirms/));
  });

  test("is none where its sockets were gone at the end", () => {
    const box = leakyBox();
    const start = captured(box, "09:00:20");
    closes(box, box.sockets.slice());
    expect(reportWith(leanTale(), [start, captured(box, "09:10:00")]).verdict.culprit).toBeNull();
  });
});

describe("names for a trace without any", () => {
  test("come from captures", () => {
    expect(nameless(reportWith(leanTale(), []))).toEqual([null]);
    const box = leakyBox();
    const report = reportWith(leanTale(), [captured(box, "09:00:20"), captured(box, "09:10:00")]);
    expect(nameless(report).toSorted()).toEqual(["app.exe", "leak.exe", "web.exe"]);
  });

  test("are not given to a PID that is another process at the end", () => {
    const box = leakyBox();
    const start = captured(box, "09:00:20");
    const app = box.processes.find(({ processId }) => processId === 4100);
    if (app === undefined) throw new Error("app.exe does not run");
    exits(box, app);
    runs(box, "other.exe", 4100);
    const { holders } = reportWith(leanTale(), [start, captured(box, "09:10:00")]);
    expect(holders.find(({ processId }) => processId === 4100)?.processName).toBeNull();
  });

  test("are not given by a process younger than what the trace shows", () => {
    const box = machine({ start: "2026-03-02T09:05:00Z" });
    runs(box, "late.exe", 4100);
    const { holders } = reportWith(leanTale(), [captured(box, "09:10:00")]);
    expect(holders.find(({ processId }) => processId === 4100)?.processName).toBeNull();
  });
});

describe("TIME_WAIT of the capture of the end", () => {
  const visiting = (visitors: readonly number[]): Story => {
    const tale = story({ seed: 72 });
    for (const [index, processId] of visitors.entries()) {
      const visitor = process(tale, `v${index}.exe`, processId);
      at(tale, `09:00:1${index}`);
      visits(tale, visitor, 5);
    }
    at(tale, "09:05:00");
    takesPorts(tale, process(tale, "app.exe", 6100), 1);
    return tale;
  };

  const end = (): Uint8Array => {
    const box = machine();
    const visitor = runs(box, "v0.exe", 4100);
    closes(box, links(box, visitor, 5, { to: WEB }));
    return captured(box, "09:05:00");
  };

  test.each<readonly [string, readonly number[], number]>([
    ["is attributed where one process connected to the endpoint", [4100], 5],
    ["is nobody's where two did", [4100, 4200], 0],
  ])("%s", (_, visitors, expected) => {
    const { holders, verdict } = reportWith(visiting(visitors), [end()]);
    expect(holders.reduce((sum, { timeWait }) => sum + timeWait, 0)).toBe(expected);
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/^In TIME_WAIT .* 5 ports/));
  });
});

describe("a capture that cannot be used", () => {
  const cases: readonly (readonly [string, () => readonly Uint8Array[], RegExp])[] = [
    ["damaged", () => [captured(leakyBox(), "09:00:20").subarray(0, 500)], /not used/],
    [
      "a text",
      () => [new TextEncoder().encode("  TCP 0.0.0.0:50000 0.0.0.0:0 BOUND 7000\r\n")],
      /no capture\.json|not used/,
    ],
    ["more than 10 minutes before the trace", () => [captured(leakyBox(), "08:49:00")], /10 minutes/],
    ["more than 10 minutes after it", () => [captured(leakyBox(), "09:25:00")], /10 minutes/],
    [
      "of another machine than the other",
      () => [captured(leakyBox(), "09:00:20"), captured(leakyBox("SRV02"), "09:10:00")],
      /different machines/,
    ],
  ];

  test.each(cases)("%s: the trace is read as without it, and a warning says why", (_, captures, reason) => {
    const run = runWith(leanTale(), captures());
    const { captures: told, file: _file, ...report } = onlyOf(run, "trace-report");
    const { captures: _none, file: _other, ...alone } = reportWith(leanTale(), []);
    expect(report).toEqual(alone);
    expect(told.every(({ used, reason: why }) => !used && why !== null)).toBe(true);
    const warnings = recordsOf(run.records, "diagnostic").filter(({ code }) => code === "capture-not-used");
    expect(warnings).toHaveLength(told.length);
    expect(warnings[0]?.message).toMatch(reason);
  });

  test("may be 10 minutes away and no more", () => {
    const near = reportWith(leanTale(), [captured(leakyBox(), "08:51:00")]);
    expect(near.captures.map(({ used, moment }) => [used, moment])).toEqual([[true, "before"]]);
  });
});

describe("whether ports ran out", () => {
  const startOf = ({ session }: TraceReport): string => (session.firstEventTime ?? "").slice(11, 19);
  const counted = ({ verdict, binds, exhaustion, failures }: TraceReport): unknown => [
    verdict.exhausted,
    binds,
    exhaustion,
    failures,
  ];

  test.each(Object.entries(scenarios))("%s: a capture changes neither the answer nor the counts", (_, { build }) => {
    withFolder((folder) => {
      const [file, capture] = [join(folder, "trace.etl"), join(folder, "any.zip")];
      writeFileSync(file, build());
      utimesSync(file, new Date(0), new Date(0));
      const alone = onlyOf(runTraceFile(file), "trace-report");
      writeFileSync(capture, captured(leakyBox(), startOf(alone) || "09:00:00"));
      const beside = onlyOf(runTraceFile(file, { captures: [capture] }), "trace-report");
      expect(counted(beside)).toEqual(counted(alone));
    });
  });
});
