/**
 * Kernel pointers (EPROCESS, AFD endpoint, TCB) as map keys and as text.
 *
 * A key is a double, since a bigint costs several times as much to make and to look up. 48-bit canonical addresses keep
 * their low 48 bits and are exact. With 57-bit paging the low 57 bits are kept: a double holds them exactly because pool
 * allocations are 16-byte aligned.
 */

export type PointerSize = 4 | 8;

const HIGH_WORD = 4294967296;

export const pointerKey = (view: DataView, offset: number, size: PointerSize): number => {
  const low = view.getUint32(offset, true);
  if (size === 4) return low;
  const high = view.getUint32(offset + 4, true);
  const sign = high >>> 16;
  return (sign === 0xffff || sign === 0 ? high & 0xffff : high & 0x1ffffff) * HIGH_WORD + low;
};

export const formatPointer = (view: DataView, offset: number, size: PointerSize): string => {
  const value = size === 4 ? BigInt(view.getUint32(offset, true)) : view.getBigUint64(offset, true);
  return `0x${value
    .toString(16)
    .toUpperCase()
    .padStart(size * 2, "0")}`;
};
