// Pointers as keys: distinct ones stay distinct, on machines of 32, 48 and 57 address bits.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatPointer, pointerKey } from "../../../engine/bytes/pointer.ts";

const viewOf = (pointer: bigint): DataView => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, pointer, true);
  return view;
};

const keyOf = (pointer: bigint): number => pointerKey(viewOf(pointer), 0, 8);

/** Addresses of the kernel's half, the only ones in events, as the pool gives them out: in steps of 16. */
const kernelPointer = (bits: bigint): fc.Arbitrary<bigint> => {
  const start = 2n ** 64n - 2n ** (bits - 1n);
  return fc.bigInt({ min: 0n, max: 2n ** (bits - 5n) - 1n }).map((step) => start + step * 16n);
};

/** What a process may use as PID in a pointer's place, and where 48-bit machines have their kernel. */
const smallPid = fc.nat({ max: 65_536 }).map((pid) => BigInt(pid) * 4n);

const anyPointer = (bits: bigint): fc.Arbitrary<bigint> => fc.oneof(kernelPointer(bits), kernelPointer(48n), smallPid);

describe.each([48n, 57n])("keys of pointers on a machine with %s address bits", (bits) => {
  test("are distinct for distinct pointers, and whole numbers", () => {
    fc.assert(
      fc.property(anyPointer(bits), anyPointer(bits), (a, b) => {
        expect(keyOf(a) === keyOf(b)).toBe(a === b);
        expect(Number.isInteger(keyOf(a)) && keyOf(a) >= 0).toBe(true);
      }),
    );
  });

  test("tell neighbours in the pool apart, and the same address in another terabyte", () => {
    fc.assert(
      fc.property(kernelPointer(bits), fc.bigInt({ min: 4n, max: bits - 2n }), (pointer, bit) => {
        expect(keyOf(pointer)).not.toBe(keyOf(pointer ^ (1n << bit)));
      }),
    );
  });
});

test("the key of a 48-bit pointer is its low 48 bits", () => {
  expect(keyOf(0xffff_c28a_5d00_01f0n)).toBe(0xc28a_5d00_01f0);
  expect(keyOf(4120n)).toBe(4120);
});

test("a pointer of 32 bits is its own key, and the four bytes behind it are not looked at", () => {
  expect(pointerKey(viewOf(0xffff_ffff_8765_4320n), 0, 4)).toBe(0x8765_4320);
});

test.each([
  [0n, 8, "0x0000000000000000"],
  [0xffff_c28a_5d00_01f0n, 8, "0xFFFFC28A5D0001F0"],
  [0x8540_01f0n, 4, "0x854001F0"],
] as const)("the text of %s in %i bytes is %s", (pointer, size, text) => {
  expect(formatPointer(viewOf(pointer), 0, size)).toBe(text);
});
