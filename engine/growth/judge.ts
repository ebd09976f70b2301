/** Whether ports in use grow, how fast, and when the pool is full if it goes on like this. */
import { FEWEST_UNCOUNTED_STEPS, isBurst, type Rate, rateOf } from "./rate.ts";
import { minutesAfter, minutesBetween, type Sample, stepsOf } from "./series.ts";
import { type Break, lastStretch } from "./stretch.ts";

export type Trend = "Growing" | "NotGrowing" | "Shrinking" | "Unknown";

export interface Forecast {
  readonly minutes: number;
  readonly earliest: number;
  readonly latest: number;
  /** FILETIME. */
  readonly time: bigint;
}

/** Why nothing can be said of the trend. */
export type Obstacle =
  /** One sample, or none. */
  | "one-sample"
  | "too-short"
  /** Of sums without counts, so that their spread has to be known. */
  | "few-samples"
  /** More ports came than chance explains, but not evenly: no rate holds for them, and whether more come nobody knows. */
  | "bursts"
  /** Not all ports in use can be seen, and those that can do not grow. */
  | "unseen"
  /** It began within the series, and what it opens at its start is no growth. */
  | "started"
  /** It depends on whether sockets from before the trace that were closed had ports. */
  | "older";

/** Why no moment of exhaustion is told although ports grow. */
export type NoForecast =
  | "capacity-unknown"
  | "capacity-changed"
  | "full"
  /** Most of what grows are ports in TIME_WAIT. */
  | "time-wait"
  /** Only a part of the ports in use is counted. */
  | "partial"
  | "too-far";

export interface Judgement {
  /** Those that were judged; the last stretch of the series. */
  readonly samples: readonly Sample[];
  readonly break: Break | null;
  readonly minutes: number;
  readonly trend: Trend;
  readonly rate: Rate | null;
  readonly obstacle: Obstacle | null;
  /** More ports went than chance explains, but not evenly: no rate holds for them. */
  readonly isFallInBursts: boolean;
}

/**
 * Fewer are within what any program opens for one request to several servers; and below some ten events counts are not
 * yet spread as the interval supposes.
 */
export const LEAST_NET = 10;

export interface JudgeOptions {
  /** A shorter series says nothing. */
  readonly leastMinutes: number;
  readonly canHaveGaps?: boolean;
}

const trendOf = ({ lower, upper }: Rate, net: number): Trend => {
  if (lower > 0 && net >= LEAST_NET) return "Growing";
  return upper < 0 && net <= -LEAST_NET ? "Shrinking" : "NotGrowing";
};

const obstacleOf = (samples: readonly Sample[], minutes: number, leastMinutes: number): Obstacle | null => {
  if (samples.length < 2) return "one-sample";
  if (minutes < leastMinutes) return "too-short";
  const isCounted = samples.slice(1).every(({ events }) => events !== null);
  return isCounted || samples.length > FEWEST_UNCOUNTED_STEPS ? null : "few-samples";
};

/** `samples` in their order of time, each later than the one before. */
export const judge = (all: readonly Sample[], { leastMinutes, canHaveGaps = false }: JudgeOptions): Judgement => {
  const { samples, break: found } = lastStretch(all, { canHaveGaps });
  const [first, last] = [samples[0], samples.at(-1)];
  const minutes = first === undefined || last === undefined ? 0 : minutesBetween(first.time, last.time);
  const short = obstacleOf(samples, minutes, leastMinutes);
  const measured = short === null ? rateOf(stepsOf(samples)) : null;
  const net = (last?.used ?? 0) - (first?.used ?? 0);
  const inBursts = measured !== null && Math.abs(net) >= LEAST_NET && isBurst(stepsOf(samples), measured);
  const obstacle = inBursts && net > 0 ? "bursts" : short;
  const rate = obstacle === null ? measured : null;
  return {
    samples,
    break: found,
    minutes,
    trend: rate === null ? "Unknown" : trendOf(rate, net),
    rate,
    obstacle,
    isFallInBursts: inBursts && net < 0,
  };
};

/** What is not seen may grow: that what is seen does not says nothing then. */
export const withUnseen = (judgement: Judgement): Judgement =>
  judgement.trend === "NotGrowing" || judgement.trend === "Shrinking"
    ? { ...judgement, trend: "Unknown", rate: null, obstacle: "unseen" }
    : judgement;

/** Nothing goes on like this for a year. */
const FARTHEST_MINUTES = 366 * 24 * 60;

/** `free` ports after the last sample. Null where it is too far away to be told. */
export const forecastOf = ({ perMinute, lower, upper }: Rate, free: number, last: bigint): Forecast | null => {
  const minutes = free / perMinute;
  if (minutes > FARTHEST_MINUTES) return null;
  return { minutes, earliest: free / upper, latest: free / lower, time: minutesAfter(last, minutes) };
};
