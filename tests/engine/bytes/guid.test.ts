// GUIDs between the words of a record header and their text.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatGuid, type GuidWords, parseGuid } from "../../../engine/bytes/guid.ts";
import { guidBytes } from "../../builders/guid.ts";
import { placed } from "../support/views.ts";

const AFD = "e53c6823-7bb8-44bb-90dc-3f86090d48a6";

/** The words as they lie in a record. */
const wordsOf = (bytes: Uint8Array): GuidWords => {
  const { view, start } = placed(bytes);
  const word = (index: number): number => view.getInt32(start + index * 4, true);
  return [word(0), word(1), word(2), word(3)];
};

describe("a GUID", () => {
  test("has its first three groups little-endian and the rest in reading order", () => {
    const words = wordsOf(Uint8Array.from({ length: 16 }, (_, index) => index + 1));
    expect(formatGuid(words)).toBe("04030201-0605-0807-090a-0b0c0d0e0f10");
  });

  test("comes back as it was from text to words, from text to bytes", () => {
    fc.assert(
      fc.property(fc.uuid({ version: [1, 2, 3, 4, 5, 6, 7, 8] }), (text) => {
        expect(formatGuid(parseGuid(text))).toBe(text);
        expect(wordsOf(guidBytes(text))).toEqual(parseGuid(text));
      }),
    );
  });

  test("is parsed in upper case too", () => {
    expect(parseGuid(AFD.toUpperCase())).toEqual(parseGuid(AFD));
    expect(formatGuid([0, 0, 0, 0])).toBe("00000000-0000-0000-0000-000000000000");
  });

  test.each(["", "e53c6823", `{${AFD}}`, `${AFD}0`, AFD.replace("e", "g")])("refuses %j, which is none", (text) => {
    expect(() => parseGuid(text)).toThrow(/not a GUID/);
  });
});
