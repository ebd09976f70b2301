// Finding the buffers of files that are not as they should be: what is found, what is called damaged, and where.

import { describe, expect, test } from "@jest/globals";
import { concatenate } from "../../builders/byte-sink.ts";
import { bufferOffsets } from "../../builders/damage.ts";
import { buildTrace, traceFile } from "../../builders/etl-writer.ts";
import type { TraceFile } from "../../builders/trace-file.ts";
import { numberOf, plainEvents, range, withNumbers } from "../support/numbered.ts";
import { type Reading, readBytes, stepsDown } from "../support/read.ts";

const BUFFER = 0x1000;
const EVENTS = 300;

const built = (given: Partial<TraceFile> = {}): Uint8Array =>
  buildTrace(traceFile({ events: withNumbers(plainEvents(EVENTS, { processors: 3 })), bufferSize: BUFFER, ...given }));

/** Writes into the header of a buffer. */
const patched = (bytes: Uint8Array, buffer: number, field: number, values: readonly number[]): Uint8Array => {
  const result = bytes.slice();
  result.set(values, (bufferOffsets(bytes)[buffer] ?? 0) + field);
  return result;
};

const numbersOf = ({ delivered }: Reading): readonly number[] => delivered.map(({ payload }) => numberOf(payload));

/** Numbers of the events in one buffer of a whole file. */
const numbersIn = (bytes: Uint8Array, buffer: number): readonly number[] => {
  const offsets = bufferOffsets(bytes);
  const start = offsets[buffer] ?? 0;
  const header = bytes.subarray(0, offsets[1]);
  return numbersOf(readBytes(concatenate([header, bytes.subarray(start, offsets[buffer + 1] ?? bytes.length)])));
};

const missing = (reading: Reading): readonly number[] =>
  range(EVENTS).filter((number) => !numbersOf(reading).includes(number));

const expectOnlyMissing = (reading: Reading, lost: readonly number[]): void => {
  expect(missing(reading)).toEqual([...lost].sort((a, b) => a - b));
  expect(stepsDown(reading.delivered.map(({ ticks }) => ticks))).toEqual([]);
};

const FIELD = { size: 0x00, saved: 0x04, references: 0x0c, filled: 0x30, flags: 0x34, type: 0x36 } as const;

describe("a buffer whose header is damaged", () => {
  const whole = built();
  const offsets = bufferOffsets(whole);

  test.each<readonly [string, number, readonly number[]]>([
    ["size 0", FIELD.size, [0, 0, 0, 0]],
    ["a size beyond any buffer", FIELD.size, [0xff, 0xff, 0xff, 0xff]],
    ["flags that do not exist", FIELD.flags, [0xff, 0xff]],
    ["a type that does not exist", FIELD.type, [9, 0]],
  ])("by %s is left out, the others are read", (_, field, values) => {
    const reading = readBytes(patched(whole, 3, field, values));
    expectOnlyMissing(reading, numbersIn(whole, 3));
    expect(reading.damage).toEqual([expect.objectContaining({ code: "buffer-header-damaged", offset: offsets[3] })]);
    expect([reading.damagedBuffers, reading.bytesSkipped, reading.isTruncated]).toEqual([1, BUFFER, false]);
  });

  test("may be the first, which holds the description of the file: it is read all the same", () => {
    const reading = readBytes(patched(whole, 0, FIELD.flags, [0xff, 0xff]));
    expectOnlyMissing(reading, []);
    expect(reading.damage).toEqual([expect.objectContaining({ code: "buffer-header-damaged", offset: 0 })]);
  });

  test("is found again where buffers have no common size", () => {
    const packed = built({ compression: "matches" });
    const reading = readBytes(patched(packed, 2, FIELD.flags, [0xff, 0xff]));
    const [, , second = 0, third = 0] = bufferOffsets(packed);
    expectOnlyMissing(reading, numbersIn(packed, 2));
    expect(reading.damage).toEqual([expect.objectContaining({ code: "buffer-header-damaged", offset: second })]);
    expect(reading.bytesSkipped).toBe(third - second);
  });

  test("by a filled length beyond its size is read as far as it goes", () => {
    const reading = readBytes(patched(whole, 3, FIELD.filled, [0, 0, 0xff, 0]));
    expectOnlyMissing(reading, []);
    expect(reading.damage).toEqual([expect.objectContaining({ code: "buffer-size-damaged", offset: offsets[3] })]);
  });

  test("by a filled length of 0 is read by the other length field", () => {
    const reading = readBytes(patched(whole, 3, FIELD.filled, [0, 0, 0, 0]));
    expectOnlyMissing(reading, []);
    expect(reading.damage).toEqual([]);
  });

  test("takes the bytes up to the next one with it, when bytes were lost between them", () => {
    const [, first = 0, second = 0] = offsets;
    const reading = readBytes(concatenate([whole.subarray(0, first + 0x800), whole.subarray(second)]));
    const lost = numbersIn(whole, 1);
    expect(missing(reading).every((number) => lost.includes(number) || numbersIn(whole, 2).includes(number))).toBe(
      true,
    );
    expect(reading.damagedBuffers).toBeGreaterThan(0);
  });
});

describe("a file that ends early", () => {
  const whole = built();
  const offsets = bufferOffsets(whole);
  const last = offsets.at(-1) ?? 0;

  test.each([
    ["inside a buffer's records", last + 0x400, "buffer-truncated", last],
    ["inside a buffer's header", last + 0x20, "buffer-truncated", last],
  ])("%s is called truncated there", (_, length, code, offset) => {
    const reading = readBytes(whole.subarray(0, length));
    expect(reading.isTruncated).toBe(true);
    expect(reading.damage[0]).toMatchObject({ code, offset });
    const lost = numbersIn(whole, offsets.length - 1);
    expect(missing(reading).every((number) => lost.includes(number))).toBe(true);
  });

  test("between two buffers is known by the count in its header", () => {
    const reading = readBytes(whole.subarray(0, last));
    expectOnlyMissing(reading, numbersIn(whole, offsets.length - 1));
    expect(reading.damage).toEqual([expect.objectContaining({ code: "buffers-missing", offset: last })]);
    expect(reading.isTruncated).toBe(true);
  });

  test("is not called so where the session counts what it wrote and not what is left, as circular ones do", () => {
    const reading = readBytes(built({ logFileMode: 2, buffersWritten: 900 }));
    expect([reading.damage, reading.isTruncated]).toEqual([[], false]);
  });
});

describe("a preallocated file", () => {
  const PREALLOCATE = 0x21;
  const tail = new Uint8Array(5 * BUFFER + 0x123);

  test("ends in space that was never used, which is no damage", () => {
    const reading = readBytes(concatenate([built({ logFileMode: PREALLOCATE }), tail]));
    expectOnlyMissing(reading, []);
    expect([reading.damage, reading.isTruncated]).toEqual([[], false]);
  });

  test("may have it in the middle", () => {
    const whole = built({ logFileMode: PREALLOCATE });
    const at = bufferOffsets(whole)[2] ?? 0;
    const reading = readBytes(concatenate([whole.subarray(0, at), tail.subarray(0, 2 * BUFFER), whole.subarray(at)]));
    expectOnlyMissing(reading, []);
    expect(reading.damage).toEqual([]);
  });

  test("is the only kind of file in which zeros are no damage", () => {
    const reading = readBytes(concatenate([built(), tail]));
    expectOnlyMissing(reading, []);
    expect(reading.damage).toEqual([
      expect.objectContaining({ code: "buffer-header-damaged", offset: built().length }),
    ]);
  });
});
