// {field: value} -> payload bytes by a documented layout. Payloads are packed; only pointers depend on the
// record (etl-format 4.1). A field that is not given is zero or empty.

import {
  type ByteSink,
  byteSink,
  bytesOf,
  putAnsiz,
  putBytes,
  putU8,
  putU16,
  putU32,
  putU64,
  putUtf16z,
  putZeros,
} from "./byte-sink.ts";
import type { FieldType, Layout, LayoutField } from "./layout-table.ts";

export type FieldValue = number | bigint | boolean | string | Uint8Array;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A binary address without a length in front of it is an IPv6 address. */
const BARE_ADDRESS_SIZE = 16;

/** Binary SID: revision, number of sub-authorities, 48-bit authority big-endian, sub-authorities. */
export const sidBytes = (authority: number, ...subAuthorities: readonly number[]): Uint8Array => {
  const sink = byteSink(8 + 4 * subAuthorities.length);
  putU8(sink, 1);
  putU8(sink, subAuthorities.length);
  putZeros(sink, 5);
  putU8(sink, authority);
  for (const part of subAuthorities) putU32(sink, part);
  return bytesOf(sink);
};

/** Medium mandatory level, S-1-16-8192. */
const DEFAULT_SID = sidBytes(16, 8192);

const NOTHING = new Uint8Array(0);

const asBytes = (value: FieldValue | undefined): Uint8Array => (value instanceof Uint8Array ? value : NOTHING);

const asBigInt = (value: FieldValue | undefined): bigint => {
  if (typeof value === "bigint") return value;
  return typeof value === "number" ? BigInt(value) : 0n;
};

const asNumber = (value: FieldValue | undefined): number => Number(BigInt.asUintN(32, asBigInt(value)));

const asText = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");

const putPointer = (sink: ByteSink, value: bigint, pointerSize: 4 | 8): void => {
  if (pointerSize === 8) putU64(sink, value);
  else putU32(sink, Number(BigInt.asUintN(32, value)));
};

/** TOKEN_USER as the kernel dumps it: a pointer to the SID and the attributes, each as wide as a pointer. */
const putWbemSid = (sink: ByteSink, sid: Uint8Array, pointerSize: 4 | 8): void => {
  if (sid.length === 0) {
    putU32(sink, 0);
    return;
  }
  putPointer(sink, 0xffff_a08c_1d2e_3f40n, pointerSize);
  putPointer(sink, 0n, pointerSize);
  putBytes(sink, sid);
};

type Put = (sink: ByteSink, value: FieldValue | undefined, pointerSize: 4 | 8) => void;

const PUT: Readonly<Record<FieldType, Put>> = {
  ptr: (sink, value, pointerSize) => putPointer(sink, asBigInt(value), pointerSize),
  u16: (sink, value) => putU16(sink, asNumber(value)),
  u32: (sink, value) => putU32(sink, asNumber(value)),
  u64: (sink, value) => putU64(sink, asBigInt(value)),
  i32: (sink, value) => putU32(sink, asNumber(value)),
  bool: (sink, value) => putU32(sink, value === true ? 1 : 0),
  bool32: (sink, value) => putU32(sink, value === true ? 1 : 0),
  bytes: (sink, value) => putBytes(sink, asBytes(value)),
  wstr0: (sink, value) => putUtf16z(sink, asText(value)),
  AnsiString: (sink, value) => putAnsiz(sink, asText(value)),
  sid: (sink, value) => putBytes(sink, value === undefined ? DEFAULT_SID : asBytes(value)),
  wbemSid: (sink, value, pointerSize) => putWbemSid(sink, asBytes(value), pointerSize),
};

/** The length in front of a binary field carries the field's name: AddressLen, LocalAddressLength,
 * FragmentSize. */
const measuredBy = (field: LayoutField, before: LayoutField | undefined): boolean =>
  field.type === "bytes" &&
  before !== undefined &&
  ["Len", "Length", "Size"].some((suffix) => before.name === field.name + suffix);

const fieldValue = (layout: Layout, index: number, values: FieldValues): FieldValue | undefined => {
  const field = layout.fields[index];
  const next = layout.fields[index + 1];
  if (field === undefined) return undefined;
  const given = values[field.name];
  if (given !== undefined) return given;
  if (next !== undefined && measuredBy(next, field)) return asBytes(values[next.name]).length;
  const isBare = field.type === "bytes" && !measuredBy(field, layout.fields[index - 1]);
  return isBare ? new Uint8Array(BARE_ADDRESS_SIZE) : undefined;
};

/** Lengths are filled in from the bytes they measure. A name that the layout does not have is a mistake. */
export const encodePayload = (layout: Layout, values: FieldValues, pointerSize: 4 | 8): Uint8Array => {
  const unknown = Object.keys(values).find((name) => !layout.fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    throw new RangeError(`${layout.provider} ${layout.id} v${layout.version} has no field ${unknown}`);
  }
  const sink = byteSink(128);
  for (const [index, field] of layout.fields.entries()) {
    PUT[field.type](sink, fieldValue(layout, index, values), pointerSize);
  }
  return bytesOf(sink);
};
