// The last stretch of a series: gaps, drops and changes of rate begin a new one, and nothing else does.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Sample } from "../../../engine/growth/series.ts";
import { lastStretch } from "../../../engine/growth/stretch.ts";
import { seededRandom } from "../../builders/random.ts";
import { at, churn, counts, sums } from "./series.ts";

const usedIn = (samples: readonly Sample[], options = {}): readonly number[] =>
  lastStretch(samples, options).samples.map(({ used }) => used);

describe("a gap", () => {
  const withGap = (minutes: number): readonly Sample[] => [
    ...sums([10, 11, 12, 13]),
    ...[20, 21].map((used, index) => ({ time: at(15 + minutes + index * 5), used, events: null })),
  ];

  test("of more than five intervals begins a new stretch", () => {
    expect(usedIn(withGap(26), { canHaveGaps: true })).toEqual([20, 21]);
    expect(lastStretch(withGap(26), { canHaveGaps: true }).break).toEqual({ cause: "gap", index: 4, ports: 0 });
  });

  test("of five does not, nor where samples come as they come", () => {
    expect(usedIn(withGap(25), { canHaveGaps: true })).toHaveLength(6);
    expect(usedIn(withGap(26))).toHaveLength(6);
  });
});

describe("a drop", () => {
  test.each([
    { before: 256, after: 128, isOne: true },
    { before: 255, after: 128, isOne: false },
    { before: 1000, after: 500, isOne: true },
    { before: 1000, after: 501, isOne: false },
  ])("from $before to $after: $isOne", ({ before, after, isOne }) => {
    const stretch = lastStretch(sums([before, before, after, after + 1]));
    expect(stretch.samples).toHaveLength(isOne ? 2 : 4);
    expect(stretch.break).toEqual(isOne ? { cause: "drop", index: 2, ports: before - after } : null);
  });

  test("counts only where it is the latest", () => {
    expect(usedIn(sums([1000, 10, 1000, 20, 30]))).toEqual([20, 30]);
  });
});

describe("a change of rate", () => {
  const leakAfter = (quiet: number, leaking: number): readonly Sample[] =>
    counts(500, [
      ...Array.from({ length: quiet }, () => [2, 2] as const),
      ...Array.from({ length: leaking }, () => [50, 0] as const),
    ]);

  test("begins a new stretch at the last sample before it", () => {
    expect(lastStretch(leakAfter(100, 10))).toMatchObject({ break: { cause: "change", index: 100 } });
    expect(usedIn(leakAfter(100, 10))[0]).toBe(500);
  });

  test("is seen from the fifth interval on", () => {
    expect(lastStretch(leakAfter(100, 5)).samples).toHaveLength(6);
    expect(lastStretch(leakAfter(100, 4)).break?.index ?? 0).toBeLessThan(100);
  });

  test("is not seen in churn, or hardly ever", () => {
    const seeds = Array.from({ length: 200 }, (_, index) => index);
    const changed = seeds.filter(
      (seed) => lastStretch(counts(5000, churn(seededRandom(seed), 100, 20, 20))).break !== null,
    );
    expect(changed.length / seeds.length).toBeLessThan(0.02);
  });
});

test("a stretch is the end of its series, and begins where its break says", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2000 }), { maxLength: 60 }), fc.boolean(), (used, canHaveGaps) => {
      const samples = sums(used);
      const stretch = lastStretch(samples, { canHaveGaps });
      expect(stretch.samples).toEqual(samples.slice(stretch.break?.index ?? 0));
    }),
  );
});
