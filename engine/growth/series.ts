/** A series of samples of how many ports are in use, and the steps between them. */

/** How many ports were in use at one moment. */
export interface Sample {
  /** FILETIME. */
  readonly time: bigint;
  readonly used: number;
  /** Ports opened and closed since the sample before, at least; null where only their sum is known. */
  readonly events: number | null;
}

/** What happened between two samples. */
export interface Step {
  readonly minutes: number;
  readonly net: number;
  readonly events: number | null;
}

const FILETIME_PER_MINUTE = 600_000_000;

export const minutesBetween = (first: bigint, last: bigint): number => Number(last - first) / FILETIME_PER_MINUTE;

export const minutesAfter = (time: bigint, minutes: number): bigint =>
  time + BigInt(Math.round(minutes * FILETIME_PER_MINUTE));

/** `samples` in their order of time, each later than the one before. */
export const stepsOf = (samples: readonly Sample[]): readonly Step[] =>
  samples.slice(1).map((sample, index) => {
    const before = samples[index] ?? sample;
    return {
      minutes: minutesBetween(before.time, sample.time),
      net: sample.used - before.used,
      events: sample.events,
    };
  });

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
