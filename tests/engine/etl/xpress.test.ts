// The engine's decompressor against the builders' compressor, then against anything else that may stand in a file.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decompress } from "../../../engine/etl/xpress.ts";
import type { Compression } from "../../builders/trace-file.ts";
import { compressXpress } from "../../builders/xpress-compress.ts";
import { decompressXpress } from "../../builders/xpress-decompress.ts";
import { isSame } from "../support/views.ts";

type Mode = Exclude<Compression, "none">;
const MODES = ["matches", "literals", "wideLengths"] as const satisfies readonly Mode[];

/** What stands around the target and must stay as it is. */
const GUARD = 0xa5;
const BEFORE = 13;

const outcome = (
  input: Uint8Array,
  length: number,
): { readonly output: Uint8Array; readonly written: number; readonly isDamaged: boolean } => {
  const target = new Uint8Array(BEFORE + length + BEFORE).fill(GUARD);
  const source = new Uint8Array(BEFORE + input.length + BEFORE).fill(0xff);
  source.set(input, BEFORE);
  const { length: written, isDamaged } = decompress(
    source,
    BEFORE,
    BEFORE + input.length,
    target,
    BEFORE,
    BEFORE + length,
  );
  const isGuarded = [...target.subarray(0, BEFORE), ...target.subarray(BEFORE + length)].every(
    (byte) => byte === GUARD,
  );
  if (!isGuarded || written > length) throw new Error("bytes outside the target were written");
  return { output: target.slice(BEFORE, BEFORE + written), written, isDamaged };
};

const repetitive = fc
  .array(
    fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }), times: fc.integer({ min: 1, max: 120 }) }),
    { maxLength: 12 },
  )
  .map((runs) => Uint8Array.from(runs.flatMap(({ bytes, times }) => new Array(times).fill([...bytes]).flat())));
const plain = fc.oneof(fc.uint8Array({ maxLength: 2000 }), repetitive);
const mode = fc.constantFrom(...MODES);

describe("what was compressed", () => {
  test("comes back as it was, in every mode", () => {
    fc.assert(
      fc.property(plain, mode, (bytes, how) => {
        const { output, isDamaged } = outcome(compressXpress(bytes, how), bytes.length);
        expect(isSame(output, bytes)).toBe(true);
        expect(isDamaged).toBe(false);
      }),
    );
  });

  // A length on each side of every step of the encoding: 3 bits, nibble, byte, u16, and u32 beyond 64 KB.
  test.each(
    MODES.flatMap((how) =>
      [3, 9, 10, 24, 25, 26, 279, 280, 281, 65_538, 65_539, 200_000].map((length) => [how, length] as const),
    ),
  )("%s: a run of %i bytes comes back", (how, length) => {
    const bytes = new Uint8Array(length + 1).fill(7);
    expect(isSame(outcome(compressXpress(bytes, how), bytes.length).output, bytes)).toBe(true);
  });

  test("is decompressed up to any place that is asked for", () => {
    fc.assert(
      fc.property(plain, mode, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, how, part) => {
        const length = Math.floor(bytes.length * part);
        expect(isSame(outcome(compressXpress(bytes, how), length).output, bytes.subarray(0, length))).toBe(true);
      }),
    );
  });
});

describe("what was damaged", () => {
  test("gives the beginning, where the input is cut", () => {
    fc.assert(
      fc.property(plain, mode, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, how, part) => {
        const packed = compressXpress(bytes, how);
        const { output, isDamaged } = outcome(packed.subarray(0, Math.floor(packed.length * part)), bytes.length);
        expect(isSame(output, bytes.subarray(0, output.length))).toBe(true);
        expect(isDamaged).toBe(false);
      }),
    );
  });

  test("is the same to both decompressors, byte for byte, whatever was changed", () => {
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(plain, mode, fc.array(change, { minLength: 1, maxLength: 6 }), (bytes, how, changes) => {
        const packed = compressXpress(bytes, how);
        for (const { at, value } of changes) packed[Math.floor(at * packed.length)] = value;
        const { output } = outcome(packed, bytes.length);
        const other = decompressXpress(packed, bytes.length);
        expect(isSame(output, other.subarray(0, output.length))).toBe(true);
      }),
    );
  });

  test("writes nothing outside the target, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat({ max: 5000 }), (noise, length) => {
        expect(outcome(noise, length).written).toBeLessThanOrEqual(length);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["a match that points before the beginning", [0xff, 0xff, 0xff, 0xff, 0xf8, 0xff]],
    ["a match longer than what is left", [0, 0, 0, 0x40, 7, 7, 0, 0xff, 0xff, 0xff, 0xff]],
    ["a wide length smaller than the narrow forms reach", [0, 0, 0, 0x40, 7, 7, 0, 0x0f, 0xff, 1, 0, 0]],
  ])("is called damaged: %s", (_, tokens) => {
    expect(outcome(Uint8Array.from(tokens), 100).isDamaged).toBe(true);
  });
});
