// Every scenario of the builders through the whole engine: what the report says is what the story's author wrote down.

import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../engine/generated/records.ts";
import type { Expected } from "../../builders/scenarios/scenario.ts";
import { scenarioNamed, scenarios } from "../../builders/scenarios.ts";
import { withFile } from "../support/files.ts";
import { onlyOf, reportOf, runTraceFile } from "../support/run.ts";

/** The report in the words of `Expected`, with those parts only that the scenario has something to say about. */
const asExpected = (report: TraceReport, expected: Expected): unknown => {
  const { verdict, coverage, reservations, destinations } = report;
  const told: Expected = {
    exhausted: verdict.exhausted,
    pattern: verdict.pattern,
    culprit: verdict.culprit?.processId ?? null,
    culpritName: verdict.culprit?.processName ?? "",
    binds: report.binds,
    failures: report.exhaustion.failures,
    victims: report.victims.map(({ processId, failures }) => ({ processId: processId ?? -1, failures })),
    holders: report.holders,
    reservations: reservations.map(({ processId, ...given }) => ({ ...given, processId: processId ?? -1 })),
    destination: destinations[0] ?? { remote: "", failures: 0 },
    coverage: { ...coverage, unreadable: coverage.unreadable.map(({ id, ...given }) => ({ ...given, id: id ?? -1 })) },
    session: { ...report.session },
  };
  const names = Object.keys(expected) as (keyof Expected)[];
  return Object.fromEntries(names.map((name) => [name, told[name]]));
};

/** Scenarios list holders as the story brings them up; the report begins with who holds most. */
const inReportOrder = (expected: Expected): Expected =>
  expected.holders === undefined
    ? expected
    : { ...expected, holders: [...expected.holders].sort((a, b) => b.held - a.held || b.opened - a.opened) };

describe("the report of a scenario", () => {
  test.each(Object.entries(scenarios))("%s is as expected", (_, { build, expected }) => {
    const report = reportOf(build());
    expect(asExpected(report, expected)).toMatchObject(inReportOrder(expected));
    expect(report.coverage.events).toBe(report.coverage.decoded + report.coverage.undecoded);
    for (const { opened, closed, held, peak } of report.holders) {
      expect(held).toBe(opened - closed);
      expect(peak).toBeGreaterThanOrEqual(held);
    }
  });
});

describe("a session that was never closed", () => {
  const bytes = scenarioNamed("unfinished").build();

  test("is a recording still under way while its file is young", () => {
    const run = withFile(bytes, (path) => runTraceFile(path), { isFresh: true });
    expect(run.exitCode).toBe(1);
    expect(onlyOf(run, "error")).toMatchObject({
      code: "file-still-written",
      path: expect.stringMatching(/trace\.etl$/),
    });
  });

  test("is read once its file has been at rest, and the report says what may be missing", () => {
    const run = withFile(bytes, (path) => runTraceFile(path));
    expect(onlyOf(run, "diagnostic")).toMatchObject({ code: "session-not-closed", offset: null });
    expect(onlyOf(run, "trace-report").verdict.reasons).toContainEqual(expect.stringMatching(/never closed/));
  });
});
