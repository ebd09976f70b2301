// Decompressor for plain LZ77 XPRESS for the independent walk, token by token after [MS-XCA] 2.4.4.
// It favours the words of the specification over speed.

type Reader = { readonly input: Uint8Array; at: number; nibble: number };

const byteAt = (reader: Reader): number => {
  const value = reader.input[reader.at];
  if (value === undefined) throw new RangeError("the compressed data ends inside a token");
  reader.at += 1;
  return value;
};

const littleEndian = (reader: Reader, count: number): number => {
  let value = 0;
  for (let index = 0; index < count; index += 1) value += byteAt(reader) * 256 ** index;
  return value;
};

/** Two lengths share one byte: the first takes its low nibble, the next one the high nibble. */
const nextNibble = (reader: Reader): number => {
  if (reader.nibble >= 0) {
    const high = reader.nibble;
    reader.nibble = -1;
    return high;
  }
  const both = byteAt(reader);
  reader.nibble = both >> 4;
  return both & 15;
};

const matchLength = (reader: Reader, short: number): number => {
  if (short < 7) return short + 3;
  const nibble = nextNibble(reader);
  if (nibble < 15) return nibble + 7 + 3;
  const byte = byteAt(reader);
  if (byte < 255) return byte + 15 + 7 + 3;
  const word = littleEndian(reader, 2);
  return (word === 0 ? littleEndian(reader, 4) : word) + 3;
};

/** What could be decompressed of `length` bytes: a stream that ends early or points before its beginning
 * gives the bytes up to there. */
export const decompressXpress = (input: Uint8Array, length: number): Uint8Array => {
  const output = new Uint8Array(length);
  const reader: Reader = { input, at: 0, nibble: -1 };
  let written = 0;
  let flags: number[] = [];
  try {
    while (written < length) {
      if (flags.length === 0) {
        const word = littleEndian(reader, 4);
        flags = Array.from({ length: 32 }, (_, bit) => Math.floor(word / 2 ** (31 - bit)) % 2);
      }
      if (flags.shift() === 0) {
        output[written] = byteAt(reader);
        written += 1;
        continue;
      }
      const token = littleEndian(reader, 2);
      const distance = (token >> 3) + 1;
      const end = Math.min(length, written + matchLength(reader, token & 7));
      if (distance > written) break;
      for (; written < end; written += 1) output[written] = output[written - distance] ?? 0;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return output.subarray(0, written);
};
