/**
 * Captures that were taken beside a trace: which of them is of its start and which of its end. The recorder takes the first
 * when the session has begun and the last before it stops, so that both lie within the trace.
 */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { Transport } from "../../model/socket-row.ts";
import type { Accounts } from "../accounts.ts";

export interface BesideCapture {
  readonly snapshot: Snapshot;
  readonly accounts: Accounts;
  /** Ticks of the trace's clock. */
  readonly ticks: number;
}

/** First and last event, as ticks and as FILETIME. */
export interface TraceSpan {
  readonly first: number;
  readonly last: number;
  readonly toTicks: (filetime: bigint) => number;
}

export interface Ends {
  readonly start: BesideCapture | null;
  readonly stop: BesideCapture | null;
}

/** A single capture is of the end to which it is nearer. */
export const endsOf = (captures: readonly BesideCapture[], { first, last }: TraceSpan): Ends => {
  const sorted = [...captures].sort((a, b) => a.ticks - b.ticks);
  const [earliest = null, ...later] = sorted;
  if (earliest === null) return { start: null, stop: null };
  const latest = later.at(-1);
  if (latest !== undefined) return { start: earliest, stop: latest };
  return earliest.ticks - first <= last - earliest.ticks
    ? { start: earliest, stop: null }
    : { start: null, stop: earliest };
};

/** Ports of the transport's pool; null where no capture shows its range, or the families differ. */
export const capacityOf = ({ start, stop }: Ends, protocol: Transport): number | null => {
  const [pool, ...others] = (stop ?? start)?.accounts[protocol].pools ?? [];
  return pool === undefined || others.length > 0 || pool.pool.isAssumed ? null : pool.pool.capacity;
};
