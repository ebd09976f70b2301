/** Rows in records of the contract: at most 500 each, and each line short enough for Windows PowerShell 5.1. */
import { MAX_PRINTED, printedLength } from "./fit.ts";

const ROWS_PER_RECORD = 500;

/** Calls `write` with the rows in groups that fit. */
export const inBatches = <T>(rows: readonly T[], write: (batch: readonly T[]) => void): void => {
  for (let start = 0; start < rows.length; start += ROWS_PER_RECORD)
    writeFitting(rows.slice(start, start + ROWS_PER_RECORD), write);
};

const writeFitting = <T>(rows: readonly T[], write: (batch: readonly T[]) => void): void => {
  if (rows.length === 1 || printedLength(rows) <= MAX_PRINTED) {
    write(rows);
    return;
  }
  const half = Math.ceil(rows.length / 2);
  writeFitting(rows.slice(0, half), write);
  writeFitting(rows.slice(half), write);
};
