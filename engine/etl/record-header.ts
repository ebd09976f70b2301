/** Lengths of record headers by header type, and of what may follow them. Source of the header kinds: format.ts. */
import { HEADER_TYPE } from "./format.ts";

const FULL_HEADER_SIZE = 0x30;
const INSTANCE_HEADER_SIZE = 0x48;

/** Header length of a kernel record by header type; 0 for all other types. */
export const KERNEL_HEADER_SIZE = new Uint8Array(256);
for (const type of [HEADER_TYPE.system32, HEADER_TYPE.system64]) KERNEL_HEADER_SIZE[type] = 0x20;
for (const type of [HEADER_TYPE.compact32, HEADER_TYPE.compact64]) KERNEL_HEADER_SIZE[type] = 0x18;
for (const type of [HEADER_TYPE.perfInfo32, HEADER_TYPE.perfInfo64]) KERNEL_HEADER_SIZE[type] = 0x10;

/** Header length of a classic record by header type. */
export const CLASSIC_HEADER_SIZE = new Uint8Array(256);
for (const type of [HEADER_TYPE.full32, HEADER_TYPE.full64]) CLASSIC_HEADER_SIZE[type] = FULL_HEADER_SIZE;
for (const type of [HEADER_TYPE.instance32, HEADER_TYPE.instance64]) CLASSIC_HEADER_SIZE[type] = INSTANCE_HEADER_SIZE;

/** 1 where pointers in the payload have four bytes. */
export const IS_32BIT = new Uint8Array(256);
for (const type of [
  HEADER_TYPE.system32,
  HEADER_TYPE.compact32,
  HEADER_TYPE.full32,
  HEADER_TYPE.instance32,
  HEADER_TYPE.perfInfo32,
  HEADER_TYPE.event32,
])
  IS_32BIT[type] = 1;

const LINKAGE_MORE = 1;
const EXTENDED_ITEM_HEADER = 8;

/** Payload start behind the extended data items; `end` where they are damaged, so that the payload is empty. */
export const skipExtendedItems = (view: DataView, start: number, end: number): number => {
  let at = start;
  while (at + EXTENDED_ITEM_HEADER <= end) {
    const size = view.getUint16(at, true);
    const linkage = view.getUint16(at + 4, true);
    at += size;
    if (size < EXTENDED_ITEM_HEADER || at > end) return end;
    if ((linkage & LINKAGE_MORE) === 0) return at;
  }
  return end;
};
