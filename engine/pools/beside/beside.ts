/**
 * Captures that were taken beside a trace: which of them is of its start and which of its end. The recorder takes the first
 * when the session has begun and the last before it stops, so that both lie within the trace.
 */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import { SMALLEST_DYNAMIC_PORTS } from "../../model/port.ts";
import type { Transport } from "../../model/socket-row.ts";
import type { Accounts } from "../accounts.ts";
import type { Pool, PoolShape } from "../pool.ts";

export interface BesideCapture {
  readonly snapshot: Snapshot;
  readonly accounts: Accounts;
  /** Ticks of the trace's clock. */
  readonly ticks: number;
}

/** First and last event, and how a FILETIME becomes ticks. */
export interface TraceSpan {
  readonly first: number;
  readonly last: number;
  readonly ticksPerSecond: number;
  readonly toTicks: (filetime: bigint) => number;
}

export interface Ends {
  readonly start: BesideCapture | null;
  readonly stop: BesideCapture | null;
}

/**
 * Of several, the earliest is of the start. The latest is of the end only where it is nearer to the end: two captures at the
 * start say nothing of the end, however many there are.
 */
export const endsOf = (captures: readonly BesideCapture[], { first, last }: TraceSpan): Ends => {
  const sorted = [...captures].sort((a, b) => a.ticks - b.ticks);
  const isOfEnd = ({ ticks }: BesideCapture): boolean => ticks - first > last - ticks;
  const [earliest = null] = sorted;
  const latest = sorted.at(-1);
  const stop = latest !== undefined && isOfEnd(latest) ? latest : null;
  return { start: earliest === stop ? null : earliest, stop };
};

/** A range that stands in the capture and may be one. */
export const isToldRange = ({ isAssumed, ports }: Pick<PoolShape, "isAssumed" | "ports">): boolean =>
  !isAssumed && ports >= SMALLEST_DYNAMIC_PORTS;

const poolsOf = (capture: BesideCapture | null, protocol: Transport): readonly Pool[] =>
  (capture?.accounts[protocol].pools ?? []).map(({ pool }) => pool).filter(isToldRange);

/** The pool of a transport that a capture shows; null where its range is assumed, or the families have pools of their own. */
export const onlyPool = (capture: BesideCapture | null, protocol: Transport): Pool | null => {
  const [pool = null, ...others] = poolsOf(capture, protocol);
  return others.length === 0 ? pool : null;
};

/** Null where no capture shows the range. */
export interface PoolSize {
  /** Of the dynamic range, excluded ports too. */
  readonly ports: number;
  readonly capacity: number;
  /** Capacity of the smaller family, where they have pools of their own: no less can have run out. */
  readonly smallest: number;
}

/** Pools of families are added up: which of them ran out is not known, and a share of both is too small rather than too large. */
export const poolSize = ({ start, stop }: Ends, protocol: Transport): PoolSize | null => {
  const later = poolsOf(stop, protocol);
  const pools = later.length > 0 ? later : poolsOf(start, protocol);
  if (pools.length === 0) return null;
  return {
    ports: pools.reduce((sum, { ports }) => sum + ports, 0),
    capacity: pools.reduce((sum, { capacity }) => sum + capacity, 0),
    smallest: Math.min(...pools.map(({ capacity }) => capacity)),
  };
};
