// Series of samples told in words: how many ports are in use, minute by minute, and what came and went.

import type { Sample } from "../../../engine/growth/series.ts";
import { filetimeOf } from "../../builders/filetime.ts";
import type { Random } from "../../builders/random.ts";

const START = filetimeOf("2026-03-02T01:00:00Z");
const MINUTE = 600_000_000;

export const at = (minutes: number): bigint => START + BigInt(Math.round(minutes * MINUTE));

/** `used` at equal intervals; what came and went is not known. */
export const sums = (used: readonly number[], everyMinutes = 5): readonly Sample[] =>
  used.map((each, index) => ({ time: at(index * everyMinutes), used: each, events: null }));

/** From `first` on, with so many opened and closed in each interval. */
export const counts = (
  first: number,
  changes: readonly (readonly [opened: number, closed: number])[],
  everyMinutes = 1,
): readonly Sample[] => {
  const samples: Sample[] = [{ time: at(0), used: first, events: 0 }];
  for (const [opened, closed] of changes)
    samples.push({
      time: at(samples.length * everyMinutes),
      used: (samples.at(-1)?.used ?? 0) + opened - closed,
      events: opened + closed,
    });
  return samples;
};

/** A number after Poisson's law, by Knuth's way: as long as a product of chances stays above e^-mean. */
export const poisson = (random: Random, mean: number): number => {
  // e^-mean is nothing for large means, so that these are put together from small ones.
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2);
  let [product, count] = [random(), 0];
  while (product > Math.exp(-mean)) {
    product *= random();
    count += 1;
  }
  return count;
};

/** Opened and closed by chance, on average so many an interval. */
export const churn = (random: Random, intervals: number, opened: number, closed: number) =>
  Array.from({ length: intervals }, () => [poisson(random, opened), poisson(random, closed)] as const);
