// The writer's compressor against the walk's decompressor, which were written apart from each other.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compressXpress } from "../../builders/xpress-compress.ts";
import { decompressXpress } from "../../builders/xpress-decompress.ts";

/** toEqual takes seconds for what this takes milliseconds. */
const same = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index]);

const MODES = ["matches", "literals", "wideLengths"] as const;

/** Bytes with the runs and repetitions that make a compressor use all of its tokens. */
const repetitive = fc
  .array(fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }), times: fc.integer({ min: 1, max: 120 }) }))
  .map((runs) => Uint8Array.from(runs.flatMap(({ bytes, times }) => new Array(times).fill([...bytes]).flat())));

const roundTrip = (input: Uint8Array, mode: (typeof MODES)[number]): Uint8Array =>
  decompressXpress(compressXpress(input, mode), input.length);

describe.each(MODES)("XPRESS with %s", (mode) => {
  test("comes back as it was", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), repetitive), (input) => {
        expect(same(roundTrip(input, mode), input)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  // One length on each side of every step of the encoding: 3 bits, nibble, byte, u16, and u32 beyond 64 KB.
  test.each([3, 9, 10, 24, 25, 279, 280, 281, 65_538, 65_539, 200_000])("takes a match of %i bytes", (length) => {
    const input = new Uint8Array(length + 1).fill(7);
    expect(same(roundTrip(input, mode), input)).toBe(true);
  });
});

describe("what the compressor writes", () => {
  test("matches make repetition small, literals do not", () => {
    const input = new Uint8Array(4000).fill(1);
    expect(compressXpress(input, "matches").length).toBeLessThan(20);
    expect(compressXpress(input, "literals").length).toBe(4000 + 4 * (4000 / 32) + 4);
  });

  test("an unused flag word stands behind a multiple of 32 tokens, as in real files", () => {
    const compressed = compressXpress(
      Uint8Array.from({ length: 32 }, (_, index) => index),
      "matches",
    );
    expect(compressed.length).toBe(4 + 32 + 4);
    expect([...compressed.subarray(36)]).toEqual([0xff, 0xff, 0xff, 0xff]);
  });

  test("two lengths share a byte", () => {
    const input = Uint8Array.from([...new Array(20).fill(1), ...new Array(20).fill(2)]);
    // Flags, then literal 1, match of 19, literal 2, match of 19: one byte holds both nibbles.
    expect([...compressXpress(input, "matches").subarray(4)]).toEqual([1, 7, 0, 0x99, 2, 7, 0]);
  });
});

describe("the walk's decompressor", () => {
  test("gives what there is of a stream that ends early", () => {
    const input = Uint8Array.from({ length: 500 }, (_, index) => (index * 7) & 0xff);
    const cut = compressXpress(input, "literals").subarray(0, 200);
    const output = decompressXpress(cut, input.length);
    expect(output.length).toBeGreaterThan(100);
    expect(same(output, input.subarray(0, output.length))).toBe(true);
  });
});
