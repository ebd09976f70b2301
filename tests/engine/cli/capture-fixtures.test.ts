// Every capture in tests/fixtures/captures is judged as its golden says: a zip, or a folder (by its capture.json where it has
// one, else all of its files as loose evidence). Drop one in, accept its golden (../support/golden.ts; here the test's name is
// tests/engine/cli/capture-fixtures), and it is a test.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { runCaptureFiles } from "../support/captures.ts";
import { differenceFromGolden, FIXTURES } from "../support/golden.ts";
import type { Run } from "../support/run.ts";

const CAPTURES = join(FIXTURES, "captures");
const REPORTS = join(FIXTURES, "capture-reports");

const captures = readdirSync(CAPTURES);

const filesOf = (name: string): readonly string[] => {
  const path = join(CAPTURES, name);
  if (!statSync(path).isDirectory()) return [path];
  const manifest = join(path, "capture.json");
  return existsSync(manifest) ? [manifest] : readdirSync(path).map((file) => join(path, file));
};

const oneALine = (rows: readonly unknown[]): string =>
  rows.length === 0 ? "[]" : `[\n      ${rows.map((row) => JSON.stringify(row)).join(",\n      ")}\n    ]`;

const partText = (part: unknown): string =>
  Array.isArray(part) ? oneALine(part) : JSON.stringify(part, null, 2).replaceAll("\n", "\n    ");

/** Every part of a record on lines of its own; the frame says nothing that the version does not change. */
const goldenText = ({ records }: Run): string => {
  const told = records.filter(({ kind }) => kind !== "hello" && kind !== "end");
  const texts = told.map((record) => {
    const parts = Object.entries(record).map(([name, part]) => `    ${JSON.stringify(name)}: ${partText(part)}`);
    return `  {\n${parts.join(",\n")}\n  }`;
  });
  return `[\n${texts.join(",\n")}\n]\n`;
};

describe.each(captures)("%s", (name) => {
  test("is judged as its golden says", () => {
    const received = goldenText(runCaptureFiles(filesOf(name)));
    expect(differenceFromGolden(join(REPORTS, `${name}.json`), received)).toBeNull();
  });
});

test("every golden has its capture", () => {
  expect(readdirSync(REPORTS)).toEqual(captures.map((name) => `${name}.json`));
});
