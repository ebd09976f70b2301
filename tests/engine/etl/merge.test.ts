// Records come out in the order of time, each once, however they lie in the file.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatFiletime } from "../../../engine/bytes/filetime.ts";
import { arbitraryTrace } from "../../builders/arbitraries.ts";
import { bufferOffsets } from "../../builders/damage.ts";
import { buildTrace, traceFile } from "../../builders/etl-writer.ts";
import { LOG_FILE_MODE, type TraceEvent, type TraceFile } from "../../builders/trace-file.ts";
import { numberOf, plainEvents, range, withNumbers } from "../support/numbered.ts";
import { type Reading, readBytes, stepsDown } from "../support/read.ts";
import { isSame } from "../support/views.ts";

const numbersOf = ({ delivered }: Reading): readonly number[] => delivered.map(({ payload }) => numberOf(payload));

/** A WPP message may have no time of its own. */
const isTimed = (event: TraceEvent | undefined): boolean =>
  event !== undefined && (event.header !== "wpp" || event.timed);

const expectInOrder = (reading: Reading, count: number): void => {
  expect(numbersOf(reading).toSorted((a, b) => a - b)).toEqual(range(count));
  expect(stepsDown(reading.delivered.map(({ ticks }) => ticks))).toEqual([]);
  expect([reading.outOfOrder, reading.damagedBuffers, reading.isTruncated]).toEqual([0, 0, false]);
};

const built = (given: Partial<TraceFile>): Uint8Array => buildTrace(traceFile(given));

