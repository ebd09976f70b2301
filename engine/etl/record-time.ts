/** Where a record keeps its time stamp. Source of the header kinds: format.ts. */
import type { Clock } from "./clock.ts";
import { HEADER_TYPE, MARKER_TRACE, MARKER_WPP } from "./format.ts";

const HIGH_WORD = 4294967296;

/** Ticks since the session's start; `at` is the place of a 64-bit time stamp. */
export const readTicks = (view: DataView, at: number, clock: Clock): number =>
  ((view.getUint32(at + 4, true) - clock.baseHigh) | 0) * HIGH_WORD + (view.getUint32(at, true) - clock.baseLow);

const WPP_FLAG = {
  sequence: 0x01,
  guid: 0x02,
  componentId: 0x04,
  timeStamp: 0x08,
  perfTimeStamp: 0x10,
  systemInfo: 0x20,
} as const;

/** Offset of the parts of a WPP record's header; the flags say which are there. */
export interface WppHeader {
  readonly guidAt: number;
  readonly timeAt: number;
  readonly threadAt: number;
  readonly size: number;
}

/** -1 marks an absent part. Source: WMI trace message flags in the Windows SDK (evntrace.h, TRACE_MESSAGE_*). */
export const readWppHeader = (flags: number): WppHeader => {
  let at = 8;
  const take = (flag: number, size: number): number => {
    if ((flags & flag) === 0) return -1;
    at += size;
    return at - size;
  };
  take(WPP_FLAG.sequence, 4);
  const guidAt = take(WPP_FLAG.guid, 16);
  if (guidAt < 0) take(WPP_FLAG.componentId, 4);
  const timeAt = take(WPP_FLAG.timeStamp | WPP_FLAG.perfTimeStamp, 8);
  const threadAt = take(WPP_FLAG.systemInfo, 8);
  return { guidAt, timeAt, threadAt, size: at };
};

/** Place of the time stamp in a header that has a thread too. */
const TIME_BEHIND_THREAD = 16;
const PERF_INFO_TIME = 8;

/** Place of the time stamp by header type; 0 for the rare kinds, of whose headers only the size is known. */
const TIME_AT = new Uint8Array(256);
for (const type of Object.values(HEADER_TYPE)) TIME_AT[type] = TIME_BEHIND_THREAD;
for (const type of [HEADER_TYPE.perfInfo32, HEADER_TYPE.perfInfo64]) TIME_AT[type] = PERF_INFO_TIME;
for (const type of [HEADER_TYPE.timed, HEADER_TYPE.error, HEADER_TYPE.wnode, HEADER_TYPE.message]) TIME_AT[type] = 0;

/** A record, not a WPP message, whose header names a thread and its process. */
export const hasThread = (view: DataView, at: number): boolean => TIME_AT[view.getUint8(at + 2)] === TIME_BEHIND_THREAD;

/** Ticks of the record at `at`; NaN where it has no time stamp or is no record. The caller vouches for 24 readable bytes. */
export const recordTicks = (view: DataView, at: number, clock: Clock): number => {
  const word = view.getUint32(at, true);
  const marker = word >>> 24;
  if (marker === MARKER_TRACE) {
    const offset = TIME_AT[(word >>> 16) & 0xff] as number;
    return offset === 0 ? Number.NaN : readTicks(view, at + offset, clock);
  }
  if (marker !== MARKER_WPP) return Number.NaN;
  const { timeAt } = readWppHeader(view.getUint16(at + 6, true));
  return timeAt < 0 || at + timeAt + 8 > view.byteLength ? Number.NaN : readTicks(view, at + timeAt, clock);
};
