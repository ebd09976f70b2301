// The timeline whatever its length: few intervals, nothing lost, the end as it was.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createTimeline, type TimelineInterval } from "../../../engine/trackers/timeline.ts";

type Happening = { readonly kind: "opened" | "closed" | "failed"; readonly pause: number };

const TICKS_PER_SECOND = 10_000_000;

/** Pauses from nothing to hours, so that intervals have to grow. */
const pause = fc.oneof(
  fc.constant(0),
  fc.nat({ max: 1000 }),
  fc.nat({ max: TICKS_PER_SECOND }),
  fc.nat({ max: 3600 * TICKS_PER_SECOND }),
);
const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("opened", "opened", "closed", "failed"),
  pause,
});

const told = (happenings: readonly Happening[], start: number) => {
  const timeline = createTimeline(TICKS_PER_SECOND);
  const held: (readonly [ticks: number, held: number])[] = [];
  let [ticks, open] = [start, 0];
  for (const { kind, pause: passed } of happenings) {
    ticks += passed;
    if (kind === "closed" && open === 0) continue;
    timeline[kind](ticks);
    open += kind === "opened" ? 1 : kind === "closed" ? -1 : 0;
    held.push([ticks, open]);
  }
  return { intervals: timeline.finish(), held, open };
};

const sum = (intervals: readonly TimelineInterval[], of: (interval: TimelineInterval) => number): number =>
  intervals.reduce((total, interval) => total + of(interval), 0);

describe("a timeline of anything", () => {
  test("has at most 200 intervals of one length, in which all that happened adds up", () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 400 }), fc.nat({ max: 1e15 }), (happenings, start) => {
        const { intervals, held, open } = told(happenings, start);
        expect(intervals.length).toBeLessThanOrEqual(200);
        expect(intervals.length > 0).toBe(held.length > 0);
        expect(sum(intervals, ({ failed }) => failed)).toBe(happenings.filter(({ kind }) => kind === "failed").length);
        expect(sum(intervals, ({ opened }) => opened)).toBe(happenings.filter(({ kind }) => kind === "opened").length);
        expect(intervals.at(-1)?.held ?? 0).toBe(open);
        const lengths = intervals
          .slice(1)
          .map(({ startTicks }, index) => startTicks - (intervals[index]?.startTicks ?? 0));
        expect(new Set(lengths).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("says for every interval what was held at its end", () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 200 }), (happenings) => {
        const { intervals, held } = told(happenings, 0);
        for (const [index, interval] of intervals.entries()) {
          const end = intervals[index + 1]?.startTicks ?? Number.POSITIVE_INFINITY;
          expect(interval.held).toBe(held.findLast(([ticks]) => ticks < end)?.[1] ?? 0);
        }
      }),
    );
  });
});

test("a trace in which nothing happened has no intervals", () => {
  expect(createTimeline(TICKS_PER_SECOND).finish()).toEqual([]);
});

test("events that come late are counted in their interval, and the end stays the end", () => {
  const timeline = createTimeline(TICKS_PER_SECOND);
  timeline.opened(0);
  timeline.opened(50 * TICKS_PER_SECOND);
  timeline.opened(10 * TICKS_PER_SECOND);
  timeline.closed(-5);
  const intervals = timeline.finish();
  expect(intervals.at(-1)?.held).toBe(2);
  expect(sum(intervals, ({ opened }) => opened)).toBe(3);
});

test("sockets from before the trace are counted in their interval, and neither begin nor lengthen a timeline", () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 200 }),
      fc.array(fc.nat({ max: 300 }), { maxLength: 100 }),
      (all, when) => {
        const [plain, mixed] = [createTimeline(TICKS_PER_SECOND), createTimeline(TICKS_PER_SECOND)];
        let [ticks, counted] = [0, 0];
        all.forEach(({ kind, pause: passed }, index) => {
          ticks += passed;
          plain[kind](ticks);
          mixed[kind](ticks);
          for (const _ of when.filter((each) => each === index)) {
            mixed.closedBefore(ticks + 5);
            counted += 1;
          }
        });
        const intervals = mixed.finish();
        expect(intervals.map((each) => ({ ...each, closedBefore: 0 }))).toEqual(plain.finish());
        expect(sum(intervals, ({ closedBefore }) => closedBefore)).toBe(counted);
      },
    ),
  );
});

test("sockets from before the trace that are closed before its first port are in no interval", () => {
  const timeline = createTimeline(TICKS_PER_SECOND);
  timeline.closedBefore(5);
  expect(timeline.finish()).toEqual([]);
  timeline.opened(TICKS_PER_SECOND);
  expect(timeline.finish()).toEqual([expect.objectContaining({ startTicks: TICKS_PER_SECOND, closedBefore: 0 })]);
});
