/** The first record of a trace: what the session was. Offsets and their sources: format.ts. */
import { readUtf16z } from "../bytes/text.ts";
import type { PointerSize } from "../bytes/pointer.ts";
import {
  BUFFER_HEADER_SIZE,
  CLOCK,
  HEADER_TYPE,
  LOG_HEADER,
  LOG_HEADER_AT,
  LOG_HEADER_TAIL,
  LOG_MODE,
  MARKER_TRACE,
} from "./format.ts";
import { KERNEL_GROUP_HEADER } from "./kernel-groups.ts";

export type ClockKind = "qpc" | "systemTime" | "cpuCycle";

export interface LogHeader {
  readonly bufferSize: number;
  readonly osBuild: number;
  readonly processors: number;
  readonly pointerSize: PointerSize;
  readonly loggerName: string;
  readonly eventsLost: number;
  readonly buffersLost: number;
  /** As the session wrote it; 0 or 1 where it was never closed. */
  readonly buffersWritten: number;
  readonly isCircular: boolean;
  readonly isPreallocated: boolean;
  readonly isRelogged: boolean;
  readonly isCompressed: boolean;
  readonly clock: ClockKind;
  /** FILETIME; 0 where the session does not tell. */
  readonly bootTime: bigint;
  /** FILETIME. */
  readonly startTime: bigint;
  /** FILETIME; 0 where the session was never closed (documented for TRACE_LOGFILE_HEADER.EndTime). */
  readonly endTime: bigint;
  /** Clock ticks at startTime. */
  readonly startTicks: bigint;
  readonly ticksPerSecond: number;
}

/** As much of the file's start as the header and its two names can take. */
export const LOG_HEADER_READ_SIZE = 0x2000;

const clockOf = (reserved: number): ClockKind => {
  if (reserved === CLOCK.systemTime) return "systemTime";
  return reserved === CLOCK.cpuCycle ? "cpuCycle" : "qpc";
};

const FILETIME_PER_SECOND = 10_000_000;

const ticksPerSecondOf = (clock: ClockKind, perfFrequency: number, cpuMhz: number): number => {
  if (clock === "cpuCycle" && cpuMhz > 0) return cpuMhz * 1_000_000;
  return clock === "qpc" && perfFrequency > 0 ? perfFrequency : FILETIME_PER_SECOND;
};

/**
 * The record tells, not the buffer header in front of it: that one may be damaged like any other buffer's, and the file be
 * read all the same.
 */
const looksLikeTrace = (view: DataView): boolean => {
  if (view.byteLength < LOG_HEADER_AT + LOG_HEADER_TAIL.at64 + LOG_HEADER_TAIL.names) return false;
  const type = view.getUint8(BUFFER_HEADER_SIZE + 2);
  const isKernelRecord = type === HEADER_TYPE.system32 || type === HEADER_TYPE.system64;
  const isHeaderGroup = view.getUint8(BUFFER_HEADER_SIZE + 7) === KERNEL_GROUP_HEADER;
  const pointerSize = view.getUint32(LOG_HEADER_AT + LOG_HEADER.pointerSize, true);
  const isMarked = view.getUint8(BUFFER_HEADER_SIZE + 3) === MARKER_TRACE;
  return isMarked && isKernelRecord && isHeaderGroup && (pointerSize === 4 || pointerSize === 8);
};

/** Null where these bytes do not begin a trace. */
export const readLogHeader = (view: DataView): LogHeader | null => {
  if (!looksLikeTrace(view)) return null;
  const u32 = (offset: number): number => view.getUint32(LOG_HEADER_AT + offset, true);
  const pointerSize: PointerSize = u32(LOG_HEADER.pointerSize) === 4 ? 4 : 8;
  const tail = LOG_HEADER_AT + (pointerSize === 8 ? LOG_HEADER_TAIL.at64 : LOG_HEADER_TAIL.at32);
  const clock = clockOf(view.getUint32(tail + LOG_HEADER_TAIL.clock, true));
  const mode = u32(LOG_HEADER.logFileMode);
  const recordEnd = Math.min(view.byteLength, BUFFER_HEADER_SIZE + view.getUint16(BUFFER_HEADER_SIZE + 4, true));
  const perfFrequency = Number(view.getBigInt64(tail + LOG_HEADER_TAIL.perfFrequency, true));
  return {
    bufferSize: u32(LOG_HEADER.bufferSize),
    osBuild: u32(LOG_HEADER.osBuild),
    processors: u32(LOG_HEADER.processors),
    pointerSize,
    loggerName: readUtf16z(view, tail + LOG_HEADER_TAIL.names, recordEnd).text,
    eventsLost: u32(LOG_HEADER.eventsLost),
    buffersLost: view.getUint32(tail + LOG_HEADER_TAIL.buffersLost, true),
    buffersWritten: u32(LOG_HEADER.buffersWritten),
    isCircular: (mode & LOG_MODE.circular) !== 0,
    isPreallocated: (mode & LOG_MODE.preallocate) !== 0,
    isRelogged: (mode & LOG_MODE.relog) !== 0,
    isCompressed: (mode & LOG_MODE.compressed) !== 0,
    clock,
    bootTime: view.getBigInt64(tail + LOG_HEADER_TAIL.bootTime, true),
    startTime: view.getBigInt64(tail + LOG_HEADER_TAIL.startTime, true),
    endTime: view.getBigInt64(LOG_HEADER_AT + LOG_HEADER.endTime, true),
    startTicks: view.getBigInt64(BUFFER_HEADER_SIZE + 16, true),
    ticksPerSecond: ticksPerSecondOf(clock, perfFrequency, u32(LOG_HEADER.cpuMhz)),
  };
};
