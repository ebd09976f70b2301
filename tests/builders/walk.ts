// A bare walk over an .etl file that counts its records: the yardstick that the engine's own counts are
// held against. It shares no code with the engine and none with the writer but the text of GUIDs, and it
// does nothing else: no clock, no order, no payloads. Sections 1 and 2 of the etl-format reference.

import { EMPTY_GUID, guidText } from "./guid.ts";
import { decompressXpress } from "./xpress-decompress.ts";

export type EventCount = {
  readonly guid: string;
  /** Event id or WPP message number; null for classic and kernel events. */
  readonly id: number | null;
  /** Type of a classic or kernel event; null for manifest events and WPP messages. */
  readonly opcode: number | null;
  readonly version: number;
  readonly count: number;
};

export type Walk = { readonly buffers: number; readonly events: number; readonly counts: readonly EventCount[] };

type Identity = Omit<EventCount, "count">;

const BUFFER_HEADER = 0x48;

/** GUIDs of the kernel's event groups; the ones without a name here get the group's number. */
const GROUP_GUID: Readonly<Record<number, string>> = {
  0: "68fdd900-4a3e-11d1-84f4-0000f80464e3",
  1: "3d6fa8d4-fe05-11d0-9dda-00c04fd7ba7c",
  2: "3d6fa8d3-fe05-11d0-9dda-00c04fd7ba7c",
  3: "3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c",
  4: "90cbdc39-4a3e-11d1-84f4-0000f80464e3",
  5: "3d6fa8d1-fe05-11d0-9dda-00c04fd7ba7c",
  6: "9a280ac0-c8e0-11d1-84e2-00c04fb998a2",
  8: "bf3a50c5-a9c9-4988-a005-2df0b7c80f80",
  9: "ae53722e-c863-11d2-8659-00c04fa321a1",
  11: "01853a65-418f-4f36-aefc-dc0f1d2fd235",
  15: "ce1dbfb4-137e-4da6-87b0-3f59aa102cbc",
  20: "2cb15d1d-5fc1-11d2-abe1-00a0c911f518",
  24: "def2fe46-7bd6-4b80-bd94-f57fe20d0ce3",
};

const groupGuid = (group: number): string =>
  GROUP_GUID[group] ?? EMPTY_GUID.slice(0, -2) + group.toString(16).padStart(2, "0");

type Frame = { readonly size: number; readonly headerSize: number; readonly identify: () => Identity };

const kernelFrame = (view: DataView, at: number, headerSize: number): Frame => ({
  size: view.getUint16(at + 4, true),
  headerSize,
  identify: () => ({
    guid: groupGuid(view.getUint8(at + 7)),
    id: null,
    opcode: view.getUint8(at + 6),
    version: view.getUint16(at, true) & 0xff,
  }),
});

const classicFrame = (view: DataView, at: number, headerSize: number): Frame => ({
  size: view.getUint16(at, true),
  headerSize,
  identify: () => ({
    guid: guidText(view, at + 24),
    id: null,
    opcode: view.getUint8(at + 4),
    version: view.getUint16(at + 6, true),
  }),
});

const manifestFrame = (view: DataView, at: number): Frame => ({
  size: view.getUint16(at, true),
  headerSize: 0x50,
  identify: () => ({
    guid: guidText(view, at + 24),
    id: view.getUint16(at + 0x28, true),
    opcode: null,
    version: view.getUint8(at + 0x2a),
  }),
});

/** The GUID stands behind the sequence number, where the flags say that either is there. */
const wppFrame = (view: DataView, at: number): Frame => {
  const flags = view.getUint16(at + 6, true);
  const guidOffset = at + 8 + ((flags & 1) !== 0 ? 4 : 0);
  const hasGuid = (flags & 2) !== 0;
  return {
    size: view.getUint16(at, true),
    headerSize: hasGuid ? guidOffset + 16 - at : 8,
    identify: () => ({
      guid: hasGuid ? guidText(view, guidOffset) : EMPTY_GUID,
      id: view.getUint16(at + 4, true),
      opcode: null,
      version: 0,
    }),
  };
};

const otherFrame = (view: DataView, at: number, type: number): Frame => ({
  size: view.getUint16(at, true),
  headerSize: 8,
  identify: () => ({ guid: EMPTY_GUID, id: null, opcode: type, version: 0 }),
});

/** Null where the bytes are no record: the fill behind the last one, or damage. */
const frameAt = (view: DataView, at: number): Frame | null => {
  const kind = view.getUint8(at + 3);
  if (kind === 0x90) return wppFrame(view, at);
  if (kind !== 0xc0) return null;
  const type = view.getUint8(at + 2);
  if (type === 1 || type === 2) return kernelFrame(view, at, 0x20);
  if (type === 3 || type === 4) return kernelFrame(view, at, 0x18);
  if (type === 0x10 || type === 0x11) return kernelFrame(view, at, 0x10);
  if (type === 0x0a || type === 0x14) return classicFrame(view, at, 0x30);
  if (type === 0x0b || type === 0x15) return classicFrame(view, at, 0x48);
  if (type === 0x12 || type === 0x13) return manifestFrame(view, at);
  return otherFrame(view, at, type);
};

type Tally = Map<string, { readonly identity: Identity; count: number }>;

const countRecords = (records: Uint8Array, tally: Tally): number => {
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  let at = 0;
  let events = 0;
  while (at + 8 <= records.length) {
    const frame = frameAt(view, at);
    if (frame === null || frame.size < frame.headerSize || at + frame.size > records.length) break;
    const identity = frame.identify();
    const key = `${identity.guid}/${identity.id}/${identity.opcode}/${identity.version}`;
    const entry = tally.get(key);
    if (entry === undefined) tally.set(key, { identity, count: 1 });
    else entry.count += 1;
    events += 1;
    at += (frame.size + 7) & ~7;
  }
  return events;
};

const recordsOf = (file: Uint8Array, at: number, stride: number): Uint8Array => {
  const view = new DataView(file.buffer, file.byteOffset + at, BUFFER_HEADER);
  const filled = view.getUint32(0x30, true) || view.getUint32(4, true);
  const body = file.subarray(at + BUFFER_HEADER, Math.min(at + stride, file.length));
  const length = Math.max(0, filled - BUFFER_HEADER);
  return (view.getUint16(0x34, true) & 0x40) !== 0 ? decompressXpress(body, length) : body.subarray(0, length);
};

/** Text order is number order in a key of fixed widths. */
const orderKey = ({ guid, id, opcode, version }: EventCount): string =>
  [guid, ...[id ?? -1, opcode ?? -1, version].map((number) => String(number + 1).padStart(6, "0"))].join("/");

const order = (left: EventCount, right: EventCount): number => (orderKey(left) < orderKey(right) ? -1 : 1);

/** Every record that lies in the file as a whole, those of the header included. */
export const walkTrace = (file: Uint8Array): Walk => {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const tally: Tally = new Map();
  let [buffers, events] = [0, 0];
  for (let at = 0; at + BUFFER_HEADER <= file.length; ) {
    const stride = view.getUint32(at, true);
    if (stride < BUFFER_HEADER) break;
    buffers += 1;
    events += countRecords(recordsOf(file, at, stride), tally);
    at += stride;
  }
  const counts = [...tally.values()].map(({ identity, count }) => ({ ...identity, count })).sort(order);
  return { buffers, events, counts };
};
