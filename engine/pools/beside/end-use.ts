/**
 * What the pool was used for while calls failed, by the capture of the end. It stands for that moment only where calls failed
 * until about then, and where the pool is still used for the greater part: then whoever has a small part of it did not fill it.
 */
import { isAllSeen } from "../../artifacts/sight.ts";
import type { Transport } from "../../model/socket-row.ts";
import { type BesideCapture, onlyPool, type TraceSpan } from "./beside.ts";

export interface EndUse {
  /** Distinct ports of the pool in use, whatever for. */
  readonly used: number;
  /** Of these, ports in TIME_WAIT. */
  readonly timeWait: number;
}

/** What is in TIME_WAIT stays there as long by default since Windows 8 (TcpTimedWaitDelay). */
const NEAR_SECONDS = 120;

const MIN_USED_SHARE = 0.5;

/** Calls failed about when the capture was taken, or later. */
export const isOfFailures = (
  { ticks }: BesideCapture,
  lastEvidence: number | null,
  { ticksPerSecond }: TraceSpan,
): boolean => lastEvidence !== null && Math.abs(ticks - lastEvidence) <= NEAR_SECONDS * ticksPerSecond;

export const endUse = (
  stop: BesideCapture | null,
  protocol: Transport,
  lastEvidence: number | null,
  span: TraceSpan,
): EndUse | null => {
  if (stop === null || !isAllSeen(stop.snapshot.sight, protocol) || !isOfFailures(stop, lastEvidence, span))
    return null;
  const pool = onlyPool(stop, protocol);
  if (pool === null || pool.used < pool.capacity * MIN_USED_SHARE) return null;
  return { used: pool.used, timeWait: pool.byClass.timeWait };
};
