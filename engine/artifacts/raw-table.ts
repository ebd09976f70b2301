/**
 * What the raw tables share: a count, then rows of one size. A count that promises more than the bytes hold is said, and the
 * rows that are there are read.
 */
import type { Decoded } from "./decoded.ts";

export interface RawTable {
  readonly view: DataView;
  /** Offsets of the rows that are there. */
  readonly offsets: readonly number[];
  readonly problems: readonly string[];
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const COUNT_BYTES = 4;

/** A table that starts with a ULONG count; its first row is at `start`. */
export const readRawTable = (bytes: Uint8Array, start: number, rowBytes: number): RawTable => {
  const view = viewOf(bytes);
  if (bytes.byteLength < COUNT_BYTES)
    return { view, offsets: [], problems: [`The table has ${bytes.byteLength} bytes, not even a count.`] };
  const promised = view.getUint32(0, true);
  const present = Math.max(0, Math.floor((bytes.byteLength - start) / rowBytes));
  const offsets = Array.from({ length: Math.min(promised, present) }, (_, index) => start + index * rowBytes);
  const problems = promised > present ? [`The table promises ${promised} rows and has ${present}.`] : [];
  return { view, offsets, problems };
};

/** Of a table whose layout is not known. */
export const unreadable = (problem: string): Decoded => ({ rows: 0, problems: [problem] });
