// Rules, their pages, the index of pages, the remedies that answer and the patterns of verdicts: nothing in one that is missing
// in another, and no link that leads nowhere.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { pageOf } from "../../../engine/findings/find.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "../../../engine/findings/needs.ts";
import { RULES } from "../../../engine/findings/rules.ts";
import type { Rule } from "../../../engine/findings/rule.ts";
import { ANSWERS } from "../../../engine/remedies/answers.ts";
import { FINDING_OF_PATTERN } from "../../../engine/remedies/diagnose.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = join(ROOT, "docs", "findings");

const read = (...path: readonly string[]): string => readFileSync(join(ROOT, ...path), "utf8");

const ids = RULES.map(({ id }) => id);
const pages = readdirSync(FOLDER).filter((name) => name !== "README.md");

const SECTIONS = ["Fires when", "Needs", "Means", "What to do", "Not to be confused with", "Sources"];

const sectionsOf = (page: string): readonly string[] => [...page.matchAll(/^## (.*)$/gm)].map(([, name]) => name ?? "");

/** Headings as GitHub makes anchors of them. */
const anchorsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    (heading ?? "")
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  );

/** Why a link of a page leads nowhere; null where it does not. */
const problemOf = (link: string): string | null => {
  const [path = "", anchor] = link.split("#");
  const file = join(FOLDER, path);
  if (!existsSync(file)) return `${link}: no such file`;
  return anchor === undefined || anchorsOf(readFileSync(file, "utf8")).includes(anchor)
    ? null
    : `${link}: no such section`;
};

const linksOf = (page: string): readonly string[] =>
  [...page.matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)].map(([, link]) => link ?? "");

const codeOf = (folder: string): string =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => read(folder, name))
    .join("\n");

const CODE = ["engine/findings", "engine/verdict", "engine/pools", "engine/growth"].map(codeOf).join("\n");

/** Names of limits in a page: in backticks, of capital letters. */
const limitsOf = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)].map(([, name]) => name ?? "")),
];

describe("rules", () => {
  test("have ids of their own", () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("have a page each, and there is no other page", () => {
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
    expect(ids.filter((id) => !existsSync(join(ROOT, pageOf(id))))).toEqual([]);
  });

  test("stand in a file of their name", () => {
    expect(ids.filter((id) => !existsSync(join(ROOT, "engine", "findings", `${id}.ts`)))).toEqual([]);
  });

  test("are answered by remedies, and nothing else is", () => {
    expect(Object.keys(ANSWERS).sort()).toEqual(ids.toSorted());
  });

  test("say what they need wherever they look", () => {
    const views = RULES.flatMap(({ id, capture, trace, change }) =>
      [capture, trace, change].flatMap((view) => (view === undefined ? [] : [{ id, needs: view.needs.length }])),
    );
    expect(views.filter(({ needs }) => needs === 0)).toEqual([]);
  });
});

describe("patterns of verdicts", () => {
  test.each(Object.entries(FINDING_OF_PATTERN))("%s has the finding %s", (_, id) => {
    expect(ids).toContain(id);
  });
});

describe("needs", () => {
  test.each(Object.entries({ ...CAPTURE_NEEDS, ...TRACE_NEEDS }))("%s is asked for by a rule", (_, need) => {
    const asked = RULES.flatMap(({ capture, trace }): readonly object[] => [
      ...(capture?.needs ?? []),
      ...(trace?.needs ?? []),
    ]);
    expect(asked).toContain(need);
  });
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))("the page of %s", (id, { title }) => {
  const page = read(pageOf(id));

  test("has its title and all sections", () => {
    expect(page.startsWith(`# ${id}: ${title}\n`)).toBe(true);
    expect(sectionsOf(page)).toEqual(SECTIONS);
  });

  test("has no link that leads nowhere", () => {
    expect(linksOf(page).map(problemOf).filter(Boolean)).toEqual([]);
  });

  test("links a remedy that answers it", () => {
    const linked = [...page.matchAll(/remedies\.md#([a-z-]+)/g)].map(([, remedy]) => remedy ?? "");
    expect(linked.some((remedy) => (ANSWERS[id] ?? []).includes(remedy))).toBe(true);
  });

  test("cites a source", () => {
    expect(page.slice(page.indexOf("## Sources"))).toMatch(/<https?:\/\/\S+>/);
  });

  test("names limits that the code has", () => {
    expect(limitsOf(page).filter((name) => !new RegExp(`\\bconst ${name}\\b`).test(CODE))).toEqual([]);
  });
});

const SEEN_IN = { capture: "snapshot", trace: "trace", change: "comparison" } as const;

const sourcesOf = (rule: Rule): string =>
  (["capture", "trace", "change"] as const)
    .filter((view) => rule[view] !== undefined)
    .map((view) => SEEN_IN[view])
    .join(", ");

describe("the index", () => {
  const index = read("docs", "findings", "README.md");

  test("has the rules in their order, with title and sources", () => {
    const rows = [...index.matchAll(/^\| \[(.*?)\]\((.*?)\) \| (.*?) \| .*? \| (.*?) \|$/gm)].map((row) =>
      row.slice(1),
    );
    expect(rows).toEqual(RULES.map((rule) => [rule.id, `${rule.id}.md`, rule.title, sourcesOf(rule)]));
  });

  test("has no link that leads nowhere", () => {
    expect(linksOf(index).map(problemOf).filter(Boolean)).toEqual([]);
  });
});
