// SystemExtendedHandleInformation (class 64) as NtQuerySystemInformation fills it: a count and a reserved word of pointer
// size, then entries of 0x28 bytes (64 bit) or 0x1C bytes (32 bit). Source: handles reference, section 1.

import { byteSink, bytesOf, type ByteSink, putU16, putU32, putU64 } from "../byte-sink.ts";

export type PointerSize = 4 | 8;

export type HandleEntry = {
  /** 0 where Windows hides it. */
  readonly object: bigint;
  readonly processId: number;
  readonly handle: number;
  readonly access: number;
  readonly typeIndex: number;
  readonly attributes: number;
};

const putPointer = (sink: ByteSink, value: bigint, pointerSize: PointerSize): void => {
  if (pointerSize === 8) putU64(sink, value);
  else putU32(sink, Number(value & 0xffff_ffffn));
};

const putEntry = (sink: ByteSink, entry: HandleEntry, pointerSize: PointerSize): void => {
  putPointer(sink, entry.object, pointerSize);
  putPointer(sink, BigInt(entry.processId), pointerSize);
  putPointer(sink, BigInt(entry.handle), pointerSize);
  putU32(sink, entry.access);
  putU16(sink, 0);
  putU16(sink, entry.typeIndex);
  putU32(sink, entry.attributes);
  putU32(sink, 0);
};

/** `claimed` is the count that the header tells; a kernel that ran out of room tells more than there are. */
export const handleTable = (
  entries: readonly HandleEntry[],
  pointerSize: PointerSize,
  claimed: number = entries.length,
): Uint8Array => {
  const sink = byteSink(2 * pointerSize + entries.length * (pointerSize === 8 ? 0x28 : 0x1c));
  putPointer(sink, BigInt(claimed), pointerSize);
  putPointer(sink, 0n, pointerSize);
  for (const entry of entries) putEntry(sink, entry, pointerSize);
  return bytesOf(sink);
};
