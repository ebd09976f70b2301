// Rules, the answers that name them, the findings that these answer, and the page: nothing in one that is missing in another.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { RULES } from "../../../engine/findings/rules.ts";
import { ANSWERS } from "../../../engine/remedies/answers.ts";
import { REMEDIES } from "../../../engine/remedies/rules.ts";
import { SOURCES } from "../../../engine/remedies/sources.ts";

const PAGE = readFileSync(new URL("../../../docs/remedies.md", import.meta.url), "utf8");

/** Sections by their ids; the one about how remedies are chosen has a heading in words. */
const sections = new Map(
  PAGE.split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section] as const)
    .filter(([heading]) => !heading.includes(" ")),
);

const sectionOf = (id: string): string => {
  const section = sections.get(id);
  if (section === undefined) throw new Error(`docs/remedies.md has no section ${id}`);
  return section;
};

const linksOf = (section: string): readonly string[] =>
  [...section.matchAll(/\]\((https:\S+?)\)(?=\s|$)/g)].map(([, link]) => link ?? "").sort();

const answered = Object.values(ANSWERS).flat();

describe("findings", () => {
  test("are those that remedies answer", () => {
    expect(Object.keys(ANSWERS).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  test.each(Object.entries(ANSWERS))("%s is answered by remedies that exist, by each once", (_, ids) => {
    expect(ids.filter((id) => !REMEDIES.some((rule) => rule.id === id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("remedies", () => {
  test("stand in the order of the alphabet, each once", () => {
    const ids = REMEDIES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test("have a section each, and there is no other", () => {
    expect([...sections.keys()]).toEqual(REMEDIES.map(({ id }) => id));
  });

  test("cite every source that is listed, and no other", () => {
    const cited: readonly string[] = REMEDIES.flatMap(({ sources }) => sources);
    expect([...new Set(cited)].sort()).toEqual(Object.values(SOURCES).toSorted());
  });

  describe.each(REMEDIES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    test("answers a finding", () => {
      expect(answered).toContain(id);
    });

    test("says what it will not fix, and so does its section", () => {
      expect(rule.willNotFix.length).toBeGreaterThan(0);
      expect(rule.willNotFix.filter((line) => !sectionOf(id).includes(`- **Will not fix:** ${line}\n`))).toEqual([]);
    });

    test("has its title, phase, risk and kind in its section", () => {
      const { title, phase, risk, reboot, reversible } = rule;
      const kind = `${reboot ? "needs a restart" : "no restart"}; ${reversible ? "reversible" : "not reversible"}`;
      expect(sectionOf(id)).toContain(`${title}. ${phase}; risk ${risk}; ${kind}.\n`);
    });

    test("has its sources in its section, and no others", () => {
      expect(rule.sources.length).toBeGreaterThan(0);
      expect(linksOf(sectionOf(id))).toEqual([...new Set<string>(rule.sources)].sort());
    });

    test("has every part in its section", () => {
      for (const part of ["**Told when** ", "**Commands:**", "- **Undo:** ", "- **Check first:** "])
        expect(sectionOf(id)).toContain(part);
    });
  });
});
