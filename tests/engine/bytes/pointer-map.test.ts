// The map against the built-in one: whatever is done to both, they answer alike.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createPointerMap } from "../../../engine/bytes/pointer-map.ts";

type Step = { readonly kind: "set" | "delete" | "get"; readonly key: number; readonly value: number };

/** Keys that meet: few, and apart by multiples of the table's size, so that probing and removal are what is tested. */
const key = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((number) => number * 16),
  fc.integer({ min: 0, max: 40 }).map((number) => number * 2 ** 32 + 0x30),
  fc.integer({ min: 0, max: 2 ** 48 }),
);

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("set" as const, "set" as const, "delete" as const, "get" as const),
  key,
  value: fc.integer(),
});

const expectSame = (steps: readonly Step[]): void => {
  const map = createPointerMap<number>();
  const model = new Map<number, number>();
  for (const { kind, key: at, value } of steps) {
    if (kind === "get") expect(map.get(at)).toBe(model.get(at));
    if (kind === "set") {
      map.set(at, value);
      model.set(at, value);
    }
    if (kind === "delete") {
      map.delete(at);
      model.delete(at);
    }
  }
  expect(map.size()).toBe(model.size);
  for (const { key: at } of steps) expect(map.get(at)).toBe(model.get(at));
};

describe("the pointer map", () => {
  test("answers as a Map does", () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 300 }), expectSame));
  });

  test("grows, and keeps what it had", () => {
    const map = createPointerMap<number>();
    for (let index = 0; index < 50_000; index += 1) map.set(index * 0x1c0 + 0x30, index);
    for (let index = 0; index < 50_000; index += 2) map.delete(index * 0x1c0 + 0x30);
    expect(map.size()).toBe(25_000);
    const wrong = Array.from({ length: 50_000 }, (_, index) => index).filter(
      (index) => map.get(index * 0x1c0 + 0x30) !== (index % 2 === 0 ? undefined : index),
    );
    expect(wrong).toEqual([]);
  });

  test("takes no harm from thousands of keys with one hash", () => {
    const keys = Array.from({ length: 3000 }, (_, index) => index * 2 ** 32);
    expectSame([
      ...keys.map((at): Step => ({ kind: "set", key: at, value: at })),
      ...keys.filter((_, index) => index % 3 === 0).map((at): Step => ({ kind: "delete", key: at, value: 0 })),
    ]);
  });
});
