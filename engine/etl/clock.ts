/**
 * Time stamps count ticks of the session's clock. Inside the engine a moment is the number of ticks since the session's
 * start as a double (exact: sessions are shorter than 2^53 ticks); it becomes UTC only where it is printed.
 * Anchor: the first record's time stamp belongs to StartTime of the log header (not BootTime, which differs by minutes).
 */
import { formatFiletime } from "../bytes/filetime.ts";
import type { LogHeader } from "./log-header.ts";

export interface Clock {
  /** Words of the first record's time stamp, subtracted in the hot path. */
  readonly baseLow: number;
  readonly baseHigh: number;
  readonly ticksPerSecond: number;
  readonly toIso: (ticks: number) => string;
  readonly fromFiletime: (filetime: bigint) => number;
}

const FILETIME_PER_SECOND = 10_000_000;
const MIN_TIME = "1601-01-01T00:00:00.0000000Z";
const MAX_TIME = "9999-12-31T23:59:59.9999999Z";

export const createClock = (header: LogHeader): Clock => {
  const base = BigInt.asUintN(64, header.startTicks);
  // System time ticks are FILETIME themselves, whatever moment the header gives.
  const origin = header.clock === "systemTime" ? header.startTicks : header.startTime;
  const scale = FILETIME_PER_SECOND / header.ticksPerSecond;
  const toFiletime = (ticks: number): bigint => origin + BigInt(Math.round(ticks * scale));
  return {
    baseLow: Number(base & 0xffffffffn),
    baseHigh: Number(base >> 32n),
    ticksPerSecond: header.ticksPerSecond,
    toIso: (ticks) => formatFiletime(toFiletime(ticks)) ?? (ticks < 0 ? MIN_TIME : MAX_TIME),
    fromFiletime: (filetime) => Number(filetime - origin) / scale,
  };
};
