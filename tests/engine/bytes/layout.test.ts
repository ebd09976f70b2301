// The two readers of a layout, the one that fills a row for the analysis and the one that makes fields for people: both
// say of any payload whether it fits, and where both give a number it is the same.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeFields, type Layout } from "../../../engine/bytes/layout.ts";
import { compileLayout, decodeRow } from "../../../engine/bytes/row-plan.ts";
import { PROVIDERS } from "../../../engine/providers/catalog.ts";
import { ROW_SIZE, slotOfField } from "../../../engine/providers/slots.ts";
import { placed } from "../support/views.ts";

const declared = PROVIDERS.flatMap(({ name, events }) => events.map((event) => ({ provider: name, ...event })));
const layouts = [...new Map(declared.map((event) => [JSON.stringify(event.fields), event])).values()];

const pointerSize = fc.constantFrom(4 as const, 8 as const);

/** Bytes in which lengths, SIDs and terminators are likely to be small enough to fit. */
const payload = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 30 }) },
    fc.nat({ max: 255 }),
  ),
  {
    maxLength: 160,
  },
);

const INTEGERS: readonly string[] = ["u8", "u16", "u32"];

const readBoth = (fields: Layout, size: 4 | 8, bytes: readonly number[]) => {
  const { view, start, end } = placed(Uint8Array.from(bytes));
  const row = new Float64Array(ROW_SIZE).fill(-1);
  const fits = decodeRow(compileLayout(fields, size, slotOfField), view, start, end, row);
  return { fits, row, values: decodeFields(fields, { view, start, end, pointerSize: size }) };
};

const expectAgreement = (fields: Layout, size: 4 | 8, bytes: readonly number[]): void => {
  const { fits, row, values } = readBoth(fields, size, bytes);
  expect(fits).toBe(values !== null);
  if (values === null) return;
  for (const [name, type] of fields) {
    const slot = slotOfField(name);
    if (slot >= 0 && INTEGERS.includes(type)) expect(row[slot]).toBe(values[name]);
  }
};

const LONGEST = 140;

/** Lengths at which a payload of zeros is too short to one reader only. */
const disagreements = (fields: Layout, size: 4 | 8): readonly number[] =>
  Array.from({ length: LONGEST }, (_, length) => length).filter((length) => {
    const { fits, values } = readBoth(fields, size, new Array<number>(length).fill(0));
    return fits !== (values !== null);
  });

describe("every declared layout", () => {
  test.each(layouts.map((event) => [`${event.provider} ${event.name} v${event.version}`, event.fields] as const))(
    "%s: both readers agree on any payload",
    (_, fields) => {
      fc.assert(
        fc.property(payload, pointerSize, (bytes, size) => expectAgreement(fields, size, bytes)),
        { numRuns: 60 },
      );
    },
  );

  test("both readers agree on every truncation of a payload of zeros", () => {
    for (const { fields } of layouts) expect([...disagreements(fields, 8), ...disagreements(fields, 4)]).toEqual([]);
  });
});

describe("a plan", () => {
  test("that is fixed is decided by its smallest size alone", () => {
    for (const { fields } of layouts) {
      for (const size of [4, 8] as const) {
        const plan = compileLayout(fields, size, slotOfField);
        if (!plan.isFixed) continue;
        const row = new Float64Array(ROW_SIZE);
        const exact = new DataView(new ArrayBuffer(plan.minimumSize));
        expect(decodeRow(plan, exact, 0, plan.minimumSize, row)).toBe(true);
        expect(decodeRow(plan, exact, 0, plan.minimumSize - 1, row)).toBe(false);
      }
    }
  });
});
