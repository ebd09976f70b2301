// One trace with a record of every header kind of section 2 of the etl-format reference, in 32 and 64 bit, with
// the extended data items that Windows writes and every combination of a WPP message's parts.

import { traceFile } from "./etl-writer.ts";
import { PROVIDER_GUID } from "./layout-table.ts";
import type { Bits, TraceEvent, TraceFile, WppEvent } from "./trace-file.ts";

const BITS: readonly Bits[] = [32, 64];
const GUID = "6a5b4c3d-0102-4304-8506-0708090a0b0c";
const PARENT_GUID = "0c0b0a09-0807-4605-8403-0201f0e0d0c0";

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, index) => index & 0xff);

const placed = { at: 0, processor: 0, processId: 4120, threadId: 4124 } as const;

const manifestEvents = (bits: Bits): readonly TraceEvent[] => {
  const event = { ...placed, header: "event", bits, provider: GUID, id: 4660, version: 3 } as const;
  const activity = { type: 1, data: bytes(16) };
  const stack = { type: bits === 64 ? 6 : 5, data: bytes(8 + (bits / 8) * 5) };
  const traits = { type: 0x0c, data: bytes(21) };
  const schema = { type: 0x0b, data: bytes(33) };
  return [
    { ...event, payload: bytes(0) },
    {
      ...event,
      payload: bytes(41),
      activityId: PARENT_GUID,
      level: 5,
      opcode: 11,
      task: 7,
      keyword: 0x8000_0000_0000_0004n,
    },
    { ...event, payload: bytes(20), extended: [activity] },
    { ...event, payload: bytes(20), extended: [stack, activity] },
    // TraceLogging: traits before schema, and no id.
    { ...event, id: 0, version: 0, payload: bytes(12), extended: [traits, schema] },
    { ...event, provider: PROVIDER_GUID.afd, id: 1029, version: 0, payload: bytes(bits === 64 ? 28 : 20) },
  ];
};

const classicEvents = (bits: Bits): readonly TraceEvent[] => {
  const classic = { ...placed, bits, guid: GUID, type: 32, version: 2, level: 4, payload: bytes(27) } as const;
  return [
    { ...classic, header: "classic" },
    { ...classic, header: "instance", instanceId: 17, parentInstanceId: 3, parentGuid: PARENT_GUID },
  ];
};

const kernelEvents = (bits: Bits): readonly TraceEvent[] => {
  const kernel = { ...placed, bits, version: 2, payload: bytes(19) } as const;
  return [
    // Groups with a GUID of their own, and one without.
    { ...kernel, header: "system", group: 5, type: 36 },
    { ...kernel, header: "compact", group: 4, type: 64 },
    { ...kernel, header: "perfinfo", group: 0x0f, type: 46 },
    { ...kernel, header: "perfinfo", group: 0x2a, type: 1 },
    // The high byte announces counters behind the header; the version is the low one.
    { ...kernel, header: "perfinfo", group: 0x0f, type: 47, version: 0x8303 },
  ];
};

const WPP_PARTS: readonly Omit<WppEvent, "header" | "at" | "processor" | "payload" | "messageNumber">[] = [
  { timed: false },
  { timed: true },
  { timed: true, sequence: 77 },
  { timed: true, guid: GUID },
  { timed: true, componentId: 9 },
  { timed: false, sequence: 78, guid: GUID },
  { timed: true, sequence: 79, guid: GUID, thread: { processId: 4120, threadId: 4124 } },
];

const wppEvents: readonly TraceEvent[] = WPP_PARTS.map((parts, index) => ({
  header: "wpp",
  ...placed,
  messageNumber: 10 + index,
  payload: bytes(index * 3),
  ...parts,
}));

/** An ERROR record: nobody writes it any more, a reader steps over it by its size. */
const obsolete: TraceEvent = {
  ...placed,
  header: "raw",
  payload: Uint8Array.of(16, 0, 0x0d, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
};

export const headerKinds = (): TraceFile => {
  const events = BITS.flatMap((bits) => [...manifestEvents(bits), ...classicEvents(bits), ...kernelEvents(bits)]);
  const spread = [...events, ...wppEvents, obsolete].map((event, index) => ({
    ...event,
    at: 1000 * (index + 1),
    processor: index % 2,
  }));
  return traceFile({ processors: 2, bufferSize: 0x1000, events: spread });
};
