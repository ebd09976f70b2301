/**
 * GUIDs as four little-endian 32-bit words, the form in which a record header is compared without making a string.
 * Text form: lower case, no braces. Source: the GUID structure (u32, u16, u16, 8 bytes) as Windows stores it.
 */

export type GuidWords = readonly [number, number, number, number];

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, "0");

/** Bytes of a little-endian word, first byte first, as hexadecimal. */
const bytesOf = (word: number): string =>
  hex(word & 0xff, 2) + hex((word >>> 8) & 0xff, 2) + hex((word >>> 16) & 0xff, 2) + hex(word >>> 24, 2);

export const formatGuid = ([a, b, c, d]: GuidWords): string => {
  const tail = bytesOf(c) + bytesOf(d);
  return `${hex(a, 8)}-${hex(b & 0xffff, 4)}-${hex(b >>> 16, 4)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
};

/** Parses 8-4-4-4-12 hexadecimal digits. The text must be one of this program's own constants: a wrong one throws. */
export const parseGuid = (text: string): GuidWords => {
  const digits = text.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new Error(`not a GUID: ${text}`);
  const at = (start: number, length: number): number => Number.parseInt(digits.slice(start, start + length), 16);
  const word = (start: number): number =>
    at(start, 2) | (at(start + 2, 2) << 8) | (at(start + 4, 2) << 16) | (at(start + 6, 2) << 24);
  return [at(0, 8) | 0, at(8, 4) | (at(12, 4) << 16), word(16), word(24)];
};
