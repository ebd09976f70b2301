/**
 * Event payloads as tables: an ordered list of named, typed fields without padding, as instrumentation manifests define
 * them. One declaration serves 32- and 64-bit records, since only `ptr` and `wbemsid` depend on the pointer size.
 *
 * Two readers share a table: `decodeFields` here makes a plain object with every field for people; row-plan.ts puts the
 * numbers that analysis needs into a reused row.
 */
import { formatFiletime } from "./filetime.ts";
import { formatPointer, type PointerSize } from "./pointer.ts";
import { readSid, readWbemSid } from "./sid.ts";
import { formatEndpoint, formatIpv4, formatIpv6, readSockaddr } from "./sockaddr.ts";
import { readAnsiz, readUtf16z } from "./text.ts";

/**
 * u8..u64, i32: integers; bool32: BOOL of four bytes; ptr: pointer of the record's size; filetime: u64;
 * ip4: four address bytes; ip6: sixteen; sockaddr: u32 length and that many bytes of SOCKADDR;
 * wstr: UTF-16LE with terminator; astr: bytes with terminator; sid, wbemsid: see sid.ts.
 */
export type FieldType =
  | "u8"
  | "u16"
  | "u32"
  | "u64"
  | "i32"
  | "bool32"
  | "ptr"
  | "filetime"
  | "ip4"
  | "ip6"
  | "sockaddr"
  | "wstr"
  | "astr"
  | "sid"
  | "wbemsid";

export type Field = readonly [name: string, type: FieldType];
export type Layout = readonly Field[];

export type FieldValue = string | number | boolean | null;

/** What one event's payload is read from. */
export interface Payload {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
  readonly pointerSize: PointerSize;
}

const FIXED_SIZE: Readonly<Partial<Record<FieldType, number>>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  i32: 4,
  bool32: 4,
  filetime: 8,
  ip4: 4,
  ip6: 16,
};

/** Size in bytes; undefined where it depends on the payload's content. */
export const fixedSizeOf = (type: FieldType, pointerSize: PointerSize): number | undefined =>
  type === "ptr" ? pointerSize : FIXED_SIZE[type];

interface ReadField {
  readonly value: FieldValue;
  readonly next: number;
}

const readInteger = (type: FieldType, view: DataView, at: number): FieldValue => {
  if (type === "u8") return view.getUint8(at);
  if (type === "u16") return view.getUint16(at, true);
  if (type === "u32") return view.getUint32(at, true);
  if (type === "i32") return view.getInt32(at, true);
  if (type === "bool32") return view.getUint32(at, true) !== 0;
  const wide = view.getBigUint64(at, true);
  return type === "filetime" ? formatFiletime(wide) : wide.toString();
};

const readFixed = (
  type: FieldType,
  { view, end, pointerSize }: Payload,
  at: number,
  size: number,
): ReadField | null => {
  const next = at + size;
  if (next > end) return null;
  if (type === "ptr") return { value: formatPointer(view, at, pointerSize), next };
  if (type === "ip4") return { value: formatIpv4(view, at), next };
  if (type === "ip6") return { value: formatIpv6(view, at), next };
  return { value: readInteger(type, view, at), next };
};

const hexOf = (view: DataView, start: number, end: number): string =>
  Array.from({ length: end - start }, (_, index) =>
    view
      .getUint8(start + index)
      .toString(16)
      .padStart(2, "0"),
  ).join("");

const readAddressField = ({ view, end }: Payload, at: number): ReadField | null => {
  if (at + 4 > end) return null;
  const length = view.getUint32(at, true);
  const next = at + 4 + length;
  if (next > end) return null;
  if (length === 0) return { value: null, next };
  return { value: formatEndpoint(readSockaddr(view, at + 4, length)) ?? hexOf(view, at + 4, next), next };
};

const readVariable = (type: FieldType, payload: Payload, at: number): ReadField | null => {
  const { view, end, pointerSize } = payload;
  if (type === "sockaddr") return readAddressField(payload, at);
  const span =
    type === "wstr"
      ? readUtf16z(view, at, end)
      : type === "astr"
        ? readAnsiz(view, at, end)
        : type === "sid"
          ? readSid(view, at, end)
          : readWbemSid(view, at, end, pointerSize);
  return span === null ? null : { value: span.text, next: span.next };
};

/** Every field by name, for printing: 64-bit integers as decimal strings, pointers as 0x hexadecimal. Null where it does not fit. */
export const decodeFields = (layout: Layout, payload: Payload): Readonly<Record<string, FieldValue>> | null => {
  const fields: Record<string, FieldValue> = {};
  let at = payload.start;
  for (const [name, type] of layout) {
    const size = fixedSizeOf(type, payload.pointerSize);
    const read = size === undefined ? readVariable(type, payload, at) : readFixed(type, payload, at, size);
    if (read === null) return null;
    fields[name] = read.value;
    at = read.next;
  }
  return fields;
};
