/**
 * Ports over time in at most 200 intervals of equal length. The length of the trace is not known beforehand (the header's
 * end time may be wrong), so intervals begin short and double whenever the trace outgrows them.
 */

export interface TimelineInterval {
  readonly startTicks: number;
  readonly held: number;
  readonly opened: number;
  readonly failed: number;
  /** Sockets from before the trace that were closed. Whether they had ports is not known. */
  readonly closedBefore: number;
}

export interface Timeline {
  readonly opened: (ticks: number) => void;
  readonly closed: (ticks: number) => void;
  readonly closedBefore: (ticks: number) => void;
  readonly failed: (ticks: number) => void;
  readonly finish: () => readonly TimelineInterval[];
}

const INTERVALS = 200;
const FIRST_LENGTH_SECONDS = 0.001;

export const createTimeline = (ticksPerSecond: number): Timeline => {
  const opened = new Float64Array(INTERVALS);
  const failed = new Float64Array(INTERVALS);
  const closedBefore = new Float64Array(INTERVALS);
  const heldAtEnd = new Float64Array(INTERVALS).fill(-1);
  let length = Math.max(1, Math.round(ticksPerSecond * FIRST_LENGTH_SECONDS));
  let origin = Number.NaN;
  let held = 0;
  let last = -1;

  /** Two intervals become one: what happened adds up, and the later one's end is the end. */
  const double = (): void => {
    for (let index = 0; index < INTERVALS; index += 1) {
      const left = index * 2;
      const isInside = left < INTERVALS;
      for (const counts of [opened, failed, closedBefore])
        counts[index] = isInside ? (counts[left] as number) + (counts[left + 1] as number) : 0;
      const right = isInside ? (heldAtEnd[left + 1] as number) : -1;
      heldAtEnd[index] = right >= 0 || !isInside ? right : (heldAtEnd[left] as number);
    }
    length *= 2;
    last >>= 1;
  };

  const at = (ticks: number): number => {
    if (Number.isNaN(origin)) origin = ticks;
    let index = Math.max(0, Math.floor((ticks - origin) / length));
    while (index >= INTERVALS) {
      double();
      index = Math.floor((ticks - origin) / length);
    }
    if (index > last) last = index;
    // Also of an event that comes late: what is held now is what is held at the end.
    heldAtEnd[last] = held;
    return index;
  };

  return {
    opened: (ticks) => {
      held += 1;
      (opened[at(ticks)] as number) += 1;
    },
    closed: (ticks) => {
      held -= 1;
      at(ticks);
    },
    closedBefore: (ticks) => {
      // The timeline is of ports: what may have had none neither begins nor lengthens it.
      if (last < 0) return;
      const index = Math.floor((ticks - origin) / length);
      (closedBefore[Math.min(Math.max(0, index), last)] as number) += 1;
    },
    failed: (ticks) => {
      (failed[at(ticks)] as number) += 1;
    },
    finish: () => {
      let carried = 0;
      return Array.from({ length: last + 1 }, (_, index) => {
        const end = heldAtEnd[index] as number;
        carried = end >= 0 ? end : carried;
        return {
          startTicks: origin + index * length,
          held: carried,
          opened: opened[index] as number,
          failed: failed[index] as number,
          closedBefore: closedBefore[index] as number,
        };
      });
    },
  };
};
