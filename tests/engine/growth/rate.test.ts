// Growth and chance: a leak is found with its rate, churn is not taken for one, and an interval holds what it promises.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { forecastOf, judge, LEAST_NET } from "../../../engine/growth/judge.ts";
import { rateOf } from "../../../engine/growth/rate.ts";
import { stepsOf } from "../../../engine/growth/series.ts";
import { student95 } from "../../../engine/growth/student.ts";
import { seededRandom } from "../../builders/random.ts";
import { at, churn, counts, sums } from "./series.ts";

const OPTIONS = { leastMinutes: 0.1 };
const RUNS = 250;
const seeds = Array.from({ length: RUNS }, (_, index) => index + 1);

const partOf = (holds: (seed: number) => boolean): number => seeds.filter(holds).length / RUNS;

describe("Student's quantile", () => {
  test.each([
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ])("with %i degrees of freedom is %d, to a hundredth", (degrees, expected) => {
    expect(Math.abs(student95(degrees) / expected - 1)).toBeLessThan(0.01);
  });
});

describe("a steady leak that is seen", () => {
  test.each([
    { intervals: 1, opened: 60, closed: 0 },
    { intervals: 1, opened: 160, closed: 60 },
    { intervals: 2, opened: 60, closed: 0 },
    { intervals: 3, opened: 60, closed: 10 },
    { intervals: 10, opened: 30, closed: 10 },
    { intervals: 60, opened: 25, closed: 20 },
  ])(
    "in $intervals intervals with $opened opened and $closed closed grows, at its rate",
    ({ intervals, opened, closed }) => {
      const judged = (seed: number) =>
        judge(counts(1000, churn(seededRandom(seed), intervals, opened, closed)), OPTIONS);
      const isInside = (seed: number): boolean => {
        const { rate } = judged(seed);
        return rate !== null && rate.lower <= opened - closed && opened - closed <= rate.upper;
      };
      expect(partOf((seed) => judged(seed).trend === "Growing")).toBeGreaterThanOrEqual(0.9);
      expect(partOf(isInside)).toBeGreaterThanOrEqual(0.9);
    },
  );

  test("without counts, in an hour of a watch, grows at its rate", () => {
    const judged = (seed: number) => {
      const seen = counts(2000, churn(seededRandom(seed), 12, 150, 100), 5);
      return judge(
        seen.map((sample) => ({ ...sample, events: null })),
        OPTIONS,
      );
    };
    expect(partOf((seed) => judged(seed).trend === "Growing")).toBeGreaterThanOrEqual(0.9);
    expect(
      partOf((seed) => {
        const { rate } = judged(seed);
        return rate !== null && rate.lower <= 10 && 10 <= rate.upper;
      }),
    ).toBeGreaterThanOrEqual(0.9);
  });
});

describe("churn", () => {
  test.each([
    { intervals: 1, rate: 20 },
    { intervals: 1, rate: 400 },
    { intervals: 2, rate: 100 },
    { intervals: 5, rate: 50 },
    { intervals: 40, rate: 30 },
  ])(
    "of $rate opened and closed in each of $intervals intervals hardly ever passes for growth",
    ({ intervals, rate }) => {
      const isGrowing = (seed: number): boolean =>
        judge(counts(5000, churn(seededRandom(seed), intervals, rate, rate)), OPTIONS).trend === "Growing";
      expect(partOf(isGrowing)).toBeLessThan(0.05);
    },
  );

  test("without counts hardly ever passes for growth", () => {
    const isGrowing = (seed: number): boolean => {
      const seen = counts(5000, churn(seededRandom(seed), 20, 100, 100), 5);
      return (
        judge(
          seen.map((sample) => ({ ...sample, events: null })),
          OPTIONS,
        ).trend === "Growing"
      );
    };
    expect(partOf(isGrowing)).toBeLessThan(0.05);
  });
});

