// Ways in which files are found damaged, done to a whole one. Buffers are found by their own strides.

import { BUFFER_HEADER_SIZE } from "./buffers.ts";

/** File offsets of all buffers; the first is the header's. */
export const bufferOffsets = (file: Uint8Array): readonly number[] => {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const offsets: number[] = [];
  for (let at = 0; at < file.length; at += view.getUint32(at, true)) offsets.push(at);
  return offsets;
};

const offsetOf = (file: Uint8Array, buffer: number): number => {
  const offset = bufferOffsets(file).at(buffer);
  if (offset === undefined) throw new RangeError(`the file has no buffer ${buffer}`);
  return offset;
};

const overwritten = (file: Uint8Array, from: number, count: number, value: number): Uint8Array =>
  file.slice().fill(value, from, from + count);

/** Ends some records behind the header of the last buffer, and inside of one. */
export const cutInLastBuffer = (file: Uint8Array): Uint8Array => {
  const start = offsetOf(file, -1);
  return file.slice(0, start + Math.floor((file.length - start) / 14) + 3);
};

/** The first record of the second data buffer gets the size 0, which no reader can step over. */
export const zeroFirstSize = (file: Uint8Array): Uint8Array =>
  overwritten(file, offsetOf(file, 2) + BUFFER_HEADER_SIZE, 2, 0);

/** The first token of the first data buffer becomes a match that points before the beginning. */
export const breakFirstStream = (file: Uint8Array): Uint8Array =>
  overwritten(file, offsetOf(file, 1) + BUFFER_HEADER_SIZE, 6, 0xff);
