// Compressor for plain LZ77 XPRESS, [MS-XCA] section 2.3-2.4: flag words of 32 tokens, most significant bit
// first; a literal is one byte, a match is u16 {distance-1:13, length-3:3} with longer lengths spelt out
// in a nibble that two matches share, then a byte, then u16, then u32.

import { type ByteSink, byteSink, bytesOf, putU8, putU16, putU32 } from "./byte-sink.ts";
import type { Compression } from "./trace-file.ts";

const WINDOW = 8192;
const MINIMUM_MATCH = 3;
/** Candidates tried a position: enough to find long runs, and a bound on time for flat input. */
const CHAIN_LIMIT = 16;

type Match = { readonly distance: number; readonly length: number };

type Encoder = {
  readonly output: ByteSink;
  readonly wide: boolean;
  flags: number;
  flagCount: number;
  flagOffset: number;
  /** Offset of a byte whose high nibble is still free; -1 if there is none. */
  nibbleOffset: number;
};

/** The flag word is reserved as soon as the one before is full: that leaves an unused one at the end of
 * some streams, as real files have it. */
const putFlag = (encoder: Encoder, isMatch: boolean): void => {
  encoder.flags = ((encoder.flags << 1) | (isMatch ? 1 : 0)) >>> 0;
  encoder.flagCount += 1;
  if (encoder.flagCount < 32) return;
  encoder.output.view.setUint32(encoder.flagOffset, encoder.flags, true);
  encoder.flags = 0;
  encoder.flagCount = 0;
  encoder.flagOffset = encoder.output.length;
  putU32(encoder.output, 0);
};

const putNibble = (encoder: Encoder, value: number): void => {
  const { output, nibbleOffset } = encoder;
  if (nibbleOffset < 0) {
    encoder.nibbleOffset = output.length;
    putU8(output, value);
    return;
  }
  output.bytes[nibbleOffset] = (output.bytes[nibbleOffset] ?? 0) | (value << 4);
  encoder.nibbleOffset = -1;
};

const putMatch = (encoder: Encoder, match: Match): void => {
  const { output } = encoder;
  const length = match.length - MINIMUM_MATCH;
  putU16(output, ((match.distance - 1) << 3) | Math.min(length, 7));
  if (length >= 7) {
    putNibble(encoder, Math.min(length - 7, 15));
    if (length >= 22) {
      putU8(output, Math.min(length - 22, 255));
      if (length >= 277) putLongLength(encoder, length);
    }
  }
  putFlag(encoder, true);
};

/** From here on the whole length stands there, not what is left of it; u16 0 announces u32. */
const putLongLength = (encoder: Encoder, length: number): void => {
  if (length < 0x10000 && !encoder.wide) {
    putU16(encoder.output, length);
    return;
  }
  putU16(encoder.output, 0);
  putU32(encoder.output, length);
};

type Finder = { readonly input: Uint8Array; readonly heads: Int32Array; readonly previous: Int32Array };

const hashAt = (input: Uint8Array, position: number): number => {
  const key = ((input[position] ?? 0) << 16) | ((input[position + 1] ?? 0) << 8) | (input[position + 2] ?? 0);
  return (Math.imul(key, 0x9e3779b1) >>> 17) & 0x7fff;
};

const remember = (finder: Finder, position: number): void => {
  if (position + MINIMUM_MATCH > finder.input.length) return;
  const hash = hashAt(finder.input, position);
  finder.previous[position] = finder.heads[hash] ?? -1;
  finder.heads[hash] = position;
};

const commonLength = (input: Uint8Array, earlier: number, position: number): number => {
  let length = 0;
  while (position + length < input.length && input[earlier + length] === input[position + length]) length += 1;
  return length;
};

const findMatch = (finder: Finder, position: number): Match | null => {
  if (position + MINIMUM_MATCH > finder.input.length) return null;
  let candidate = finder.heads[hashAt(finder.input, position)] ?? -1;
  let best: Match | null = null;
  for (let tried = 0; candidate >= 0 && position - candidate <= WINDOW && tried < CHAIN_LIMIT; tried += 1) {
    const length = commonLength(finder.input, candidate, position);
    if (length >= MINIMUM_MATCH && length > (best?.length ?? 0)) best = { distance: position - candidate, length };
    candidate = finder.previous[candidate] ?? -1;
  }
  return best;
};

const startEncoder = (input: Uint8Array, wide: boolean): Encoder => {
  const output = byteSink(input.length + 64);
  putU32(output, 0);
  return { output, wide, flags: 0, flagCount: 0, flagOffset: 0, nibbleOffset: -1 };
};

/** Unused flags are ones, as the specification's encoder leaves them. */
const finish = (encoder: Encoder): Uint8Array => {
  const unused = 32 - encoder.flagCount;
  const flags = unused === 32 ? 0xffffffff : (encoder.flags * 2 ** unused + 2 ** unused - 1) >>> 0;
  encoder.output.view.setUint32(encoder.flagOffset, flags, true);
  return bytesOf(encoder.output);
};

export const compressXpress = (input: Uint8Array, mode: Exclude<Compression, "none">): Uint8Array => {
  const encoder = startEncoder(input, mode === "wideLengths");
  const finder: Finder = { input, heads: new Int32Array(0x8000).fill(-1), previous: new Int32Array(input.length) };
  let position = 0;
  while (position < input.length) {
    const match = mode === "literals" ? null : findMatch(finder, position);
    if (match === null) {
      putU8(encoder.output, input[position] ?? 0);
      putFlag(encoder, false);
    } else {
      putMatch(encoder, match);
    }
    const next = position + (match?.length ?? 1);
    for (; position < next; position += 1) remember(finder, position);
  }
  return finish(encoder);
};
