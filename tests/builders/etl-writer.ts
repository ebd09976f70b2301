// A description of a trace -> the bytes of an .etl file. The project's second statement of the format,
// written from the etl-format reference alone and independent of the engine's reader, so that
// decode(build(x)) = x says something about both.

import { BUFFER_HEADER_SIZE, type FilledBuffer, fillBuffers } from "./buffers.ts";
import { alignTo8, byteSink, bytesOf, concatenate, putBytes, putFill, putU16, putU32, putU64 } from "./byte-sink.ts";
import { filetimeOf, SECOND } from "./filetime.ts";
import { headerEvents, ticksAt } from "./log-header.ts";
import { recordBytes } from "./records.ts";
import { LOG_FILE_MODE, type TraceFile } from "./trace-file.ts";
import { compressXpress } from "./xpress-compress.ts";

/** BufferFlag bits. */
const FLUSH_MARKER = 0x01;
const EVENTS_LOST = 0x02;
const PROCESSOR_INDEX = 0x20;
const COMPRESSED = 0x40;

const HEADER_BUFFER_TYPE = 4;
const GENERIC_BUFFER_TYPE = 0;
const FLUSHED_STATE = 3;
/** First build whose buffers carry a 16-bit processor index. */
const WINDOWS_8 = 9200;

/** A quiet Windows 10 session on 8 processors; a scenario says only what is different. */
export const traceFile = (given: Partial<TraceFile>): TraceFile => {
  const startTime = given.startTime ?? filetimeOf("2026-03-02T08:00:00Z");
  const compressed = given.compression !== undefined && given.compression !== "none";
  const relogged = given.relogged ?? compressed;
  const mode = (relogged ? LOG_FILE_MODE.relogged : 0) | (compressed ? LOG_FILE_MODE.compressed : 0);
  const lastAt = (given.events ?? []).reduce((latest, event) => Math.max(latest, event.at), 0);
  return {
    pointerSize: 8,
    clock: "qpc",
    perfFreq: 10_000_000,
    cpuMHz: 2600,
    startTime,
    bootTime: startTime - BigInt(3 * 3600 * SECOND),
    endAt: lastAt + SECOND,
    osVersion: { major: 10, minor: 0 },
    osBuild: 19045,
    logVersion: compressed ? { major: 2, minor: 0 } : { major: 1, minor: 5 },
    processors: 8,
    bufferSize: 0x10000,
    logFileMode: LOG_FILE_MODE.sequential | mode,
    maximumFileMB: 512,
    eventsLost: 0,
    buffersLost: 0,
    buffersWritten: null,
    relogged,
    loggerName: relogged ? "Relogger" : "NetTrace",
    logFileName: "C:\\traces\\net.etl",
    compression: "none",
    arrangement: { kind: "flushed" },
    events: [],
    ...given,
  };
};

type BufferOnDisk = {
  readonly stride: number;
  readonly filled: number;
  readonly savedOffset: number;
  readonly timeStamp: bigint;
  readonly sequence: number;
  readonly processor: number;
  readonly flags: number;
  readonly type: number;
};

const bufferHeader = (file: TraceFile, buffer: BufferOnDisk): Uint8Array => {
  const sink = byteSink(BUFFER_HEADER_SIZE);
  const index = file.osBuild >= WINDOWS_8;
  putU32(sink, buffer.stride);
  putU32(sink, buffer.savedOffset);
  // CurrentOffset: where the writer's cursor stood, which may lie behind the buffer's end.
  putU32(sink, buffer.filled + buffer.stride);
  putU32(sink, 0);
  putU64(sink, buffer.timeStamp);
  putU64(sink, BigInt(buffer.sequence));
  putU64(sink, 0xffff_9a0f_3c21_4010n);
  // Before Windows 8 the high byte is the record alignment and no flag announces an index.
  putU16(sink, index ? buffer.processor : 0x0800 | buffer.processor);
  putU16(sink, file.relogged ? 0 : 0x1a);
  putU32(sink, FLUSHED_STATE);
  putU32(sink, buffer.filled);
  putU16(sink, buffer.flags | (index ? PROCESSOR_INDEX : 0));
  putU16(sink, buffer.type);
  putFill(sink, 16, 0xdd);
  return bytesOf(sink);
};

const headerRecords = (file: TraceFile, buffers: number): Uint8Array => {
  const sink = byteSink(0x400);
  for (const event of headerEvents(file, buffers)) {
    putBytes(sink, recordBytes(event, ticksAt(file, event.at)));
    alignTo8(sink);
  }
  return bytesOf(sink);
};

/** Compressed files keep the header plain, in a buffer no longer than it has to be. */
const headerStride = (file: TraceFile, filled: number): number =>
  file.compression === "none" ? file.bufferSize : (filled + 0x1ff) & ~0x1ff;

const headerBuffer = (file: TraceFile, buffers: number): Uint8Array => {
  const records = headerRecords(file, buffers);
  const filled = BUFFER_HEADER_SIZE + records.length;
  const stride = headerStride(file, filled);
  if (filled > stride) throw new RangeError(`the header needs ${filled} bytes, the buffer has ${stride}`);
  const header = bufferHeader(file, {
    stride,
    filled,
    savedOffset: file.osBuild < WINDOWS_8 ? 0 : filled,
    timeStamp: 0n,
    sequence: 0,
    processor: 0,
    flags: FLUSH_MARKER,
    type: HEADER_BUFFER_TYPE,
  });
  return concatenate([header, records, new Uint8Array(stride - filled).fill(0xff)]);
};

const dataBuffer = (file: TraceFile, buffer: FilledBuffer, flags: number): Uint8Array => {
  const filled = BUFFER_HEADER_SIZE + buffer.records.length;
  const compressed = file.compression !== "none";
  const body =
    file.compression === "none"
      ? concatenate([buffer.records, new Uint8Array(file.bufferSize - filled).fill(0xff)])
      : compressXpress(buffer.records, file.compression);
  const header = bufferHeader(file, {
    stride: BUFFER_HEADER_SIZE + body.length,
    filled,
    savedOffset: filled,
    timeStamp: file.relogged ? file.startTime + BigInt(Math.round(buffer.flushedAt)) : ticksAt(file, buffer.flushedAt),
    sequence: buffer.sequence,
    processor: buffer.processor,
    flags: flags | (compressed ? COMPRESSED : 0),
    type: GENERIC_BUFFER_TYPE,
  });
  return concatenate([header, body]);
};

/** A session that was never closed has written nothing but its first header, and no flush marker. */
export const buildTrace = (file: TraceFile): Uint8Array => {
  const buffers = fillBuffers(file);
  const isClosed = file.endAt !== null;
  const newest = Math.max(0, ...buffers.map((buffer) => buffer.sequence));
  const data = buffers.map((buffer, index) => {
    const marker = isClosed && buffer.sequence === newest ? FLUSH_MARKER : 0;
    return dataBuffer(file, buffer, marker | (file.eventsLost > 0 && index === 0 ? EVENTS_LOST : 0));
  });
  return concatenate([headerBuffer(file, isClosed ? buffers.length + 1 : 1), ...data]);
};
