// Files for the engine to read, in a folder of their own that is gone afterwards.

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const withFolder = <Result>(use: (folder: string) => Result): Result => {
  const folder = mkdtempSync(join(tmpdir(), "portexhaustion-test-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** A moment that no recording still under way can have. */
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

/** An unfinished trace is only read when it has been at rest, so files are old unless a test asks for a fresh one. */
export const withFile = <Result>(bytes: Uint8Array, use: (path: string) => Result, { isFresh = false } = {}): Result =>
  withFolder((folder) => {
    const path = join(folder, "trace.etl");
    writeFileSync(path, bytes);
    if (!isFresh) utimesSync(path, LONG_AGO, LONG_AGO);
    return use(path);
  });
