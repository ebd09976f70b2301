// Events that carry their own number, so that what comes out of a reader can be told from what went in one by one.

import type { ManifestEvent, TraceEvent } from "../../builders/trace-file.ts";

const NUMBER_SIZE = 4;

export const withNumbers = (events: readonly TraceEvent[]): readonly TraceEvent[] =>
  events.map((event, index) => {
    const payload = new Uint8Array(NUMBER_SIZE + event.payload.length);
    new DataView(payload.buffer).setUint32(0, index, true);
    payload.set(event.payload, NUMBER_SIZE);
    return { ...event, payload };
  });

export const numberOf = (payload: Uint8Array): number =>
  new DataView(payload.buffer, payload.byteOffset, payload.length).getUint32(0, true);

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export type PlainOptions = { readonly processors?: number; readonly payloadBytes?: number; readonly step?: number };

/** Manifest events in turn on each processor, a step of time apart. */
export const plainEvents = (
  count: number,
  { processors = 1, payloadBytes = 40, step = 1000 }: PlainOptions = {},
): readonly ManifestEvent[] =>
  range(count).map((index) => ({
    header: "event",
    bits: 64,
    at: step * (index + 1),
    processor: index % processors,
    processId: 4120,
    threadId: 4124,
    provider: "6a5b4c3d-0102-4304-8506-0708090a0b0c",
    id: 7,
    version: 1,
    payload: new Uint8Array(payloadBytes).fill(index & 0xff),
  }));
