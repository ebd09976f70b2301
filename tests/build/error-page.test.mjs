// The page on errors and the tables of the engine say the same: every entry with its sources, and nothing that no entry says.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { errorPage, errorPageFile } from "../../build/error-page.mjs";
import { ENTRIES } from "../../engine/explain/entries.ts";
import { sourcesOf } from "../../engine/explain/entry.ts";

const page = readFileSync(errorPageFile, "utf8");

/** Code -> the links of its section. */
const sections = new Map(
  page
    .split("\n### ")
    .slice(1)
    .map((text) => [text.split("\n")[0], [...text.matchAll(/\]\((https:[^)]+)\)/g)].map(([, link]) => link)]),
);

describe("docs/errors.md", () => {
  test("is what build/error-page.mjs writes now: run it where this fails", () => {
    expect(page).toBe(errorPage());
  });

  test("has a section for every entry, and no other", () => {
    expect([...sections.keys()].sort()).toEqual(ENTRIES.map(({ code }) => code).sort());
  });

  test.each(ENTRIES.map((entry) => [entry.code, entry]))("%s has its sources", (code, entry) => {
    expect(sections.get(code)).toEqual(sourcesOf(entry));
  });
});
