/**
 * Net ports per minute, with an interval. The number of ports in use is taken for a random walk with a drift: what is
 * opened and closed comes by chance, and the drift is what is left of it on average. How much chance there is, two things say:
 * the number of ports that came and went (a Poisson count has the variance of its mean, and the difference of two, after Skellam,
 * the sum of both), and how much the steps differ from each other.
 */
import { type Step, sum } from "./series.ts";
import { FEWEST_DEGREES, NORMAL_95, student95 } from "./student.ts";

export interface Rate {
  readonly perMinute: number;
  readonly lower: number;
  readonly upper: number;
}

/** Where nothing was seen, three may still have been due (the rule of three: at 95 %, none of 3 expected is seen). */
const LEAST_EVENTS = 3;

/**
 * What the count is worth, in degrees of freedom, beside what the steps say of themselves: two steps alone would say next to
 * nothing (12.7 standard errors). More than 4, and a single burst in one of two steps would pass for growth.
 */
const COUNT_DEGREES = 4;

/** Without a count, so many steps at least, as the expansion of Student's quantile needs. */
export const FEWEST_UNCOUNTED_STEPS = FEWEST_DEGREES + 1;

/** Variance of the net change of all steps together, as far as they differ from each other. */
const spreadOf = (steps: readonly Step[], perMinute: number, minutes: number): number => {
  const deviations = steps.map((step) => (step.net - perMinute * step.minutes) ** 2 / step.minutes);
  return (sum(deviations) * minutes) / (steps.length - 1);
};

const netOf = (steps: readonly Step[]): number => sum(steps.map(({ net }) => net));

/** Ports that came and went, at least. */
const countOf = (steps: readonly Step[]): number =>
  Math.max(LEAST_EVENTS, sum(steps.map(({ net, events }) => Math.max(Math.abs(net), events ?? 0))));

/** Half of the interval of the net change, as far as the count tells. */
const countMargin = (steps: readonly Step[]): number => NORMAL_95 * Math.sqrt(countOf(steps));

/** More came than chance explains, but not evenly. */
export const isBurst = (steps: readonly Step[], { lower, upper }: Rate): boolean =>
  lower <= 0 && upper >= 0 && Math.abs(netOf(steps)) > countMargin(steps);

/** Half of the interval of the net change. */
const marginOf = (steps: readonly Step[], perMinute: number, minutes: number): number => {
  const isCounted = steps.every(({ events }) => events !== null);
  const count = countOf(steps);
  const byCount = countMargin(steps);
  if (steps.length === 1) return byCount;
  const spread = spreadOf(steps, perMinute, minutes);
  const own = steps.length - 1;
  const prior = isCounted ? COUNT_DEGREES : 0;
  const variance = (prior * count + own * spread) / (prior + own);
  return Math.max(byCount, student95(prior + own) * Math.sqrt(variance));
};

/** Null where the steps are too few to tell. */
export const rateOf = (steps: readonly Step[]): Rate | null => {
  const minutes = sum(steps.map((step) => step.minutes));
  const isCounted = steps.every(({ events }) => events !== null);
  if (steps.length < (isCounted ? 1 : FEWEST_UNCOUNTED_STEPS) || minutes <= 0) return null;
  const perMinute = netOf(steps) / minutes;
  const margin = marginOf(steps, perMinute, minutes) / minutes;
  return { perMinute, lower: perMinute - margin, upper: perMinute + margin };
};
