// Goldens: what the engine said of a fixture when somebody last looked at it, one file a fixture, made to be read in a
// diff. To accept what it says now, set ACCEPT_GOLDENS=1 for one run, then look at the diff before it is committed.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const HOW_TO_ACCEPT =
  "is not what the golden says. If it is right: ACCEPT_GOLDENS=1 npx jest -c build/jest.config.mjs tests/engine/cli/fixtures, and look at the diff";

export const FIXTURES = join(__dirname, "..", "..", "fixtures");

const environment: { readonly ACCEPT_GOLDENS?: string } = globalThis.process.env;

const isAccepting = (): boolean => environment.ACCEPT_GOLDENS === "1";

const oneALine = (rows: readonly unknown[]): string =>
  rows.length === 0 ? "[]" : `[\n    ${rows.map((row) => JSON.stringify(row)).join(",\n    ")}\n  ]`;

/** Every part of a record on lines of its own, every row of a list on one. */
export const partsText = (record: object): string => {
  const lines = Object.entries(record).map(
    ([name, part]) =>
      `  ${JSON.stringify(name)}: ${Array.isArray(part) ? oneALine(part) : JSON.stringify(part, null, 2).replaceAll("\n", "\n  ")}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
};

/** The first line in which two texts differ, with what either says there. */
const firstDifference = (expected: string, received: string): string => {
  const [before, after] = [expected.split("\n"), received.split("\n")];
  const line = before.findIndex((text, index) => text !== after[index]);
  const at = line < 0 ? before.length : line;
  return `line ${at + 1}\n  golden: ${before[at] ?? "(ends)"}\n  now:    ${after[at] ?? "(ends)"}`;
};

/** Null where `received` is what the golden says; else what a person needs to know about it. */
export const differenceFromGolden = (path: string, received: string): string | null => {
  const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (expected === received) return null;
  if (!isAccepting()) return `${path} ${HOW_TO_ACCEPT}.\n${firstDifference(expected, received)}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, received);
  return null;
};
