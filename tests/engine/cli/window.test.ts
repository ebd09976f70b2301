// --since and --until: counts are those of the window, names are known from all of the trace.

import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../engine/generated/records.ts";
import { scenarioNamed } from "../../builders/scenarios.ts";
import { classicRundown, process, rundown } from "../../builders/story/processes.ts";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { at, story, told } from "../../builders/story.ts";
import { eventsOf, onlyOf, batchesOf, recordsOf, reportOf, traceOf } from "../support/run.ts";

/** 20 visits at 09:00:10, 300 ports taken from 09:05, 52 failures from 09:15. */
const LEAK = scenarioNamed("leak-small-mass").build();
const FAILURES_BEGIN = "2026-03-02T09:15:00Z";
const LEAK_BEGINS = "2026-03-02T09:05:00Z";

const victims = ({ victims: all }: TraceReport) => all.map(({ processName, failures }) => [processName, failures]);

describe("a window", () => {
  test("from the failures on has their counts, and names that were told before it", () => {
    const report = reportOf(LEAK, { since: FAILURES_BEGIN });
    expect(report.binds).toEqual({ attempted: 52, succeeded: 0, failed: 52 });
    expect(victims(report)).toEqual([
      ["web.exe", 40],
      ["mail.exe", 12],
    ]);
    expect(report.holders).toEqual([]);
    expect(report.verdict).toMatchObject({ exhausted: "yes", culprit: null });
    expect(report.coverage).toMatchObject({ since: "2026-03-02T09:15:00.0000000Z", until: null });
    expect(report.verdict.reasons).toContainEqual(expect.stringMatching(/Only a part of the trace/));
  });

  test("up to the failures knows none of them, and what was held then", () => {
    const report = reportOf(LEAK, { until: FAILURES_BEGIN });
    expect(report.binds).toEqual({ attempted: 320, succeeded: 320, failed: 0 });
    expect(report.verdict.exhausted).toBe("no");
    expect(report.holders[0]).toMatchObject({ processName: "svc.exe", held: 300 });
  });

  test("in the middle has what happened in it", () => {
    const report = reportOf(LEAK, { since: LEAK_BEGINS, until: FAILURES_BEGIN });
    expect(report.binds).toEqual({ attempted: 300, succeeded: 300, failed: 0 });
    expect(report.holders).toHaveLength(1);
    const { records } = eventsOf(LEAK, { since: LEAK_BEGINS, until: FAILURES_BEGIN });
    const times = recordsOf(records, "event").map(({ time }) => time);
    expect(report.session).toMatchObject({ firstEventTime: times[0], lastEventTime: times.at(-1) });
  });

  test("may be given in any zone and is told in UTC", () => {
    const report = reportOf(LEAK, { since: "2026-03-02T10:15:00.5+01:00" });
    expect(report.coverage.since).toBe("2026-03-02T09:15:00.5000000Z");
  });

  test.each(["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])(
    "away from the trace (%s) has nothing in it and tells nothing",
    (moment) => {
      const report = reportOf(LEAK, { since: moment, until: moment });
      expect(report.coverage.events).toBe(0);
      expect(report.session).toMatchObject({ firstEventTime: null, lastEventTime: null });
      expect(report.verdict.exhausted).toBe("unknown");
    },
  );

  test("parts the events of a trace: none is lost, none is told twice", () => {
    const count = (window: { readonly since?: string; readonly until?: string }): number =>
      recordsOf(eventsOf(LEAK, window).records, "event").length;
    const middle = "2026-03-02T09:15:00.0000000Z";
    const before = "2026-03-02T09:14:59.9999999Z";
    expect(count({ until: before }) + count({ since: middle })).toBe(count({}));
  });

  test("counts by kind what it tells one by one", () => {
    const window = { since: LEAK_BEGINS, until: FAILURES_BEGIN };
    const counts = recordsOf(eventsOf(LEAK, { ...window, count: true }).records, "event-count");
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(
      recordsOf(eventsOf(LEAK, window).records, "event").length,
    );
    expect(reportOf(LEAK, window).coverage.events).toBe(recordsOf(eventsOf(LEAK, window).records, "event").length);
  });
});

describe("failures one by one", () => {
  const tale = story({ seed: 31, witness: "both", dynamicRange: { start: 49152, ports: 150 } });
  const service = process(tale, "svc.exe", 4120);
  const web = process(tale, "web.exe", 5200);
  takesPorts(tale, service, 150);
  at(tale, "09:10:00");
  triesToBind(tale, web, 1200);
  classicRundown(tale, "rundownAtEnd");
  const run = traceOf(told(tale), { failures: true });
  const batches = batchesOf(run.records, "failure");
  const rows = batches.flatMap((batch) => batch.rows);

  test("are told in rows of 500, with names that come at the end of the trace", () => {
    expect(batches.map((batch) => batch.rows.length)).toEqual([500, 500, 200]);
    expect(new Set(rows.map(({ processName }) => processName))).toEqual(new Set(["web.exe"]));
  });

  test("have both witnesses, and are in the order of time", () => {
    expect(rows[0]).toMatchObject({
      operation: "bind",
      protocol: "tcp",
      local: "0.0.0.0:0",
      remote: null,
      status: "0xC0000209",
      isExhaustion: true,
      witnesses: ["afd", "tcpip"],
    });
    expect(rows.filter(({ time }, index) => time < (rows[index - 1]?.time ?? ""))).toEqual([]);
  });

  test("are as many as the report counts", () => {
    const report = onlyOf(run, "trace-report");
    expect(report.failures.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
  });

  test("are not told unless they are asked for", () => {
    expect(batchesOf(traceOf(told(tale)).records, "failure")).toEqual([]);
  });
});

test("names told by a rundown in front of the window and by one behind it are both known", () => {
  const tale = story({ seed: 32, dynamicRange: { start: 49152, ports: 0 } });
  const early = process(tale, "early.exe", 4120);
  rundown(tale);
  const late = process(tale, "late.exe", 5200);
  at(tale, "09:10:00");
  triesToBind(tale, early, 2);
  triesToBind(tale, late, 1);
  at(tale, "09:20:00");
  classicRundown(tale, "rundownAtEnd");
  const report = reportOf(told(tale), { since: "2026-03-02T09:05:00Z", until: "2026-03-02T09:15:00Z" });
  expect(victims(report)).toEqual([
    ["early.exe", 2],
    ["late.exe", 1],
  ]);
});
