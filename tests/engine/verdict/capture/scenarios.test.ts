// Every scenario of a machine through the whole engine: the verdict, the pools and the owners are what the story's author
// wrote down, and whatever the story, the sums of a report agree with each other.

import { describe, expect, test } from "@jest/globals";
import type { CaptureReport, PortPool } from "../../../../engine/generated/records.ts";
import {
  EXIT_CODES,
  type ExpectedHandles,
  type ExpectedOwner,
  type ExpectedPool,
} from "../../../builders/capture/scenarios/scenario.ts";
import { machinePlots } from "../../../builders/capture/scenarios.ts";
import { afdOwners, captureReport, portOwners, runMachine } from "../../support/captures.ts";
import type { Run } from "../../support/run.ts";

const cases = Object.entries(machinePlots).map(([name, { tale, expected }]) => {
  const run = runMachine(tale());
  return { name, expected, run, report: captureReport(run) };
});

/** An empty list of expected pools means that there is none; no list, that nothing was said of them. */
const poolsFor = ({ pools }: CaptureReport, expected: readonly ExpectedPool[]): readonly PortPool[] =>
  expected.length === 0
    ? pools
    : pools.filter((pool) => expected.some((each) => each.protocol === pool.protocol && isFamilyOf(pool, each)));

const isFamilyOf = (pool: PortPool, { family }: ExpectedPool): boolean =>
  family === undefined || family === pool.family;

const ownersFor = (run: Run, expected: readonly ExpectedOwner[]) =>
  expected.map(({ processId, protocol }) =>
    portOwners(run).find((row) => row.processId === processId && row.protocol === protocol),
  );

const handlesFor = (run: Run, expected: readonly ExpectedHandles[]) =>
  expected.map(({ processId }) => afdOwners(run).find((row) => row.processId === processId));

describe.each(cases)("$name", ({ expected, run, report }) => {
  test("is judged as it was told", () => {
    const { level, pattern, culprit, exitCode, pool, confidence, reasons } = report.verdict;
    expect({ level, pattern, culprit: culprit?.processId ?? null, exitCode }).toEqual({
      level: expected.level,
      pattern: expected.pattern,
      culprit: expected.culprit,
      exitCode: EXIT_CODES[expected.level],
    });
    expect({ pool, confidence }).toMatchObject({
      pool: expected.pool === undefined ? pool : expected.pool,
      confidence: expected.confidence ?? confidence,
    });
    expect(reasons).toContainEqual(expect.stringMatching(expected.reason ?? /./));
  });

  test("has the numbers that it was told with", () => {
    expect(poolsFor(report, expected.pools ?? [])).toMatchObject(expected.pools ?? report.pools);
    expect(ownersFor(run, expected.owners ?? [])).toMatchObject(expected.owners ?? []);
    expect(handlesFor(run, expected.handles ?? [])).toMatchObject(expected.handles ?? []);
  });

  test("has sums that agree", () => {
    for (const { ports, capacity, used, free, usedPercent, excluded, byClass, largestFreeRun } of report.pools) {
      const { excluded: excludedClass, ...usedClasses } = byClass;
      expect(Object.values(usedClasses).reduce((sum, count) => sum + count, 0)).toBe(used);
      expect([excludedClass, capacity + excluded, used + free]).toEqual([excluded, ports, capacity]);
      expect(usedPercent).toBeCloseTo(capacity === 0 ? 100 : (used / capacity) * 100, 1);
      expect(largestFreeRun).toBeLessThanOrEqual(free);
    }
  });

  test("accuses only who holds enough, and says why", () => {
    const { culprit, summary, reasons } = report.verdict;
    expect(summary).toMatch(/^\S.*\.$/);
    expect(reasons.length).toBeGreaterThan(0);
    if (culprit === null) return;
    expect(culprit.ports).toBeGreaterThanOrEqual(128);
    expect(culprit.share).toBeGreaterThanOrEqual(0.5);
    expect(culprit.reason).toMatch(/^\S.*\.$/);
    expect(summary).toContain(String(culprit.processId));
  });
});
