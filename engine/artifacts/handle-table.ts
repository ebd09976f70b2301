/**
 * SystemExtendedHandleInformation (class 64), as returned. Layout: Geoff Chappell, "SYSTEM_HANDLE_INFORMATION_EX" and
 * "SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX"; phnt's ntexapi.h. Only the number of handles of each process is taken from it: which
 * of them are AFD's, the inspection says.
 */
import type { PointerSize } from "../bytes/pointer.ts";
import { viewOf } from "./raw-table.ts";

const SHAPES = {
  4: { start: 0x08, rowBytes: 0x1c, processId: 0x04 },
  8: { start: 0x10, rowBytes: 0x28, processId: 0x08 },
} as const;

export interface HandleCounts {
  readonly rows: number;
  readonly problems: readonly string[];
  /** PID -> handles. */
  readonly byProcess: ReadonlyMap<number, number>;
}

const readCount = (view: DataView, pointerSize: PointerSize): number =>
  pointerSize === 4 ? view.getUint32(0, true) : Number(view.getBigUint64(0, true));

/** Rows come process by process: a run of one PID is counted at once. */
const countRuns = (view: DataView, pointerSize: PointerSize, rows: number): Map<number, number> => {
  const { start, rowBytes, processId } = SHAPES[pointerSize];
  const counts = new Map<number, number>();
  let current = -1;
  let run = 0;
  const close = (): void => {
    if (run > 0) counts.set(current, (counts.get(current) ?? 0) + run);
  };
  for (let index = 0, at = start + processId; index < rows; index += 1, at += rowBytes) {
    const owner = view.getUint32(at, true);
    if (owner !== current) {
      close();
      current = owner;
      run = 0;
    }
    run += 1;
  }
  close();
  return counts;
};

export const decodeHandleTable = (bytes: Uint8Array, pointerSize: PointerSize): HandleCounts => {
  const { start, rowBytes } = SHAPES[pointerSize];
  if (bytes.byteLength < start)
    return {
      rows: 0,
      problems: [`The handle table has ${bytes.byteLength} bytes, less than its header.`],
      byProcess: new Map(),
    };
  const view = viewOf(bytes);
  const promised = readCount(view, pointerSize);
  const present = Math.floor((bytes.byteLength - start) / rowBytes);
  const rows = Math.min(promised, present);
  const problems = promised > present ? [`The handle table promises ${promised} handles and has ${present}.`] : [];
  return { rows, problems, byProcess: countRuns(view, pointerSize, rows) };
};
