// What every entry of the tables owes its reader, and that no two claim the same number, name or text.

import { describe, expect, test } from "@jest/globals";
import { ENTRIES } from "../../../engine/explain/entries.ts";
import { type Entry, sourcesOf } from "../../../engine/explain/entry.ts";
import { explain } from "../../../engine/explain/explain.ts";
import { folded } from "../../../engine/explain/plain-text.ts";
import { STATUS } from "../../../engine/model/ntstatus.ts";
import { portEventMeaning } from "../../../engine/model/port-events.ts";

const named = ENTRIES.map((entry) => [`${entry.system} ${entry.code}`, entry] as const);

const duplicatesIn = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe("no two entries have the same", () => {
  test.each<readonly [string, (entry: Entry) => readonly string[]]>([
    ["code", ({ code }) => [code]],
    ["name", ({ names }) => names.map(folded)],
    ["number and proof", ({ numbers }) => numbers.map(({ value, by }) => `${by} ${value}`)],
    ["text", ({ sayings }) => sayings.map(({ text }) => folded(text))],
  ])("%s", (_, of) => {
    expect(duplicatesIn(ENTRIES.flatMap(of))).toEqual([]);
  });

  test("decimal number, whatever proves it: a number alone must mean one thing", () => {
    const decimals = ENTRIES.flatMap(({ numbers }) => numbers.filter(({ by }) => by !== "hex" && by !== "bits"));
    expect(duplicatesIn(decimals.map(({ value }) => String(value)))).toEqual([]);
  });
});

describe.each(named)("%s", (_, entry) => {
  test("is recognised by each of its names and texts, and by each number alone", () => {
    const given = [
      ...entry.names,
      ...entry.sayings.map(({ text }) => text),
      ...entry.numbers.map(({ value, by }) => (by === "hex" ? `0x${value.toString(16)}` : String(value))),
    ];
    expect(given.length).toBeGreaterThan(0);
    for (const text of given) expect([text, explain([text]).map(({ code }) => code)]).toEqual([text, [entry.code]]);
  });

  test("says what it means and when, in whole sentences", () => {
    for (const text of [entry.meaning, entry.when]) {
      expect(text).toMatch(/^[A-Z0-9][^\n]*\.$/);
      expect(text).not.toMatch(/ {2}|\.\.|undefined/);
    }
  });

  test("has lines to run that a list of 100 columns shows whole, and at least one source by https", () => {
    expect(entry.next.length).toBeGreaterThan(0);
    for (const line of entry.next) expect(line).toMatch(/^[^\n]{8,84}$/);
    const sources = sourcesOf(entry);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^https:\/\/[a-z0-9.]+\/[^\s]+$/);
  });

  test("names an identifier that is one", () => {
    for (const name of entry.names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]{4,}$/);
  });
});

describe("proofs", () => {
  test("are the events and the status that the engine's verdicts take for proofs, and no others", () => {
    const proofs = ENTRIES.filter(({ exhaustion }) => exhaustion === "Yes").map(({ code }) => code);
    expect([...proofs].sort()).toEqual(["0xC0000209", "4231", "4266"]);
    expect(Number(proofs.find((code) => code.startsWith("0x")))).toBe(STATUS.tooManyAddresses);
    for (const code of proofs.filter((each) => /^\d+$/.test(each)))
      expect(portEventMeaning(Number(code))?.provesExhaustion).toBe(true);
  });
});
