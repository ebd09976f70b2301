// GUIDs between their text and their 16 bytes on disk: the first three groups are little-endian
// integers, the last two are bytes in the order in which they are read (RFC 4122 variant of Microsoft).

import { byteSink, bytesOf, putU8, putU16, putU32 } from "./byte-sink.ts";

const PATTERN = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;

export const EMPTY_GUID = "00000000-0000-0000-0000-000000000000";

const parseGuid = (text: string): Uint8Array => {
  const match = PATTERN.exec(text);
  if (match === null) throw new RangeError(`not a GUID in lower case without braces: ${text}`);
  const [, first = "", second = "", third = "", fourth = "", fifth = ""] = match;
  const sink = byteSink(16);
  putU32(sink, Number.parseInt(first, 16));
  putU16(sink, Number.parseInt(second, 16));
  putU16(sink, Number.parseInt(third, 16));
  const rest = fourth + fifth;
  for (let index = 0; index < rest.length; index += 2) {
    putU8(sink, Number.parseInt(rest.slice(index, index + 2), 16));
  }
  return bytesOf(sink);
};

/** A trace names few providers many times. */
const parsed = new Map<string, Uint8Array>();

/** Lower case without braces, as the contract writes GUIDs; anything else is a mistake of the test. */
export const guidBytes = (text: string): Uint8Array => {
  const known = parsed.get(text) ?? parseGuid(text);
  parsed.set(text, known);
  return known;
};

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

export const guidText = (view: DataView, offset: number): string => {
  const head = [
    hex(view.getUint32(offset, true), 8),
    hex(view.getUint16(offset + 4, true), 4),
    hex(view.getUint16(offset + 6, true), 4),
  ];
  let tail = "";
  for (let index = 8; index < 16; index += 1) tail += hex(view.getUint8(offset + index), 2);
  return [...head, tail.slice(0, 4), tail.slice(4)].join("-");
};
