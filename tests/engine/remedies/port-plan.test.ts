// Ranges that are proposed: whatever listens or is excluded, none takes a port of it, and none is one that netsh would refuse.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  HIGHEST_PORT,
  holds,
  largerRange,
  lastOf,
  LOWEST_PLANNED,
  LOWEST_PORT,
  openSpans,
  overlaps,
  reuseRange,
  type Span,
} from "../../../engine/remedies/port-plan.ts";

const spans = (lowest: number): fc.Arbitrary<Span> =>
  fc
    .tuple(fc.integer({ min: lowest, max: HIGHEST_PORT }), fc.integer({ min: 1, max: HIGHEST_PORT }))
    .map(([start, ports]) => ({ start, ports: Math.min(ports, HIGHEST_PORT - start + 1) }));

/** Listeners here and there, and blocks of all sizes. */
const blocked = fc
  .tuple(fc.array(fc.integer({ min: 1, max: HIGHEST_PORT }), { maxLength: 40 }), fc.array(spans(1), { maxLength: 3 }))
  .map(([ports, blocks]) => [...ports.map((start) => ({ start, ports: 1 })), ...blocks]);

const blocksOf = (taken: readonly Span[]) => (port: number) => taken.some((span) => holds(span, port));

const numbers = ({ start, ports }: Span): readonly number[] =>
  Array.from({ length: ports }, (_, index) => start + index);

const RUNS = { numRuns: 150 };

const SMALLEST = 255;

