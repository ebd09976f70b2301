/**
 * Plain LZ77 decompression ("XPRESS" without Huffman coding), one stream a buffer.
 * Source: [MS-XCA] section 2.4; byte checks on compressed traces made by Windows.
 *
 * A group of 32 flag bits (most significant first) precedes 32 tokens: 0 a literal byte, 1 a match of u16 {length 3 bits,
 * offset - 1 13 bits}. Length 7 continues in a nibble (two matches share a byte), then a byte, a u16, a u32.
 */

export interface Decompressed {
  /** Bytes written to the target. */
  readonly length: number;
  /** The stream broke its own rules: what was written up to there may be wrong. */
  readonly isDamaged: boolean;
}

const MIN_MATCH = 3;

/** Where the reading of one stream stands. */
interface Source {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  /** Place of a half-used length nibble, -1 for none. */
  nibbleAt: number;
}

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
const u32 = (bytes: Uint8Array, at: number): number => (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;

/** No lengths: the input ends inside one, or its wide form is smaller than a wide form must be. */
const ENDED = -1;
const BROKEN = -2;

/** Length beyond 15 + 7 + 3. */
const readWideLength = (source: Source): number => {
  const { bytes, end } = source;
  if (source.at >= end) return ENDED;
  const byte = bytes[source.at++] as number;
  if (byte !== 255) return byte + 15 + 7 + MIN_MATCH;
  if (source.at + 2 > end) return ENDED;
  let length = u16(bytes, source.at);
  source.at += 2;
  if (length === 0) {
    if (source.at + 4 > end) return ENDED;
    length = u32(bytes, source.at);
    source.at += 4;
  }
  return length < 15 + 7 ? BROKEN : length + MIN_MATCH;
};

/** Length of a match whose three bits are all set. */
const readLongLength = (source: Source): number => {
  let nibble: number;
  if (source.nibbleAt < 0) {
    if (source.at >= source.end) return ENDED;
    source.nibbleAt = source.at;
    nibble = (source.bytes[source.at++] as number) & 15;
  } else {
    nibble = (source.bytes[source.nibbleAt] as number) >> 4;
    source.nibbleAt = -1;
  }
  return nibble === 15 ? readWideLength(source) : nibble + 7 + MIN_MATCH;
};

const copyMatch = (target: Uint8Array, at: number, distance: number, length: number): void => {
  if (distance >= length) {
    target.copyWithin(at, at - distance, at - distance + length);
    return;
  }
  for (let index = 0; index < length; index += 1) target[at + index] = target[at + index - distance] as number;
};

/** Short matches are copied in place: a call costs more than the bytes. */
const INLINE_MATCH = 24;

/**
 * Decompresses input[start, end) into target[targetStart, targetEnd) and stops when the target is full. An input that ends
 * early is no damage in itself: the caller compares the length with what the buffer header promises.
 */
export const decompress = (
  input: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetStart: number,
  targetEnd: number,
): Decompressed => {
  const source: Source = { bytes: input, end, at: start, nibbleAt: -1 };
  let out = targetStart;
  let flags = 0;
  let flagsLeft = 0;
  while (out < targetEnd) {
    if (flagsLeft === 0) {
      if (source.at + 4 > end) break;
      flags = u32(input, source.at) | 0;
      source.at += 4;
      flagsLeft = 32;
    }
    flagsLeft -= 1;
    const isMatch = flags < 0;
    flags <<= 1;
    if (!isMatch) {
      if (source.at >= end) break;
      target[out++] = input[source.at++] as number;
      continue;
    }
    if (source.at + 2 > end) break;
    const token = u16(input, source.at);
    source.at += 2;
    const distance = (token >>> 3) + 1;
    const short = token & 7;
    const length = short < 7 ? short + MIN_MATCH : readLongLength(source);
    if (length < 0) return { length: out - targetStart, isDamaged: length === BROKEN };
    if (distance > out - targetStart) return { length: out - targetStart, isDamaged: true };
    const copied = Math.min(length, targetEnd - out);
    if (copied > INLINE_MATCH) copyMatch(target, out, distance, copied);
    else for (let index = 0; index < copied; index += 1) target[out + index] = target[out + index - distance] as number;
    out += copied;
    if (copied < length) return { length: out - targetStart, isDamaged: true };
  }
  return { length: out - targetStart, isDamaged: false };
};
