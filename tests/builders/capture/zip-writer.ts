// A zip as PKWARE's APPNOTE.TXT (4.3.7 local header, 4.3.12 central directory, 4.3.16 end record) describes it, with every
// field open to a lie: what it says of an entry and what is there need not agree.

import { deflateRawSync } from "node:zlib";
import { byteSink, bytesOf, type ByteSink, concatenate, putBytes, putU16, putU32, putZeros } from "../byte-sink.ts";

export type ZipEntry = {
  readonly name: string;
  readonly content: Uint8Array;
  readonly isStored?: boolean;
  /** What headers say, where it is not the truth. */
  readonly declared?: {
    readonly size?: number;
    readonly packedSize?: number;
    readonly crc?: number;
    readonly method?: number;
    readonly flags?: number;
  };
  /** What lies in the file instead of the packed content. */
  readonly packed?: Uint8Array;
};

const POLYNOMIAL = 0xedb8_8320;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

export const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffff_ffff) >>> 0;
};

const VERSION = 20;
const STORED = 0;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
/** 9 o'clock on 2 March 2026, in MS-DOS' notation: the same capture is the same bytes. */
const DOS_TIME = 9 << 11;
const DOS_DATE = ((2026 - 1980) << 9) | (3 << 5) | 2;

type Written = { readonly local: Uint8Array; readonly central: (offset: number) => Uint8Array };

const putShared = (
  sink: ByteSink,
  { isStored, declared = {} }: ZipEntry,
  truth: { readonly size: number; readonly packedSize: number; readonly crc: number },
): void => {
  putU16(sink, VERSION);
  putU16(sink, declared.flags ?? UTF8_NAMES);
  putU16(sink, declared.method ?? (isStored === true ? STORED : DEFLATED));
  putU16(sink, DOS_TIME);
  putU16(sink, DOS_DATE);
  putU32(sink, declared.crc ?? truth.crc);
  putU32(sink, declared.packedSize ?? truth.packedSize);
  putU32(sink, declared.size ?? truth.size);
};

const write = (entry: ZipEntry): Written => {
  const name = new TextEncoder().encode(entry.name);
  const packed =
    entry.packed ?? (entry.isStored === true ? entry.content : deflateRawSync(entry.content, { level: 1 }));
  const truth = { size: entry.content.length, packedSize: packed.length, crc: crc32(entry.content) };
  const local = byteSink(30 + name.length + packed.length);
  putU32(local, 0x0403_4b50);
  putShared(local, entry, truth);
  putU16(local, name.length);
  putU16(local, 0);
  putBytes(local, name);
  putBytes(local, packed);
  const central = (offset: number): Uint8Array => {
    const sink = byteSink(46 + name.length);
    putU32(sink, 0x0201_4b50);
    putU16(sink, VERSION);
    putShared(sink, entry, truth);
    putU16(sink, name.length);
    // Extra field, comment, disk, attributes inside and outside.
    putZeros(sink, 12);
    putU32(sink, offset);
    putBytes(sink, name);
    return bytesOf(sink);
  };
  return { local: bytesOf(local), central };
};

export type ZipEnd = { readonly entries?: number; readonly directoryOffset?: number };

export const writeZip = (entries: readonly ZipEntry[], end: ZipEnd = {}): Uint8Array => {
  const written = entries.map(write);
  const locals = concatenate(written.map(({ local }) => local));
  let offset = 0;
  const directory = concatenate(
    written.map(({ local, central }) => {
      const header = central(offset);
      offset += local.length;
      return header;
    }),
  );
  const sink = byteSink(22);
  putU32(sink, 0x0605_4b50);
  putU32(sink, 0);
  const count = end.entries ?? entries.length;
  putU16(sink, count);
  putU16(sink, count);
  putU32(sink, directory.length);
  putU32(sink, end.directoryOffset ?? locals.length);
  putU16(sink, 0);
  return concatenate([locals, directory, bytesOf(sink)]);
};
