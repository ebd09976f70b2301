// Kinds of events: told apart by all of their identity, counted without limit, described up to one.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FORM } from "../../../engine/etl/format.ts";
import { compileLayout } from "../../../engine/bytes/row-plan.ts";
import {
  createKindTable,
  type Describe,
  HANDLING,
  type KindIdentity,
  kindKey,
  MAX_KINDS,
} from "../../../engine/etl/kinds.ts";

const UNKNOWN = { plans: null, isWanted: false, isTimeless: false } as const;
const nobody: Describe = () => UNKNOWN;

const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer());
const identity: fc.Arbitrary<KindIdentity> = fc.record({
  form: fc.constantFrom(...Object.values(FORM)),
  guid: fc.tuple(word, word, word, word),
  id: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 65_535 })),
  version: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 255 })),
});

describe("a table of kinds", () => {
  test("finds a kind again, tells it from all others, and gives its identity back", () => {
    fc.assert(
      fc.property(fc.array(identity, { maxLength: 200 }), (identities) => {
        const kinds = createKindTable(nobody);
        const numbers = new Map<string, number>();
        for (const given of identities) {
          const kind = kinds.find(...given.guid, kindKey(given.form, given.id, given.version));
          const text = JSON.stringify(given);
          expect(kind).toBe(numbers.get(text) ?? numbers.size);
          expect(kinds.identity(kind)).toEqual(given);
          numbers.set(text, kind);
        }
        expect(kinds.size()).toBe(numbers.size);
      }),
    );
  });

  test("finds room for a kind with a layout where noise has taken all places", () => {
    const plan = compileLayout([["Status", "u32"]], 8, () => -1);
    const known = { plans: { 4: plan, 8: plan }, isWanted: true, isTimeless: false };
    const kinds = createKindTable(({ guid }) => (guid[0] === 7 ? known : UNKNOWN));
    for (let id = 0; id < MAX_KINDS + 5; id += 1) kinds.find(1, 2, 3, 4, kindKey(FORM.manifest, id, 0));
    const kind = kinds.find(7, 2, 3, 4, kindKey(FORM.manifest, 1030, 0));
    expect(kinds.identity(kind)).toEqual({ form: FORM.manifest, guid: [7, 2, 3, 4], id: 1030, version: 0 });
    expect(kinds.handling[kind]).toBe(HANDLING.deliver);
    expect(kinds.find(7, 2, 3, 4, kindKey(FORM.manifest, 1030, 0))).toBe(kind);
  });

  test("takes those behind its limit for one that nobody knows, whichever came last", () => {
    // Somebody wants every event of the kinds around the limit.
    const kinds = createKindTable(({ id }) => (id >= MAX_KINDS - 5 ? { ...UNKNOWN, isWanted: true } : UNKNOWN));
    const find = (id: number): number => kinds.find(1, 2, 3, 4, kindKey(FORM.manifest, id, 0));
    const found = Array.from({ length: MAX_KINDS + 500 }, (_, id) => find(id));
    expect(kinds.size()).toBe(MAX_KINDS);
    expect(found.slice(0, MAX_KINDS - 1)).toEqual(Array.from({ length: MAX_KINDS - 1 }, (_, id) => id));
    expect(new Set(found.slice(MAX_KINDS - 1))).toEqual(new Set([MAX_KINDS - 1]));
    expect(find(MAX_KINDS - 2)).toBe(MAX_KINDS - 2);
    expect(kinds.handling[MAX_KINDS - 2]).toBe(HANDLING.deliver);
    expect(kinds.handling[MAX_KINDS - 1]).toBe(HANDLING.count);
    expect(kinds.identity(MAX_KINDS - 1)).toEqual({ form: 0, guid: [0, 0, 0, 0], id: 0, version: 0 });
  });
});
