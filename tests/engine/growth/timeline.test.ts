// Growth of what a trace shows being opened, until calls fail; and what sockets from before the trace do to it.

import { describe, expect, test } from "@jest/globals";
import { type Interval, timelineGrowth } from "../../../engine/growth/timeline.ts";
import { at } from "./series.ts";

/** Intervals of a minute: opened and closed, failed calls, and sockets from before that were closed. */
type Told = {
  readonly opened?: number;
  readonly closed?: number;
  readonly failed?: number;
  readonly closedBefore?: number;
};

const told = (intervals: readonly Told[]): readonly Interval[] => {
  let held = 0;
  return intervals.map(({ opened = 0, closed = 0, failed = 0, closedBefore = 0 }, startTicks) => {
    held += opened - closed;
    return { startTicks, held, opened, failed, closedBefore };
  });
};

const times = (count: number, each: Told): readonly Told[] => Array.from({ length: count }, () => each);

const growthOf = (intervals: readonly Told[]) => timelineGrowth(told(intervals), intervals.length, at);

describe("the timeline of a trace", () => {
  test("with a leak grows at its rate", () => {
    const growth = growthOf(times(10, { opened: 70, closed: 10 }));
    expect(growth).toMatchObject({ failing: null, judgement: { trend: "Growing", minutes: 10 } });
    expect(growth?.judgement.rate?.perMinute).toBeCloseTo(60, 6);
  });

  test("with churn does not grow", () => {
    expect(growthOf(times(10, { opened: 70, closed: 70 }))?.judgement.trend).toBe("NotGrowing");
  });

  test("is judged until calls fail, since then nothing can grow", () => {
    const growth = growthOf([...times(10, { opened: 60 }), { failed: 5 }, ...times(20, {})]);
    expect(growth).toMatchObject({ failing: at(10), judgement: { trend: "Growing", minutes: 10 } });
  });

  test("whose calls fail at once shows no change", () => {
    const growth = growthOf([{ opened: 60, failed: 1 }, ...times(9, { opened: 60 })]);
    expect(growth?.judgement).toMatchObject({ trend: "Unknown", obstacle: "one-sample" });
  });

  test("without a port says nothing", () => {
    expect(growthOf([])).toBeNull();
    expect(growthOf(times(10, { failed: 3 }))).toBeNull();
  });

  test("of some seconds is too short", () => {
    const short = told(times(10, { opened: 60 }));
    expect(timelineGrowth(short, 10, (ticks) => at(ticks / 130))?.judgement.obstacle).toBe("too-short");
    expect(timelineGrowth(short, 10, (ticks) => at(ticks / 120))?.judgement.trend).toBe("Growing");
  });
});

describe("sockets from before the trace", () => {
  test("whose closing may be all there is to the growth leave it open", () => {
    const growth = growthOf(times(10, { opened: 60, closedBefore: 60 }));
    expect(growth?.judgement).toMatchObject({ trend: "Unknown", obstacle: "older", rate: null });
  });

  test("that are few do not hide a leak", () => {
    const growth = growthOf(times(10, { opened: 60, closedBefore: 5 }));
    expect(growth?.judgement.trend).toBe("Growing");
    expect(growth?.judgement.rate?.perMinute).toBeCloseTo(55, 6);
    expect(growth?.judgement.samples.map(({ used }) => used).at(0)).toBe(50);
  });
});
