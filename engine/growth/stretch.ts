/**
 * The last stretch of a series: what came after the latest of its breaks. A leak that began an hour ago is not told by the
 * average of a month, nor is one whose process was restarted at night by a rate that counts what the restart gave back.
 */
import { type Sample, type Step, stepsOf, sum } from "./series.ts";

/** gap: nothing was sampled for long. drop: many ports came free at once. change: it went on at another rate. */
export type BreakCause = "gap" | "drop" | "change";

export interface Break {
  readonly cause: BreakCause;
  /** Index of the first sample after it. */
  readonly index: number;
  /** Ports that came free, of a drop; else 0. */
  readonly ports: number;
}

/**
 * At least half of all, and at least half of the smallest range that Windows accepts (255 ports): between two samples only the
 * end of what held them gives back so many.
 */
const DROP_SHARE = 0.5;
const DROP_PORTS = 128;

const lastDrop = (samples: readonly Sample[], steps: readonly Step[]): Break | null => {
  const step = steps.findLastIndex(
    ({ net }, index) => -net >= DROP_PORTS && -net >= (samples[index]?.used ?? 0) * DROP_SHARE,
  );
  return step < 0 ? null : { cause: "drop", index: step + 1, ports: -(steps[step]?.net ?? 0) };
};

/** Some samples may fail on a busy machine; five in a row are missing because it was off, asleep, or not watched. */
const GAP_STEPS = 5;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const lastGap = (steps: readonly Step[]): Break | null => {
  const usual = median(steps.map(({ minutes }) => minutes));
  const step = steps.findLastIndex(({ minutes }) => minutes > usual * GAP_STEPS);
  return step < 0 ? null : { cause: "gap", index: step + 1, ports: 0 };
};

/** On either side of a change of rate: with fewer steps a burst cannot be told from a rate. */
const CHANGE_STEPS = 5;
/**
 * Standard errors between the two rates. The best of many places is looked for, and by chance the best of 80,000 (a full history)
 * differs by more than 4 in one of some hundred series.
 */
const CHANGE_ERRORS = 5;

interface Totals {
  readonly net: Float64Array;
  readonly minutes: Float64Array;
  readonly squares: Float64Array;
}

const totalsOf = (steps: readonly Step[]): Totals => {
  const [net, minutes, squares] = [0, 1, 2].map(() => new Float64Array(steps.length + 1));
  const totals = { net, minutes, squares } as Totals;
  steps.forEach((step, index) => {
    totals.net[index + 1] = (totals.net[index] as number) + step.net;
    totals.minutes[index + 1] = (totals.minutes[index] as number) + step.minutes;
    totals.squares[index + 1] = (totals.squares[index] as number) + step.net ** 2 / step.minutes;
  });
  return totals;
};

/** Rate and sum of squared deviations of the steps from `start` up to `end`. */
const partOf = ({ net, minutes, squares }: Totals, start: number, end: number) => {
  const of = (values: Float64Array): number => (values[end] as number) - (values[start] as number);
  const time = of(minutes);
  return { rate: of(net) / time, minutes: time, squares: Math.max(0, of(squares) - of(net) ** 2 / time) };
};

/** The step from which on the rate is another one, behind `start`; null where it stays. */
const changeAfter = (steps: readonly Step[], totals: Totals, start: number): number | null => {
  const end = steps.length;
  const counted = sum(steps.slice(start).map(({ net, events }) => Math.max(Math.abs(net), events ?? 0)));
  const least = counted / partOf(totals, start, end).minutes;
  let [best, at] = [CHANGE_ERRORS, -1];
  for (let split = start + CHANGE_STEPS; split <= end - CHANGE_STEPS; split += 1) {
    const [left, right] = [partOf(totals, start, split), partOf(totals, split, end)];
    const variance = Math.max(least, (left.squares + right.squares) / (end - start - 2));
    const errors = Math.abs(right.rate - left.rate) / Math.sqrt(variance * (1 / left.minutes + 1 / right.minutes));
    if (errors > best) [best, at] = [errors, split];
  }
  return at < 0 ? null : at;
};

const lastChange = (steps: readonly Step[]): Break | null => {
  const totals = totalsOf(steps);
  let start = 0;
  for (let next = changeAfter(steps, totals, 0); next !== null; next = changeAfter(steps, totals, start)) start = next;
  // The sample before the first step of the new rate is where it began.
  return start === 0 ? null : { cause: "change", index: start, ports: 0 };
};

const after = (samples: readonly Sample[], found: Break | null): readonly Sample[] =>
  found === null ? samples : samples.slice(found.index);

export interface Stretch {
  readonly samples: readonly Sample[];
  /** Why it does not begin with the series; null where it does. */
  readonly break: Break | null;
}

/** `canHaveGaps`: samples are taken at regular times, so that one that is missing says something. */
export const lastStretch = (samples: readonly Sample[], { canHaveGaps = false } = {}): Stretch => {
  const gap = canHaveGaps ? lastGap(stepsOf(samples)) : null;
  const whole = after(samples, gap);
  const drop = lastDrop(whole, stepsOf(whole));
  const rest = after(whole, drop);
  const change = lastChange(stepsOf(rest));
  const offset = samples.length - (change === null ? rest : after(rest, change)).length;
  const latest = change ?? drop ?? gap;
  return {
    samples: samples.slice(offset),
    break: latest === null ? null : { ...latest, index: offset },
  };
};
