// The same events as a 32-bit Windows would have logged them: pointers of four bytes, everything else as it was.

import { concatenate } from "../../builders/byte-sink.ts";
import { allLayouts, type LayoutField, PROVIDER_GUID } from "../../builders/layout-table.ts";
import type { TraceEvent } from "../../builders/trace-file.ts";

const FIELDS: ReadonlyMap<string, readonly LayoutField[]> = new Map(
  allLayouts().map(({ guid, id, version, fields }) => [`${guid}/${id}/${version}`, fields]),
);

const FIXED_SIZE: Readonly<Partial<Record<LayoutField["type"], number>>> = {
  u16: 2,
  u32: 4,
  i32: 4,
  bool: 4,
  bool32: 4,
  u64: 8,
};

const u32At = (payload: Uint8Array, at: number): number =>
  new DataView(payload.buffer, payload.byteOffset).getUint32(at, true);

const sidSize = (payload: Uint8Array, at: number): number => 8 + 4 * (payload[at + 1] ?? 0);

/** A length stands in front of every binary field but Vista's addresses, which are IPv6. */
const binarySize = (payload: Uint8Array, at: number, before: LayoutField | undefined): number =>
  before?.type === "u32" && /(Len|Length|Size)$/.test(before.name) ? u32At(payload, at - 4) : 16;

const POINTERS = 8;

/** What a field takes in a 64-bit record, and how much of its beginning a 32-bit one leaves out. */
const extentOf = (
  payload: Uint8Array,
  at: number,
  field: LayoutField,
  before: LayoutField | undefined,
): readonly [size: number, dropped: number] => {
  const fixed = FIXED_SIZE[field.type];
  if (fixed !== undefined) return [fixed, 0];
  if (field.type === "bytes") return [binarySize(payload, at, before), 0];
  if (field.type === "sid") return [sidSize(payload, at), 0];
  return u32At(payload, at) === 0 ? [4, 0] : [2 * POINTERS + sidSize(payload, at + 2 * POINTERS), POINTERS];
};

/** Texts come last wherever there is one, so the rest of the payload is taken over as it is. */
const narrowPayload = (payload: Uint8Array, fields: readonly LayoutField[]): Uint8Array => {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [index, field] of fields.entries()) {
    if (field.type === "wstr0" || field.type === "AnsiString") break;
    if (field.type === "ptr") {
      parts.push(payload.subarray(at, at + 4));
      at += POINTERS;
      continue;
    }
    const [size, dropped] = extentOf(payload, at, field, fields[index - 1]);
    parts.push(payload.subarray(at + dropped, at + size));
    at += size;
  }
  return concatenate([...parts, payload.subarray(at)]);
};

const keyOf = (event: TraceEvent): string | null => {
  if (event.header === "event") return `${event.provider}/${event.id}/${event.version}`;
  return event.header === "perfinfo" ? `${PROVIDER_GUID.process}/${event.type}/${event.version}` : null;
};

/** Events of a documented layout; all others stay as they are. */
export const narrowed = (event: TraceEvent): TraceEvent => {
  const fields = FIELDS.get(keyOf(event) ?? "");
  if (fields === undefined || !("bits" in event) || event.bits === 32) return event;
  return { ...event, bits: 32, payload: narrowPayload(event.payload, fields) };
};
