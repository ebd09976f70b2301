/**
 * How the ports that were opened in a trace grow, until calls began to fail for want of one: from then on nothing can.
 * Ports from before the trace are not counted, and that one was closed is seen only as a socket that was closed, which may have
 * had none. So it is judged both ways, and what holds in one only is not told: with the old connections of all programs
 * turning into new ones, the first minutes of any trace would else show growth.
 */
import { type Judgement, judge } from "./judge.ts";
import { type Sample, sum } from "./series.ts";

/** An interval of trackers/timeline.ts. */
export interface Interval {
  readonly startTicks: number;
  readonly held: number;
  readonly opened: number;
  readonly failed: number;
  readonly closedBefore: number;
}

export interface TimelineGrowth {
  readonly judgement: Judgement;
  /** FILETIME from which on calls failed; null where none did. */
  readonly failing: bigint | null;
}

/** Shorter, and what a program does at once passes for a rate. */
const LEAST_MINUTES = 5 / 60;

interface Ends {
  readonly start: bigint;
  readonly endOf: (index: number) => bigint;
}

/** A sample at the beginning and one at the end of each interval. */
const samplesOf = (
  intervals: readonly Interval[],
  { start, endOf }: Ends,
  countsBefore: boolean,
): readonly Sample[] => {
  const before = intervals.map(({ closedBefore }) => (countsBefore ? closedBefore : 0));
  // Those from before that were closed were there at first.
  let left = sum(before);
  const samples: Sample[] = [{ time: start, used: left, events: 0 }];
  intervals.forEach(({ held, opened }, index) => {
    const closed = opened - (held - (intervals[index - 1]?.held ?? 0));
    left -= before[index] ?? 0;
    samples.push({ time: endOf(index), used: held + left, events: opened + closed + (before[index] ?? 0) });
  });
  return samples.filter(({ time }, index) => index === 0 || time > (samples[index - 1]?.time ?? time));
};

const judged = (intervals: readonly Interval[], ends: Ends): Judgement => {
  const options = { leastMinutes: LEAST_MINUTES };
  const [least, most] = [true, false].map((countsBefore) => judge(samplesOf(intervals, ends, countsBefore), options));
  if (least === undefined || most === undefined || least.trend === most.trend) return least ?? judge([], options);
  return { ...least, trend: "Unknown", rate: null, obstacle: "older" };
};

/** Null where the timeline shows no port. `endTicks` is the time of the last event, `toFiletime` makes a moment of it. */
export const timelineGrowth = (
  timeline: readonly Interval[],
  endTicks: number,
  toFiletime: (ticks: number) => bigint,
): TimelineGrowth | null => {
  const [first] = timeline;
  if (first === undefined || timeline.every(({ opened }) => opened === 0)) return null;
  const failing = timeline.find(({ failed }) => failed > 0);
  const intervals = failing === undefined ? timeline : timeline.slice(0, timeline.indexOf(failing));
  const endOf = (index: number): bigint => toFiletime(timeline[index + 1]?.startTicks ?? endTicks);
  return {
    judgement: judged(intervals, { start: toFiletime(first.startTicks), endOf }),
    failing: failing === undefined ? null : toFiletime(failing.startTicks),
  };
};
