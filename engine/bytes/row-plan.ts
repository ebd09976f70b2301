/**
 * Layouts compiled for the hot path: the numbers that analysis needs go into slots of a reused row, without an object, a
 * string or a bigint an event.
 *
 * Fields in front of the first one with a length of its own lie at fixed offsets. They are read type by type, in loops
 * without a decision in them: a switch over field types costs several times as much, since it is mispredicted.
 */
import { type FieldType, fixedSizeOf, type Layout } from "./layout.ts";
import { type PointerSize, pointerKey } from "./pointer.ts";
import { readSid, readWbemSid } from "./sid.ts";
import { readAnsiz, readUtf16z } from "./text.ts";

/** A field whose place is known: offset in the payload, slot in the row. Flattened to pairs. */
type Pairs = Int32Array;

/** A field behind one with a length of its own, or that one itself. */
interface TailField {
  readonly type: FieldType;
  /** Slot of the row, or -1. */
  readonly slot: number;
}

/** A layout compiled for one pointer size. */
export interface RowPlan {
  readonly pointerSize: PointerSize;
  /** Bytes that every such payload has at least. */
  readonly minimumSize: number;
  /** No field carries its own length, so minimumSize alone decides whether a payload fits. */
  readonly isFixed: boolean;
  readonly bytes: Pairs;
  readonly halves: Pairs;
  readonly words: Pairs;
  readonly pointers: Pairs;
  /** Fields too wide for a number: offset, slot, size. They take two slots, where they start and how long they are. */
  readonly spans: Int32Array;
  readonly tailStart: number;
  readonly tail: readonly TailField[];
}

interface PlacedField extends TailField {
  readonly offset: number;
}

const VARIABLE_MINIMUM: Readonly<Partial<Record<FieldType, number>>> = { sockaddr: 4, wbemsid: 4, sid: 8 };

const minimumSizeOf = (type: FieldType, pointerSize: PointerSize): number =>
  fixedSizeOf(type, pointerSize) ?? VARIABLE_MINIMUM[type] ?? 0;

const place = (layout: Layout, pointerSize: PointerSize, slotOf: (name: string) => number): readonly PlacedField[] => {
  let offset = 0;
  return layout.map(([name, type]) => {
    const field = { type, slot: slotOf(name), offset };
    offset += fixedSizeOf(type, pointerSize) ?? 0;
    return field;
  });
};

const pairs = (fields: readonly PlacedField[], ...types: readonly FieldType[]): Pairs =>
  Int32Array.from(fields.filter(({ type }) => types.includes(type)).flatMap(({ offset, slot }) => [offset, slot]));

const SPAN_TYPES: readonly FieldType[] = ["u64", "filetime", "ip4", "ip6"];

/** `slotOf` names the row's slot for a field that analysis reads, -1 for all others. */
export const compileLayout = (layout: Layout, pointerSize: PointerSize, slotOf: (name: string) => number): RowPlan => {
  const fields = place(layout, pointerSize, slotOf);
  const firstVariable = layout.findIndex(([, type]) => fixedSizeOf(type, pointerSize) === undefined);
  const tail = firstVariable < 0 ? [] : fields.slice(firstVariable);
  const read = fields.slice(0, fields.length - tail.length).filter(({ slot }) => slot >= 0);
  const spans = read.filter(({ type }) => SPAN_TYPES.includes(type));
  return {
    pointerSize,
    minimumSize: layout.reduce((sum, [, type]) => sum + minimumSizeOf(type, pointerSize), 0),
    isFixed: tail.length === 0,
    bytes: pairs(read, "u8"),
    halves: pairs(read, "u16"),
    words: pairs(read, "u32", "i32", "bool32"),
    pointers: pairs(read, "ptr"),
    spans: Int32Array.from(
      spans.flatMap(({ offset, slot, type }) => [offset, slot, fixedSizeOf(type, pointerSize) ?? 0]),
    ),
    tailStart: tail[0]?.offset ?? 0,
    tail: tail.map(({ type, slot }) => ({ type, slot })),
  };
};

const readFixedPart = (
  { bytes, halves, words, pointers, spans, pointerSize }: RowPlan,
  view: DataView,
  start: number,
  row: Float64Array,
): void => {
  for (let at = 0; at < words.length; at += 2)
    row[words[at + 1] as number] = view.getUint32(start + (words[at] as number), true);
  for (let at = 0; at < pointers.length; at += 2)
    row[pointers[at + 1] as number] = pointerKey(view, start + (pointers[at] as number), pointerSize);
  for (let at = 0; at < halves.length; at += 2)
    row[halves[at + 1] as number] = view.getUint16(start + (halves[at] as number), true);
  for (let at = 0; at < bytes.length; at += 2)
    row[bytes[at + 1] as number] = view.getUint8(start + (bytes[at] as number));
  for (let at = 0; at < spans.length; at += 3) {
    const slot = spans[at + 1] as number;
    row[slot] = start + (spans[at] as number);
    row[slot + 1] = spans[at + 2] as number;
  }
};

/** Position behind a field with a length of its own; -1 where it does not fit. */
const endOfVariable = (type: FieldType, view: DataView, at: number, end: number, pointerSize: PointerSize): number => {
  if (type === "sockaddr") return at + 4 > end ? -1 : at + 4 + view.getUint32(at, true);
  if (type === "wstr") return readUtf16z(view, at, end).next;
  if (type === "astr") return readAnsiz(view, at, end).next;
  const span = type === "sid" ? readSid(view, at, end) : readWbemSid(view, at, end, pointerSize);
  return span === null ? -1 : span.next;
};

/** A number, or where the field's bytes are; the length in front of a socket address is no part of them. */
const putTailField = (
  { type, slot }: TailField,
  view: DataView,
  at: number,
  next: number,
  size: number | undefined,
  row: Float64Array,
): void => {
  if (type === "ptr") row[slot] = pointerKey(view, at, size === 4 ? 4 : 8);
  else if (type === "u16") row[slot] = view.getUint16(at, true);
  else if (type === "u8") row[slot] = view.getUint8(at);
  else if (size === 4 && type !== "ip4") row[slot] = view.getUint32(at, true);
  else {
    const from = type === "sockaddr" ? at + 4 : at;
    row[slot] = from;
    row[slot + 1] = next - from;
  }
};

/** Fills the slots of `row` from a payload at [start, end). False where the payload is shorter than its layout. */
export const decodeRow = (plan: RowPlan, view: DataView, start: number, end: number, row: Float64Array): boolean => {
  if (end - start < plan.minimumSize) return false;
  readFixedPart(plan, view, start, row);
  const { tail, pointerSize } = plan;
  let at = start + plan.tailStart;
  for (let index = 0; index < tail.length; index += 1) {
    const field = tail[index] as TailField;
    const size = fixedSizeOf(field.type, pointerSize);
    const next = size === undefined ? endOfVariable(field.type, view, at, end, pointerSize) : at + size;
    if (next < 0 || next > end) return false;
    if (field.slot >= 0) putTailField(field, view, at, next, size, row);
    at = next;
  }
  return true;
};
