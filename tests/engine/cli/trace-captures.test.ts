// A trace and captures taken beside it: what they add, and that nothing that is wrong with them costs the trace.

import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../engine/generated/records.ts";
import { captured, isReplaced, leakyMachine, leanTale, recordedMachine } from "../../builders/beside.ts";
import { process as runs, service } from "../../builders/capture/machine/processes.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import { closes } from "../../builders/capture/machine/sockets.ts";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { scenarios } from "../../builders/scenarios.ts";
import { process, rundown } from "../../builders/story/processes.ts";
import { at, story } from "../../builders/story.ts";
import { reportBeside, runBeside } from "../support/beside.ts";
import { withFolder } from "../support/files.ts";
import { onlyOf, recordsOf, runTraceFile } from "../support/run.ts";

const nameless = ({ holders, victims }: TraceReport): readonly (string | null)[] => [
  ...new Set([...holders, ...victims].map(({ processName }) => processName)),
];

describe("a leak older than the trace", () => {
  const both = (): readonly Uint8Array[] => {
    const box = leakyMachine();
    return [captured(box, "09:00:20"), captured(box, "09:10:00")];
  };

  test("has no culprit by the trace alone", () => {
    const { verdict, captures } = reportBeside(leanTale(), []);
    expect([verdict.exhausted, verdict.culprit, captures]).toEqual(["yes", null, []]);
  });

  test("has one by captures of its start and end", () => {
    const { verdict, holders, captures } = reportBeside(leanTale(), both());
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

  test("is found in whatever order they are given", () => {
    const inOrder = reportBeside(leanTale(), both());
    expect(reportBeside(leanTale(), both().toReversed()).verdict).toEqual(inOrder.verdict);
  });

  test("is at most of medium confidence by the capture of its start alone", () => {
    const [start] = both();
    const { verdict } = reportBeside(leanTale(), start === undefined ? [] : [start]);
    expect(verdict.culprit?.processId).toBe(7000);
    expect(verdict.confidence).not.toBe("High");
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/no snapshot of the end confirms/));
  });

  test("is none where its sockets were gone at the end", () => {
    const box = leakyMachine();
    const start = captured(box, "09:00:20");
    closes(box, box.sockets.slice());
    expect(reportBeside(leanTale(), [start, captured(box, "09:10:00")]).verdict.culprit).toBeNull();
  });
});

describe("names for a trace without any", () => {
  test("come from captures", () => {
    expect(nameless(reportBeside(leanTale(), []))).toEqual([null]);
    const box = leakyMachine();
    const report = reportBeside(leanTale(), [captured(box, "09:00:20"), captured(box, "09:10:00")]);
    expect(nameless(report).toSorted()).toEqual(["app.exe", "leak.exe", "web.exe"]);
  });

  test("are not given to a PID that is another process at the end", () => {
    const box = leakyMachine();
    const start = captured(box, "09:00:20");
    isReplaced(box, 4100, "other.exe");
    const { holders } = reportBeside(leanTale(), [start, captured(box, "09:10:00")]);
    expect(holders.find(({ processId }) => processId === 4100)?.processName).toBeNull();
  });

  test("say which services a host runs, though the trace names it", () => {
    const tale = story({ seed: 80, dynamicRange: { start: 60_000, ports: 150 } });
    const dns = process(tale, "svchost.exe", 1300);
    rundown(tale);
    at(tale, "09:00:10");
    takesPorts(tale, dns, 150);
    const nameless = process(tale, "svchost.exe", 1400);
    triesToBind(tale, nameless, 30);
    const box = recordedMachine();
    range(box, "tcp", 60_000, 150);
    service(box, 1300, ["Dnscache", "NlaSvc", "CryptSvc", "WinRM"]);
    service(box, 1400, ["W32Time"]);
    const { verdict, victims } = reportBeside(tale, [captured(box, "09:00:10")]);
    expect(verdict.culprit?.processName).toBe("svchost.exe [Dnscache, NlaSvc, CryptSvc, ...]");
    expect(victims[0]?.processName).toBe("svchost.exe [W32Time]");
    expect(verdict.reasons).toContainEqual("1 process of the trace has its name from the snapshots.");
  });

  test("are given where two sources tell a creation time with different precision", () => {
    const box = recordedMachine();
    runs(box, "app.exe", 4100);
    const start = captured(box, "09:00:20");
    const [app] = box.processes.splice(-1);
    if (app !== undefined) box.processes.push({ ...app, created: app.created - 3n });
    const { holders } = reportBeside(leanTale(), [start, captured(box, "09:10:00")]);
    expect(holders.find(({ processId }) => processId === 4100)?.processName).toBe("app.exe");
  });

  test("are not given by a process younger than what the trace shows", () => {
    const box = recordedMachine({ start: "2026-03-02T09:05:00Z" });
    runs(box, "late.exe", 4100);
    const { holders } = reportBeside(leanTale(), [captured(box, "09:10:00")]);
    expect(holders.find(({ processId }) => processId === 4100)?.processName).toBeNull();
  });
});

describe("a capture that cannot be used", () => {
  const cases: readonly (readonly [string, () => readonly Uint8Array[], RegExp])[] = [
    ["damaged", () => [captured(leakyMachine(), "09:00:20").subarray(0, 500)], /not used/],
    [
      "a text",
      () => [new TextEncoder().encode("  TCP 0.0.0.0:50000 0.0.0.0:0 BOUND 7000\r\n")],
      /no capture\.json|not used/,
    ],
    ["more than 10 minutes before the trace", () => [captured(leakyMachine(), "08:49:00")], /10 minutes/],
    ["more than 10 minutes after it", () => [captured(leakyMachine(), "09:25:00")], /10 minutes/],
    [
      "of another machine than the other",
      () => [captured(leakyMachine(), "09:00:20"), captured(leakyMachine({ name: "SRV02" }), "09:10:00")],
      /different machines/,
    ],
  ];

  test.each(cases)("%s: the trace is read as without it, and a warning says why", (_, captures, reason) => {
    const run = runBeside(leanTale(), captures());
    const { captures: told, file: _file, ...report } = onlyOf(run, "trace-report");
    const { captures: _none, file: _other, ...alone } = reportBeside(leanTale(), []);
    expect(report).toEqual(alone);
    expect(told.every(({ used, reason: why }) => !used && why !== null)).toBe(true);
    const warnings = recordsOf(run.records, "diagnostic").filter(({ code }) => code === "capture-not-used");
    expect(warnings).toHaveLength(told.length);
    expect(warnings[0]?.message).toMatch(reason);
  });

  test("may be 10 minutes away and no more", () => {
    const near = reportBeside(leanTale(), [captured(leakyMachine(), "08:51:00")]);
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
      writeFileSync(capture, captured(leakyMachine({ osBuild: alone.session.osBuild }), startOf(alone) || "09:00:00"));
      const beside = onlyOf(runTraceFile(file, { captures: [capture] }), "trace-report");
      expect(counted(beside)).toEqual(counted(alone));
    });
  });
});