describe("runs of free ports", () => {
  test("hold all that is not blocked, and nothing else, each as long as it can be", () => {
    fc.assert(
      fc.property(blocked, spans(1), (taken, part) => {
        const isBlocked = blocksOf(taken);
        const runs = openSpans(isBlocked, part.start, lastOf(part));
        const isIn = blocksOf(runs);
        expect(numbers(part).filter((port) => isIn(port) === isBlocked(port))).toEqual([]);
        expect(runs.filter(({ start }) => start > part.start && !isBlocked(start - 1))).toEqual([]);
        expect(runs.filter((run) => run.start < part.start || lastOf(run) > lastOf(part))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("are none where all is blocked", () => {
    expect(openSpans(() => true, 1025, HIGHEST_PORT)).toEqual([]);
    expect(openSpans(() => false, 1025, 1025)).toEqual([{ start: 1025, ports: 1 }]);
  });
});

describe("a larger dynamic range", () => {
  test("takes nothing that is blocked and was not in the range before, and is one that netsh accepts", () => {
    fc.assert(
      fc.property(spans(LOWEST_PORT), blocked, (current, taken) => {
        const isBlocked = blocksOf(taken);
        const larger = largerRange(current, isBlocked);
        if (larger === null) return;
        expect(numbers(larger).filter((port) => isBlocked(port) && !holds(current, port))).toEqual([]);
        expect(larger.start).toBeGreaterThanOrEqual(Math.min(current.start, LOWEST_PLANNED));
        expect(larger.start).toBeGreaterThanOrEqual(LOWEST_PORT);
        expect(lastOf(larger)).toBeLessThanOrEqual(HIGHEST_PORT);
        expect(larger.ports).toBeGreaterThanOrEqual(SMALLEST);
        expect(larger.ports).toBeGreaterThanOrEqual(current.ports * 1.225);
      }),
      RUNS,
    );
  });

  test.each<[string, Span, readonly Span[], Span | null]>([
    [
      "takes all above 10000 where nothing is in the way",
      { start: 49_152, ports: 16_384 },
      [],
      { start: 10_000, ports: 55_536 },
    ],
    [
      "ends before a listener",
      { start: 49_152, ports: 16_384 },
      [{ start: 40_000, ports: 1 }],
      { start: 40_001, ports: 25_535 },
    ],
    [
      "keeps what is blocked inside already",
      { start: 49_152, ports: 16_384 },
      [{ start: 50_000, ports: 1 }],
      { start: 10_000, ports: 55_536 },
    ],
    [
      "begins below 10000 where it does so now",
      { start: 5000, ports: 1000 },
      [{ start: 20_000, ports: 1 }],
      { start: 5000, ports: 15_000 },
    ],
    [
      "moves where there is no room around it",
      { start: 49_152, ports: 16_384 },
      [{ start: 49_151, ports: 1 }],
      { start: 10_000, ports: 39_151 },
    ],
    [
      "is none where it would add too little",
      { start: 49_152, ports: 16_384 },
      [{ start: 10_000, ports: 37_152 }],
      null,
    ],
    ["is none for one that is as large as can be", { start: 10_000, ports: 55_536 }, [], null],
    ["of a range from 1024 on begins at 1025", { start: 1024, ports: 255 }, [], { start: 1025, ports: 64_511 }],
  ])("%s", (_, current, taken, expected) => {
    expect(largerRange(current, blocksOf(taken))).toEqual(expected);
  });

  test("has 98/80 as many ports at least", () => {
    const room = (ports: number): readonly Span[] => [{ start: 10_000, ports: 49_152 - 10_000 - ports }];
    expect(largerRange({ start: 49_152, ports: 16_384 }, blocksOf(room(3687)))).toEqual({
      start: 45_465,
      ports: 20_071,
    });
    expect(largerRange({ start: 49_152, ports: 16_384 }, blocksOf(room(3686)))).toBeNull();
  });
});

describe("an auto-reuse range", () => {
  test("takes nothing that is blocked, leaves half of the dynamic range, and has the ports that are needed", () => {
    fc.assert(
      fc.property(spans(LOWEST_PORT), blocked, fc.integer({ min: 0, max: 20_000 }), (dynamic, taken, least) => {
        const isBlocked = blocksOf(taken);
        const range = reuseRange(dynamic, isBlocked, least);
        if (range === null) return;
        expect(numbers(range).filter(isBlocked)).toEqual([]);
        expect(range.start).toBeGreaterThanOrEqual(LOWEST_PORT);
        expect(lastOf(range)).toBeLessThanOrEqual(HIGHEST_PORT);
        expect(range.ports).toBeGreaterThanOrEqual(Math.max(least, SMALLEST));
        if (overlaps(range, dynamic)) {
          expect(numbers(range).every((port) => holds(dynamic, port))).toBe(true);
          expect(range.ports * 2).toBeLessThanOrEqual(dynamic.ports);
        }
      }),
      RUNS,
    );
  });

  test.each<[string, Span, readonly Span[], number, Span | null]>([
    ["lies below the default range", { start: 49_152, ports: 16_384 }, [], 0, { start: 32_768, ports: 16_384 }],
    ["lies above a range that is low", { start: 10_000, ports: 10_000 }, [], 0, { start: 55_536, ports: 10_000 }],
    [
      "keeps away from listeners",
      { start: 49_152, ports: 16_384 },
      [{ start: 40_000, ports: 1 }],
      0,
      { start: 23_616, ports: 16_384 },
    ],
    [
      "takes the upper half of a range beside which nothing is free",
      { start: 10_000, ports: 55_536 },
      [],
      0,
      { start: 37_768, ports: 27_768 },
    ],
    [
      "takes what is free inside",
      { start: 10_000, ports: 55_536 },
      [{ start: 30_000, ports: 35_536 }],
      0,
      { start: 10_000, ports: 20_000 },
    ],
    ["is none where half of the range is not enough", { start: 10_000, ports: 55_536 }, [], 27_769, null],
    ["is none where nothing is free", { start: 49_152, ports: 16_384 }, [{ start: 1, ports: HIGHEST_PORT }], 0, null],
    [
      "is none where inside and beside are less than 255",
      { start: 65_036, ports: 500 },
      [{ start: 1, ports: 65_035 }],
      0,
      null,
    ],
  ])("%s", (_, dynamic, taken, least, expected) => {
    expect(reuseRange(dynamic, blocksOf(taken), least)).toEqual(expected);
  });
});
