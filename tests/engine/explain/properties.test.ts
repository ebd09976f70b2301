// What holds for any text, however long and strange.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ENTRIES } from "../../../engine/explain/entries.ts";
import { explain, MAX_MEANINGS, recognise } from "../../../engine/explain/explain.ts";
import { plainText } from "../../../engine/explain/plain-text.ts";

const PIECES = ENTRIES.flatMap(({ names, sayings, numbers }) => [
  ...names,
  ...sayings.map(({ text }) => text),
  ...numbers.map(({ value }) => String(value)),
  ...numbers.map(({ value }) => `0x${Math.abs(value).toString(16)}`),
]);

const GLUE = [
  " ",
  "",
  ": ",
  "(",
  ")",
  "[",
  "]",
  "\n",
  "error ",
  "event id ",
  "Tcpip ",
  "<a>",
  "-",
  ".",
  ",",
  "İ",
  "’",
  "PID ",
];

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...GLUE), fc.string({ unit: "grapheme", maxLength: 5 })),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join("")),
);

const RANK = { Yes: 0, Maybe: 1, No: 2 } as const;

describe("of any text", () => {
  test("places lie inside, in order, without overlaps", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { folded } = plainText(text);
        const matches = recognise(folded);
        matches.forEach(({ start, end }, index) => {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(folded.length);
          expect(start).toBeGreaterThanOrEqual(matches[index - 1]?.end ?? 0);
        });
      }),
    );
  });

  test("small letters are as many as the letters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { shown, folded } = plainText(text);
        expect(folded).toHaveLength(shown.length);
      }),
    );
  });

  test("what is told is part of it, told once, the most telling first, and never too much", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (texts) => {
        const meanings = explain(texts);
        const plain = texts.map((text) => plainText(text).shown);
        expect(meanings.length).toBeLessThanOrEqual(MAX_MEANINGS);
        expect(new Set(meanings.map(({ code }) => code)).size).toBe(meanings.length);
        for (const { matched } of meanings) expect(plain.some((text) => text.includes(matched))).toBe(true);
        const ranks = meanings.map(({ exhaustion }) => RANK[exhaustion]);
        expect(ranks).toEqual([...ranks].sort());
      }),
    );
  });

  test("line breaks and case change nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENTRIES), fc.constantFrom("\n", "\r\n", "\t", "  "), ({ sayings, code }, gap) => {
        for (const { text } of sayings) {
          const broken = text.replaceAll(" ", gap).toUpperCase();
          expect(explain([broken]).map((each) => each.code)).toEqual([code]);
        }
      }),
    );
  });

  test("an error with its number is recognised whatever else stands there", () => {
    const word = fc.constantFrom("error", "Fehler", "erreur", "ошибка", "エラー", "错误");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), word, fc.string({ unit: "grapheme" }), (before, error, after) => {
        const codes = explain([`${before}. ${error} 10055. ${after}`]).map(({ code }) => code);
        expect(codes).toContain("10055");
      }),
    );
  });
});

describe("long texts", () => {
  const MEGABYTE = 1 << 20;
  const SHAPES: readonly (readonly [string, string])[] = [
    ["spaces", " "],
    ["digits", "1"],
    ["numbers", "10055 "],
    ["brackets", "("],
    ["tags", "<a "],
    [
      "a saying over and over",
      "Only one usage of each socket address (protocol/network address/port) is normally permitted",
    ],
    ["half a saying", "Only one usage of each socket address "],
    ["words for errors", "error: "],
    ["connectors", ": = # ' "],
    ["hex digits", "c0000209"],
    ["ids of events", "event id 4231 "],
    ["rows of a table", "10:00 4231 x "],
    ["tables", "providername: a 10:00 4231 x "],
    ["sources", "source: a "],
    ["levels of a log", "10:00:00 error [10048] "],
    ["codes of nothing", "area code 10055 "],
    ["quotes", "'"],
    ["outer errors", "Unable to connect to the remote server "],
    ["CJK", "错误"],
  ];

  /** A pattern that tries every way to part such a text would not come to its end within the time that jest gives a test. */
  test.each(SHAPES)("of %s come to an end, and the code behind them is found", (_, piece) => {
    const text = `${piece.repeat(MEGABYTE / piece.length)}. error 10055`;
    expect(explain([text]).map(({ code }) => code)).toContain("10055");
  });
});
