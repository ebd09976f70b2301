// Damage inside of buffers, and a file cut at every length it can have: the rest is read, and what was lost is said.

import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { bufferOffsets } from "../../builders/damage.ts";
import { buildTrace, traceFile } from "../../builders/etl-writer.ts";
import type { TraceFile } from "../../builders/trace-file.ts";
import { withFile } from "../support/files.ts";
import { numberOf, plainEvents, range, withNumbers } from "../support/numbered.ts";
import { type Reading, readBytes, readPath, stepsDown } from "../support/read.ts";
import { eventsOf, recordsOf } from "../support/run.ts";

const PAYLOAD = 4 + 40;
const RECORD = 0x50 + 48;
const numbersOf = ({ delivered }: Reading): readonly number[] => delivered.map(({ payload }) => numberOf(payload));

const built = (count: number, given: Partial<TraceFile> = {}): Uint8Array =>
  buildTrace(traceFile({ events: withNumbers(plainEvents(count)), processors: 1, bufferSize: 0x1000, ...given }));

describe("a damaged record", () => {
  const whole = built(60);
  const [, first = 0, second = 0] = bufferOffsets(whole);
  const perBuffer = Math.floor((0x1000 - 0x48) / RECORD);
  const at = first + 0x48 + 5 * RECORD;

  test.each([
    ["of size 0", [0, 0]],
    ["shorter than its header", [0x4f, 0]],
    ["that runs past the buffer", [0xff, 0xff]],
    ["without the mark of a record", [PAYLOAD, 0, 0x13, 0x40]],
    ["of a header kind that does not exist and size 0", [0, 0, 0x77, 0xc0]],
  ])("%s costs the rest of its buffer and no more", (_, bytes) => {
    const damaged = whole.slice();
    damaged.set(bytes, at);
    const reading = readBytes(damaged);
    expect(numbersOf(reading)).toEqual([...range(5), ...range(60).slice(perBuffer)]);
    expect(reading.damage).toEqual([expect.objectContaining({ code: "record-damaged", offset: at })]);
    expect(reading.damagedBuffers).toBe(1);
    expect(reading.bytesSkipped).toBe(first + 0x48 + perBuffer * RECORD - at);
  });

  test("hides nothing of what stands in unused space: a word of ones ends a buffer", () => {
    const ended = whole.slice();
    ended.set([0xff, 0xff, 0xff, 0xff], at);
    const reading = readBytes(ended);
    expect(numbersOf(reading)).toEqual([...range(5), ...range(60).slice(perBuffer)]);
    expect(reading.damage).toEqual([]);
    expect(second).toBe(first + 0x1000);
  });

  test("with extended items that make no sense has no payload, and the next record is read", () => {
    const events = withNumbers(plainEvents(3)).map((event) => ({
      ...event,
      extended: [{ type: 1, data: new Uint8Array(16) }],
    }));
    const bytes = buildTrace(traceFile({ events, processors: 1 }));
    const [, start = 0] = bufferOffsets(bytes);
    new DataView(bytes.buffer).setUint16(start + 0x48 + 0x50, 0, true);
    const reading = readBytes(bytes);
    expect(reading.delivered.map(({ payload }) => payload.length)).toEqual([0, PAYLOAD, PAYLOAD]);
    expect(reading.damage).toEqual([]);
  });
});

describe("a record of a rare kind", () => {
  /** TIMED, ERROR, WNODE, MESSAGE and one that does not exist, each nothing but its size and its type. */
  const RARE_TYPES = [0x0c, 0x0d, 0x0e, 0x0f, 0x77];

  test("is counted, has the time of the one before, and takes nothing with it, at the very end of a buffer too", () => {
    const rare = RARE_TYPES.map((type, index) => ({
      header: "raw" as const,
      at: 30_000 + index,
      processor: 0,
      payload: Uint8Array.of(8, 0, type, 0xc0, 0, 0, 0, 0),
    }));
    // 35 records of 112 bytes and 5 of 8 fill the buffer to its last byte.
    const bufferSize = 0x48 + 35 * 112 + RARE_TYPES.length * 8;
    const plain = withNumbers(plainEvents(35, { payloadBytes: 28, step: 100 }));
    const bytes = buildTrace(traceFile({ events: [...plain, ...rare], processors: 1, bufferSize }));
    const reading = readBytes(bytes);
    expect(reading.delivered).toHaveLength(40);
    expect(reading.delivered.slice(35).map(({ ticks }) => ticks)).toEqual(RARE_TYPES.map(() => 3500));
    expect([reading.damage, reading.outOfOrder]).toEqual([[], 0]);
    const events = recordsOf(eventsOf(bytes).records, "event").slice(-RARE_TYPES.length);
    expect(events.map(({ opcode, threadId, processId }) => [opcode, threadId, processId])).toEqual(
      RARE_TYPES.map((type) => [type, null, null]),
    );
  });
});

describe("a compressed buffer that does not decompress", () => {
  test("is left out as a whole, the others are read", () => {
    const whole = built(60, { compression: "matches" });
    const [, first = 0, second = 0] = bufferOffsets(whole);
    const damaged = whole.slice().fill(0xff, first + 0x48, first + 0x60);
    const reading = readBytes(damaged);
    expect(numbersOf(reading)[0]).toBeGreaterThan(5);
    expect(numbersOf(reading).at(-1)).toBe(59);
    expect(reading.damage).toEqual([expect.objectContaining({ code: "buffer-not-decompressed", offset: first })]);
    expect(reading.bytesSkipped).toBe(second - first);
  });
});

/** Null where the engine says, by its one error, that this is no trace. */
const attempt = (path: string): Reading | null => {
  try {
    return readPath(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "file-not-a-trace") return null;
    throw error;
  }
};

describe("a file cut at every length", () => {
  const FIXTURES = join(__dirname, "../../fixtures/etl");
  const small = { bufferSize: 0x400, events: withNumbers(plainEvents(14, { processors: 2 })), processors: 2 } as const;

  test.each<readonly [string, Uint8Array]>([
    ["plain", buildTrace(traceFile(small))],
    ["compressed", buildTrace(traceFile({ ...small, compression: "matches" }))],
    ["made by Windows", readFileSync(join(FIXTURES, "microsoft-perfview__smallEtlFile.etl"))],
  ])("%s: what is left is read, in order, and never more of a shorter file", (_, bytes) => {
    withFile(bytes, (path) => {
      const whole = readPath(path);
      expect([whole.damage, whole.isTruncated]).toEqual([[], false]);
      let previous = whole.counted;
      for (let length = bytes.length - 1; length > 0; length -= 1) {
        truncateSync(path, length);
        const reading = attempt(path);
        if (reading === null) {
          // Only the file's header itself is too short to be read, and then for all shorter files too.
          expect(length).toBeLessThan(0x200);
          return;
        }
        expect(reading.isTruncated).toBe(true);
        expect(reading.damage.length).toBeGreaterThan(0);
        expect(reading.counted).toBeLessThanOrEqual(previous);
        expect(stepsDown(reading.delivered.map(({ ticks }) => ticks))).toEqual([]);
        previous = reading.counted;
      }
    });
  });
});