describe("the trend", () => {
  test("of nothing that happens is that it does not grow", () => {
    expect(judge(counts(100, [[0, 0]]), OPTIONS)).toMatchObject({ trend: "NotGrowing", isFallInBursts: false });
  });

  test.each([
    [LEAST_NET, 0, "Growing"],
    [LEAST_NET - 1, 0, "NotGrowing"],
    [0, LEAST_NET, "Shrinking"],
    [0, LEAST_NET - 1, "NotGrowing"],
  ])("of %i opened and %i closed is %s", (opened, closed, trend) => {
    expect(judge(counts(LEAST_NET, [[opened, closed]]), OPTIONS).trend).toBe(trend);
  });

  test("of one burst among quiet intervals is no growth, however large it is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 2, max: 30 }),
        fc.nat(),
        (ports, steps, where) => {
          const changes = Array.from(
            { length: steps },
            (_, index) => [index === where % steps ? ports : 0, 0] as const,
          );
          const judged = judge(counts(0, changes), OPTIONS);
          expect(judged.trend).not.toBe("Growing");
        },
      ),
    );
  });

  test("of a rise in bursts is not known, and of a fall in bursts that it does not grow", () => {
    const quiet = [0, 0] as const;
    expect(judge(counts(0, [quiet, [3000, 0], quiet, quiet]), OPTIONS)).toMatchObject({
      trend: "Unknown",
      obstacle: "bursts",
      rate: null,
    });
    // A fall to less than half would begin a new stretch.
    expect(judge(counts(10_000, [quiet, [0, 3000], quiet, quiet]), OPTIONS)).toMatchObject({
      trend: "NotGrowing",
      isFallInBursts: true,
    });
  });

  test("of one sample, of a moment and of a few sums is not known", () => {
    expect(judge([], OPTIONS)).toMatchObject({ trend: "Unknown", obstacle: "one-sample", rate: null });
    expect(judge(sums([500]), OPTIONS)).toMatchObject({ trend: "Unknown", obstacle: "one-sample", rate: null });
    expect(judge(counts(0, [[500, 0]], 0.09), OPTIONS)).toMatchObject({ trend: "Unknown", obstacle: "too-short" });
    expect(judge(counts(0, [[500, 0]], 0.1), OPTIONS)).toMatchObject({ trend: "Growing", obstacle: null });
    expect(judge(sums([10, 60, 110, 160]), OPTIONS)).toMatchObject({ trend: "Unknown", obstacle: "few-samples" });
    expect(judge(sums([10, 60, 110, 160, 210]), OPTIONS)).toMatchObject({ trend: "Growing", obstacle: null });
  });
});

const change = fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 500 }));

test("the interval holds the rate, whatever was seen", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), fc.boolean(), (changes, isCounted) => {
      const seen = counts(20_000, changes).map((sample) => (isCounted ? sample : { ...sample, events: null }));
      const rate = rateOf(stepsOf(seen));
      expect(rate === null).toBe(!isCounted && changes.length < 4);
      if (rate === null) return;
      expect(rate.lower).toBeLessThan(rate.perMinute);
      expect(rate.perMinute).toBeLessThan(rate.upper);
    }),
  );
});

test("a forecast lies between its earliest and its latest moment", () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 64_000 }),
      (changes, free) => {
        const { trend, rate } = judge(counts(20_000, changes), OPTIONS);
        if (trend !== "Growing" || rate === null) return;
        const forecast = forecastOf(rate, free, at(0));
        expect(forecast).not.toBeNull();
        expect(forecast?.earliest).toBeLessThanOrEqual(forecast?.minutes ?? 0);
        expect(forecast?.minutes).toBeLessThanOrEqual(forecast?.latest ?? 0);
        expect(forecast?.time).toBe(at(forecast?.minutes ?? 0));
      },
    ),
  );
});

test("what would take more than a year is not told", () => {
  const rate = { perMinute: 0.01, lower: 0.005, upper: 0.015 };
  expect(forecastOf(rate, 5270, at(0))?.minutes).toBe(527_000);
  expect(forecastOf(rate, 5271, at(0))).toBeNull();
});
