// The system's handle table: handles a process, in both layouts, however the rows lie and whatever the count says.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeHandleTable } from "../../../engine/artifacts/handle-table.ts";
import { type HandleEntry, handleTable, type PointerSize } from "../../builders/capture/handle-table.ts";

const ENTRY_BYTES = { 4: 0x1c, 8: 0x28 } as const;
const SIZES = [4, 8] as const;

const entriesOf = (processIds: readonly number[]): readonly HandleEntry[] =>
  processIds.map((processId, index) => ({
    object: 0x8640_0000n + BigInt(index * 0x180),
    processId,
    handle: 4 + index * 4,
    access: 0x0016_019f,
    typeIndex: 37,
    attributes: 0,
  }));

const countsOf = (processIds: readonly number[]): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const processId of processIds) counts.set(processId, (counts.get(processId) ?? 0) + 1);
  return counts;
};

const PIDS = [4, 4, 900, 900, 900, 1240, 4, 900, 0xffff_fffc];

describe.each(SIZES)("with pointers of %i bytes", (pointerSize: PointerSize) => {
  test("rows have the documented size", () => {
    expect(handleTable(entriesOf(PIDS), pointerSize).length).toBe(
      2 * pointerSize + PIDS.length * ENTRY_BYTES[pointerSize],
    );
  });

  test("handles are counted for each process, in whatever order they come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(4, 900, 904, 1240, 70_000, 0xffff_fffc), { maxLength: 60 }),
        (processIds) => {
          const decoded = decodeHandleTable(handleTable(entriesOf(processIds), pointerSize), pointerSize);
          expect(decoded.problems).toEqual([]);
          expect(decoded.rows).toBe(processIds.length);
          expect([...decoded.byProcess].toSorted()).toEqual([...countsOf(processIds)].toSorted());
        },
      ),
    );
  });

  test("a buffer cut at any length tells the rows that are whole, and that some are missing", () => {
    const whole = handleTable(entriesOf(PIDS), pointerSize);
    for (let length = 0; length < whole.length; length += 1) {
      const decoded = decodeHandleTable(whole.slice(0, length), pointerSize);
      const there = Math.max(0, Math.floor((length - 2 * pointerSize) / ENTRY_BYTES[pointerSize]));
      expect(decoded.rows).toBe(there);
      expect([...decoded.byProcess]).toEqual([...countsOf(PIDS.slice(0, there))]);
      expect(decoded.problems).toHaveLength(1);
    }
  });

  test.each([PIDS.length + 1, 0x7fff_ffff, 0xffff_ffff])("a count of %i makes no rows", (claimed) => {
    const decoded = decodeHandleTable(handleTable(entriesOf(PIDS), pointerSize, claimed), pointerSize);
    expect(decoded.rows).toBe(PIDS.length);
    expect(decoded.problems).toHaveLength(1);
  });
});

test("a count beyond all numbers makes no rows", () => {
  const bytes = handleTable(entriesOf(PIDS), 8);
  bytes.fill(0xff, 0, 8);
  expect(decodeHandleTable(bytes, 8).rows).toBe(PIDS.length);
});

test("a table of the other layout is not taken for this one without a word", () => {
  const narrow = handleTable(entriesOf(PIDS), 4);
  expect(decodeHandleTable(narrow, 8).problems).toHaveLength(1);
});
