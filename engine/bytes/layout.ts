/**
 * Event payloads as tables: an ordered list of named, typed fields without padding, as instrumentation manifests define
 * them. One declaration serves 32- and 64-bit records, since only `ptr` and `wbemsid` depend on the pointer size.
 *
 * Two readers share a table: `decodeRow` puts the numbers that analysis needs into a reused row (no object, no string, no
 * bigint an event), `decodeFields` makes a plain object with every field for people.
 */
import { formatFiletime } from "./filetime.ts";
import { formatPointer, type PointerSize, pointerKey } from "./pointer.ts";
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

const OP = {
  skip: 0,
  u8: 1,
  u16: 2,
  u32: 3,
  ptr4: 4,
  ptr8: 5,
  sockaddr: 6,
  span: 7,
  wstr: 8,
  astr: 9,
  sid: 10,
  wbemsid: 11,
} as const;

/** A layout compiled for one pointer size: parallel arrays, walked once an event. */
export interface RowPlan {
  readonly ops: Uint8Array;
  /** Slot of the row, or -1. */
  readonly slots: Int16Array;
  /** Bytes to advance; 0 for fields that carry their own length. */
  readonly sizes: Int32Array;
  /** Bytes that every such payload has at least. */
  readonly minimumSize: number;
  /** No field carries its own length, so minimumSize decides alone. */
  readonly isFixed: boolean;
  readonly pointerSize: PointerSize;
}

const opOf = (type: FieldType, slot: number, pointerSize: PointerSize): number => {
  if (type === "sockaddr") return OP.sockaddr;
  if (type === "wstr" || type === "astr" || type === "sid" || type === "wbemsid") return OP[type];
  if (slot < 0) return OP.skip;
  if (type === "ptr") return pointerSize === 8 ? OP.ptr8 : OP.ptr4;
  if (type === "u8" || type === "u16" || type === "u32") return OP[type];
  return type === "i32" || type === "bool32" ? OP.u32 : OP.span;
};

const minimumSizeOf = (type: FieldType, pointerSize: PointerSize): number => {
  const fixed = fixedSizeOf(type, pointerSize);
  if (fixed !== undefined) return fixed;
  return type === "sockaddr" || type === "wbemsid" ? 4 : type === "sid" ? 8 : 0;
};

/** Neighbouring fields that nobody asked for become one step. */
const mergeSkips = (
  steps: readonly (readonly [op: number, slot: number, size: number])[],
): (readonly [number, number, number])[] =>
  steps.reduce<(readonly [number, number, number])[]>((merged, step) => {
    const last = merged.at(-1);
    if (last === undefined || step[0] !== OP.skip || last[0] !== OP.skip) return [...merged, step];
    return [...merged.slice(0, -1), [OP.skip, -1, last[2] + step[2]]];
  }, []);

/** `slotOf` names the row's slot for a field that analysis reads, -1 for all others. */
export const compileLayout = (layout: Layout, pointerSize: PointerSize, slotOf: (name: string) => number): RowPlan => {
  const steps = mergeSkips(
    layout.map(
      ([name, type]) =>
        [opOf(type, slotOf(name), pointerSize), slotOf(name), fixedSizeOf(type, pointerSize) ?? 0] as const,
    ),
  );
  return {
    ops: Uint8Array.from(steps, ([op]) => op),
    slots: Int16Array.from(steps, ([, slot]) => slot),
    sizes: Int32Array.from(steps, ([, , size]) => size),
    minimumSize: layout.reduce((sum, [, type]) => sum + minimumSizeOf(type, pointerSize), 0),
    isFixed: layout.every(([, type]) => fixedSizeOf(type, pointerSize) !== undefined),
    pointerSize,
  };
};

/** Position behind a field that carries its own length; -1 where it does not fit. */
const endOfVariable = (op: number, view: DataView, at: number, end: number, pointerSize: PointerSize): number => {
  if (op === OP.wstr) return readUtf16z(view, at, end).next;
  if (op === OP.astr) return readAnsiz(view, at, end).next;
  const span = op === OP.sid ? readSid(view, at, end) : readWbemSid(view, at, end, pointerSize);
  return span === null ? -1 : span.next;
};

/**
 * Fills the slots of `row` from a payload at [start, end). A field with its own length or wider than a double takes two
 * slots: where it starts and how long it is. False where the payload is shorter than its layout.
 */
export const decodeRow = (plan: RowPlan, view: DataView, start: number, end: number, row: Float64Array): boolean => {
  const { ops, slots, sizes } = plan;
  if (end - start < plan.minimumSize) return false;
  let at = start;
  for (let index = 0; index < ops.length; index += 1) {
    const op = ops[index] as number;
    const slot = slots[index] as number;
    let next = at + (sizes[index] as number);
    if (op === OP.sockaddr) {
      if (at + 4 > end) return false;
      const length = view.getUint32(at, true);
      next = at + 4 + length;
      if (slot >= 0) {
        row[slot] = at + 4;
        row[slot + 1] = length;
      }
    } else if (op > OP.span) {
      next = endOfVariable(op, view, at, end, plan.pointerSize);
      if (next < 0) return false;
      if (slot >= 0) {
        row[slot] = at;
        row[slot + 1] = next - at;
      }
    }
    if (next > end) return false;
    if (op === OP.u32) row[slot] = view.getUint32(at, true);
    else if (op === OP.ptr8) row[slot] = pointerKey(view, at, 8);
    else if (op === OP.ptr4) row[slot] = view.getUint32(at, true);
    else if (op === OP.u16) row[slot] = view.getUint16(at, true);
    else if (op === OP.u8) row[slot] = view.getUint8(at);
    else if (op === OP.span) {
      row[slot] = at;
      row[slot + 1] = next - at;
    }
    at = next;
  }
  return true;
};

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
