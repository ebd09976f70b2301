// The first buffer of a file: TRACE_LOGFILE_HEADER and the record that Windows 10 puts behind it
// (etl-format 1.3), and the clock that the header declares (1.4).

import { byteSink, bytesOf, putU8, putU16, putU32, putU64, putUtf16Fixed, putUtf16z, putZeros } from "./byte-sink.ts";
import type { KernelEvent, TraceClock, TraceFile } from "./trace-file.ts";

const CLOCK_TYPE = { qpc: 1, systemTime: 2, cpuCycle: 3 } as const satisfies Record<TraceClock, number>;

/** First build whose kernel writes a record of type 80 behind the header. */
const WINDOWS_10 = 10240;
const HEADER_GROUP = 0;

/** Session clock for a moment in 100 ns since the start. Raw clocks count from boot, not from the start. */
export const ticksAt = (file: TraceFile, at: number): bigint => {
  const sinceStart = BigInt(Math.round(at));
  const sinceBoot = file.startTime - file.bootTime + sinceStart;
  switch (file.clock) {
    case "qpc":
      return (sinceBoot * BigInt(file.perfFreq)) / 10_000_000n;
    case "systemTime":
      return file.startTime + sinceStart;
    case "cpuCycle":
      return (sinceBoot * BigInt(file.cpuMHz)) / 10n;
  }
};

const putTimeZone = (sink: ReturnType<typeof byteSink>): void => {
  putU32(sink, -60);
  putUtf16Fixed(sink, "W. Europe Standard Time", 32);
  for (const part of [0, 10, 0, 5, 3, 0, 0, 0]) putU16(sink, part);
  putU32(sink, 0);
  putUtf16Fixed(sink, "W. Europe Daylight Time", 32);
  for (const part of [0, 3, 0, 5, 2, 0, 0, 0]) putU16(sink, part);
  putU32(sink, -60);
  putZeros(sink, 4);
};

/** `buffers` counts the header's own buffer. */
const headerPayload = (file: TraceFile, buffers: number): Uint8Array => {
  const sink = byteSink(0x200);
  putU32(sink, file.bufferSize);
  putU8(sink, file.osVersion.major);
  putU8(sink, file.osVersion.minor);
  putU8(sink, file.logVersion.major);
  putU8(sink, file.logVersion.minor);
  putU32(sink, file.osBuild);
  putU32(sink, file.processors);
  putU64(sink, file.endAt === null ? 0n : file.startTime + BigInt(Math.round(file.endAt)));
  putU32(sink, 156_250);
  putU32(sink, file.maximumFileMB);
  putU32(sink, file.logFileMode);
  putU32(sink, file.buffersWritten ?? buffers);
  putU32(sink, 1);
  putU32(sink, file.pointerSize);
  putU32(sink, file.eventsLost);
  putU32(sink, file.cpuMHz);
  // The two name pointers: their values mean nothing on disk.
  putZeros(sink, 2 * file.pointerSize);
  putTimeZone(sink);
  putU64(sink, file.bootTime);
  putU64(sink, BigInt(file.perfFreq));
  putU64(sink, file.startTime);
  putU32(sink, CLOCK_TYPE[file.clock]);
  putU32(sink, file.buffersLost);
  putUtf16z(sink, file.loggerName);
  putUtf16z(sink, file.logFileName);
  return bytesOf(sink);
};

export const headerEvents = (file: TraceFile, buffers: number): readonly KernelEvent[] => {
  const common = {
    header: "system",
    bits: file.pointerSize === 8 ? 64 : 32,
    group: HEADER_GROUP,
    at: 0,
    processor: 0,
    processId: 3312,
    threadId: 7120,
  } as const;
  const first: KernelEvent = { ...common, type: 0, version: 2, payload: headerPayload(file, buffers) };
  const second: KernelEvent = { ...common, type: 80, version: 2, payload: new Uint8Array(48) };
  return file.osBuild >= WINDOWS_10 ? [first, second] : [first];
};
