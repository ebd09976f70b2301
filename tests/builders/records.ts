// One event -> the bytes of its record, for every header kind of section 2 of the etl-format reference.
// The size stands in the record exactly; rounding up to 8 is the buffer's business.

import { type ByteSink, byteSink, bytesOf, putBytes, putU8, putU16, putU32, putU64, putZeros } from "./byte-sink.ts";
import { EMPTY_GUID, guidBytes } from "./guid.ts";
import type {
  Bits,
  ClassicEvent,
  ExtendedItem,
  InstanceEvent,
  KernelEvent,
  ManifestEvent,
  PerfInfoEvent,
  TraceEvent,
  WppEvent,
} from "./trace-file.ts";

/** Top byte of every marker but WPP's: TRACE | EVENT_TRACE. */
const TRACE_FLAGS = 0xc0;
const WPP_FLAGS = 0x90;

const HEADER_TYPE = {
  system: { 32: 1, 64: 2 },
  compact: { 32: 3, 64: 4 },
  classic: { 32: 0x0a, 64: 0x14 },
  instance: { 32: 0x0b, 64: 0x15 },
  perfinfo: { 32: 0x10, 64: 0x11 },
  event: { 32: 0x12, 64: 0x13 },
} as const satisfies Record<string, Record<Bits, number>>;

const extendedItemSize = (item: ExtendedItem): number => (8 + item.data.length + 7) & ~7;

const putExtendedItems = (sink: ByteSink, items: readonly ExtendedItem[]): void => {
  for (const [index, item] of items.entries()) {
    const size = extendedItemSize(item);
    putU16(sink, size);
    putU16(sink, item.type);
    putU16(sink, index + 1 < items.length ? 1 : 0);
    putU16(sink, item.data.length);
    putBytes(sink, item.data);
    putZeros(sink, size - 8 - item.data.length);
  }
};

const putManifest = (sink: ByteSink, event: ManifestEvent, ticks: bigint): void => {
  const items = event.extended ?? [];
  const itemBytes = items.reduce((total, item) => total + extendedItemSize(item), 0);
  putU16(sink, 0x50 + itemBytes + event.payload.length);
  putU8(sink, HEADER_TYPE.event[event.bits]);
  putU8(sink, TRACE_FLAGS);
  putU16(sink, items.length > 0 ? 1 : 0);
  putU16(sink, 0);
  putU32(sink, event.threadId);
  putU32(sink, event.processId);
  putU64(sink, ticks);
  putBytes(sink, guidBytes(event.provider));
  putU16(sink, event.id);
  putU8(sink, event.version);
  putU8(sink, event.channel ?? 0);
  putU8(sink, event.level ?? 4);
  putU8(sink, event.opcode ?? 0);
  putU16(sink, event.task ?? 0);
  putU64(sink, event.keyword ?? 0n);
  putZeros(sink, 8);
  putBytes(sink, guidBytes(event.activityId ?? EMPTY_GUID));
  putExtendedItems(sink, items);
};

const putClassic = (sink: ByteSink, event: ClassicEvent | InstanceEvent, ticks: bigint): void => {
  const size = event.header === "instance" ? 0x48 : 0x30;
  putU16(sink, size + event.payload.length);
  putU8(sink, HEADER_TYPE[event.header][event.bits]);
  putU8(sink, TRACE_FLAGS);
  putU8(sink, event.type);
  putU8(sink, event.level ?? 0);
  putU16(sink, event.version);
  putU32(sink, event.threadId);
  putU32(sink, event.processId);
  putU64(sink, ticks);
  putBytes(sink, guidBytes(event.guid));
  putZeros(sink, 8);
  if (event.header !== "instance") return;
  putU32(sink, event.instanceId);
  putU32(sink, event.parentInstanceId);
  putBytes(sink, guidBytes(event.parentGuid));
};

const putKernel = (sink: ByteSink, event: KernelEvent | PerfInfoEvent, size: number): void => {
  putU16(sink, event.version);
  putU8(sink, HEADER_TYPE[event.header][event.bits]);
  putU8(sink, TRACE_FLAGS);
  putU16(sink, size + event.payload.length);
  putU8(sink, event.type);
  putU8(sink, event.group);
};

const putThreadedKernel = (sink: ByteSink, event: KernelEvent, ticks: bigint): void => {
  const hasTimes = event.header === "system";
  putKernel(sink, event, hasTimes ? 0x20 : 0x18);
  putU32(sink, event.threadId);
  putU32(sink, event.processId);
  putU64(sink, ticks);
  if (hasTimes) putZeros(sink, 8);
};

/** The parts follow each other in the order of their flags. */
const putWpp = (sink: ByteSink, event: WppEvent, ticks: bigint): void => {
  const parts = byteSink(48);
  let flags = 0;
  if (event.sequence !== undefined) {
    flags |= 0x01;
    putU32(parts, event.sequence);
  }
  if (event.guid !== undefined) {
    flags |= 0x02;
    putBytes(parts, guidBytes(event.guid));
  } else if (event.componentId !== undefined) {
    flags |= 0x04;
    putU32(parts, event.componentId);
  }
  if (event.timed) {
    flags |= 0x08;
    putU64(parts, ticks);
  }
  if (event.thread !== undefined) {
    flags |= 0x20;
    putU32(parts, event.thread.threadId);
    putU32(parts, event.thread.processId);
  }
  putU16(sink, 8 + parts.length + event.payload.length);
  putU8(sink, 0);
  putU8(sink, WPP_FLAGS);
  putU16(sink, event.messageNumber);
  putU16(sink, flags);
  putBytes(sink, bytesOf(parts));
};

const putHeader = (sink: ByteSink, event: TraceEvent, ticks: bigint): void => {
  switch (event.header) {
    case "event":
      putManifest(sink, event, ticks);
      break;
    case "classic":
    case "instance":
      putClassic(sink, event, ticks);
      break;
    case "system":
    case "compact":
      putThreadedKernel(sink, event, ticks);
      break;
    case "perfinfo":
      putKernel(sink, event, 0x10);
      putU64(sink, ticks);
      break;
    case "wpp":
      putWpp(sink, event, ticks);
      break;
    case "raw":
      break;
  }
};

/** `ticks` is the event's time on the session's own clock. */
export const recordBytes = (event: TraceEvent, ticks: bigint): Uint8Array => {
  const sink = byteSink(0x60 + event.payload.length);
  putHeader(sink, event, ticks);
  putBytes(sink, event.payload);
  if (sink.length > 0xffff) throw new RangeError(`a record holds at most 65535 bytes, this one has ${sink.length}`);
  return bytesOf(sink);
};