describe("records of every kind, on four processors, in any arrangement", () => {
  test("are delivered once each, in the order of time, with their payload, width and moment", () => {
    fc.assert(
      fc.property(arbitraryTrace(100), (trace) => {
        const events = withNumbers(trace.events);
        const reading = readBytes(buildTrace({ ...trace, events }));
        expectInOrder(reading, events.length);
        for (const { payload, pointerSize, time } of reading.delivered) {
          const event = events[numberOf(payload)];
          expect(isSame(payload, event?.payload ?? new Uint8Array(0))).toBe(true);
          if (event !== undefined && "bits" in event) expect(pointerSize * 8).toBe(event.bits);
          const isExact = trace.clock !== "qpc" || trace.perfFreq === 10_000_000;
          if (isExact && isTimed(event)) expect(time).toBe(formatFiletime(trace.startTime + BigInt(event?.at ?? 0)));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("arrangements", () => {
  const events = withNumbers(plainEvents(900, { processors: 6 }));
  const small = { events, bufferSize: 0x1000 } as const;

  test.each<readonly [string, Partial<TraceFile>]>([
    ["in the order in which buffers were filled", {}],
    ["mixed across processors", { arrangement: { kind: "shuffled", seed: 3 } }],
    ["a circular file that has just not wrapped", { logFileMode: LOG_FILE_MODE.circular }],
    [
      "wrapped, with the newest buffers in front",
      { logFileMode: LOG_FILE_MODE.circular, arrangement: { kind: "wrapped", slots: 10_000 } },
    ],
    [
      "two sessions, the second appended",
      { logFileMode: LOG_FILE_MODE.append, arrangement: { kind: "appended", at: 450_000 } },
    ],
    ["buffers shared by all processors", { logFileMode: LOG_FILE_MODE.noPerProcessorBuffering }],
    ["compressed", { compression: "matches" }],
  ])("%s", (_, given) => {
    expectInOrder(readBytes(built({ ...small, ...given })), events.length);
  });

  test("of a wrapped file, the newest records are all there and nothing is called lost", () => {
    const reading = readBytes(
      built({ ...small, logFileMode: LOG_FILE_MODE.circular, arrangement: { kind: "wrapped", slots: 20 } }),
    );
    const numbers = numbersOf(reading);
    expect(numbers.length).toBeLessThan(events.length);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.at(-1)).toBe(events.length - 1);
    expect(stepsDown(numbers)).toEqual([]);
    expect([reading.damage, reading.isTruncated]).toEqual([[], false]);
  });
});

describe("buffers that overlap in time", () => {
  test("are told apart even where they name the same processor", () => {
    const bytes = built({ events: withNumbers(plainEvents(600, { processors: 3 })), bufferSize: 0x2000 });
    const view = new DataView(bytes.buffer);
    for (const offset of bufferOffsets(bytes)) view.setUint16(offset + 0x28, 0, true);
    const reading = readBytes(bytes);
    expectInOrder(reading, 600);
    expect(new Set(reading.delivered.map(({ processor }) => processor))).toEqual(new Set([0]));
  });

  test("may hold records out of order, which are sorted", () => {
    const bytes = built({ events: withNumbers(plainEvents(50)), processors: 1 });
    const [, first = 0] = bufferOffsets(bytes);
    // Records of one size: the second and the seventh change places.
    const size = 0x50 + 48;
    const [second, seventh] = [1, 6].map((index) => first + 0x48 + index * size) as [number, number];
    const moved = bytes.slice(second, second + size);
    bytes.copyWithin(second, seventh, seventh + size);
    bytes.set(moved, seventh);
    expectInOrder(readBytes(bytes), 50);
    expect(numbersOf(readBytes(bytes))).toEqual(range(50));
  });

  test("are opened in time where they begin with a message that has no time of its own", () => {
    const [early, later] = plainEvents(2, { processors: 1, step: 10_000 }).map((event) => ({ ...event, processor: 1 }));
    const untimed = {
      header: "wpp",
      at: 1,
      processor: 2,
      messageNumber: 5,
      timed: false,
      payload: new Uint8Array(0),
    } as const;
    const second = plainEvents(1).map((event) => ({ ...event, at: 5000, processor: 2 }));
    // The buffer in front of the one in question begins much later than that one does.
    const first = plainEvents(1).map((event) => ({ ...event, at: 30_000, processor: 0 }));
    const events = withNumbers([...first, early, later, untimed, ...second].filter((event) => event !== undefined));
    for (const compression of ["none", "matches"] as const) {
      const reading = readBytes(built({ events, compression, processors: 3 }));
      expectInOrder(reading, events.length);
      expect(numbersOf(reading).filter((number) => number !== 3)).toEqual([4, 1, 2, 0]);
    }
  });

  test("give up order rather than memory, and say so, where too many are open at once", () => {
    // The header promises buffers of 16 MB, and a block is as large as the session's buffers.
    const events = withNumbers(plainEvents(160, { processors: 8 }));
    const bytes = built({ events, compression: "matches", bufferSize: 0x1000, processors: 1 });
    new DataView(bytes.buffer).setUint32(0x68, 0x1000000, true);
    const reading = readBytes(bytes);
    expect(numbersOf(reading).toSorted((a, b) => a - b)).toEqual(range(160));
    expect(reading.outOfOrder).toBeGreaterThan(0);
    expect(reading.outOfOrder).toBeGreaterThanOrEqual(stepsDown(reading.delivered.map(({ ticks }) => ticks)).length);
  });
});

describe("buffers larger than a window", () => {
  // With thousands of processors each one's window is the smallest there is, 256 KB: each of these takes several, and
  // no record ends where a window does.
  const events = withNumbers(plainEvents(3000, { processors: 2, payloadBytes: 701 }));
  const given = { events, bufferSize: 0x100000, processors: 4096 } as const;

  test("lose nothing at the seams", () => {
    expectInOrder(readBytes(built(given)), events.length);
  });

  test("lose only what lies behind the damage where a record of a later window is damaged", () => {
    const bytes = built(given);
    const [, first = 0] = bufferOffsets(bytes);
    const record = 0x50 + 4 + 701;
    const at = first + 0x48 + 500 * ((record + 7) & ~7);
    new DataView(bytes.buffer).setUint16(at, 0, true);
    const reading = readBytes(bytes);
    // 500 of the damaged buffer, and the whole of the other processor's records.
    const numbers = numbersOf(reading);
    expect(numbers.filter((number) => number % 2 === 0).length).toBeGreaterThanOrEqual(500);
    expect(numbers.filter((number) => number % 2 === 1)).toHaveLength(1500);
    expect(reading.damage).toEqual([expect.objectContaining({ code: "record-damaged", offset: at })]);
    expect(stepsDown(reading.delivered.map(({ ticks }) => ticks))).toEqual([]);
  });
});

describe("a time window", () => {
  const events = withNumbers(plainEvents(400, { processors: 3, step: 1000 }));
  const bytes = built({ events, bufferSize: 0x1000 });

  test.each([
    ["from a moment on, that moment included", 200_000, Number.POSITIVE_INFINITY, 199, 399],
    ["up to a moment, that moment included", Number.NEGATIVE_INFINITY, 200_000, 0, 199],
    ["of a single event", 200_000, 200_000, 199, 199],
    ["of everything", 0, 1e12, 0, 399],
  ])("%s", (_, since, until, first, last) => {
    const reading = readBytes(bytes, { since, until });
    expect(numbersOf(reading)).toEqual(range(last - first + 1).map((index) => first + index));
  });

  test("between two events has none, and counts none", () => {
    const reading = readBytes(bytes, { since: 200_100, until: 200_900 });
    expect([reading.delivered, reading.counted]).toEqual([[], 0]);
  });
});
