// Raw port tables of each kind: what was written is what is read, and a buffer that was cut or that lies about its count
// tells no row that is not there and says how many are missing.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type AnyRow, anyRow, stateNamed, TABLE_KINDS } from "./tables.ts";

const ROWS: readonly AnyRow[] = fc.sample(anyRow("ipv4"), { numRuns: 5, seed: 7 });
const ROWS6: readonly AnyRow[] = fc.sample(anyRow("ipv6"), { numRuns: 5, seed: 7 });

describe.each(TABLE_KINDS)("$name", ({ start, rowBytes, family, build, decode, tell }) => {
  const rows = family === "ipv4" ? ROWS : ROWS6;

  test("has rows of the documented size", () => {
    expect(build(rows).length).toBe(start + rows.length * rowBytes);
  });

  test("is read as it was written", () => {
    fc.assert(
      fc.property(fc.array(anyRow(family), { maxLength: 12 }), (given) => {
        const decoded = decode(build(given));
        expect(decoded.problems).toEqual([]);
        expect(decoded.rows).toBe(given.length);
        expect(decoded.sockets).toHaveLength(given.length);
        expect(decoded.sockets).toMatchObject(given.map(tell));
      }),
      { numRuns: 60 },
    );
  });

  test("is read from any place in memory", () => {
    const bytes = build(rows);
    for (const offset of [1, 2, 3, 5]) {
      const elsewhere = new Uint8Array(bytes.length + offset + 9).fill(0xee);
      elsewhere.set(bytes, offset);
      expect(decode(elsewhere.subarray(offset, offset + bytes.length))).toEqual(decode(bytes));
    }
  });

  test("tells of a buffer cut at any length the rows that are whole, and that some are missing", () => {
    const whole = build(rows);
    for (let length = 0; length < whole.length; length += 1) {
      const decoded = decode(whole.slice(0, length));
      const there = Math.max(0, Math.floor((length - start) / rowBytes));
      expect(decoded.rows).toBe(there);
      expect(decoded.sockets ?? []).toMatchObject(rows.slice(0, there).map(tell));
      expect(decoded.problems).toHaveLength(1);
    }
  });

  test.each([6, 1000, 0x7fff_ffff, 0xffff_ffff])(
    "tells no more rows than are there where the count says %i",
    (claimed) => {
      const decoded = decode(build(rows, claimed));
      expect(decoded.rows).toBe(5);
      expect(decoded.problems).toHaveLength(1);
    },
  );

  test.each([0, 3])(
    "tells of rows behind a count of %i nothing, as Windows leaves buffers longer than tables",
    (claimed) => {
      const decoded = decode(build(rows, claimed));
      expect(decoded.rows).toBe(claimed);
      expect(decoded.sockets).toMatchObject(rows.slice(0, claimed).map(tell));
    },
  );
});

describe("a state that no Windows knows", () => {
  test.each([0, 13, 99, 0xffff_ffff])("%i costs its row and is said", (state) => {
    for (const { name, build, decode, family } of TABLE_KINDS.filter(({ name: each }) => each.startsWith("TCP"))) {
      const [row, other] = fc.sample(anyRow(family), { numRuns: 2, seed: 3 });
      if (row === undefined || other === undefined) throw new Error(`no rows for ${name}`);
      const decoded = decode(build([{ ...row, state }, other]));
      expect(decoded.rows).toBe(1);
      expect(decoded.sockets).toMatchObject([{ state: stateNamed(other.state) }]);
      expect(decoded.problems).toHaveLength(1);
    }
  });

  test("a bound table's rows are bound, whatever word stands there", () => {
    for (const { build, decode, family } of TABLE_KINDS.filter(({ name }) => name.startsWith("bound"))) {
      const rows = fc.sample(anyRow(family), { numRuns: 3, seed: 5 }).map((row, state) => ({ ...row, state }));
      expect(decode(build(rows)).sockets?.map(({ state }) => state)).toEqual(["bound", "bound", "bound"]);
    }
  });
});
