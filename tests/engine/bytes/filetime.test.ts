// FILETIME to text and back, and moments as people write them.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatFiletime, parseIsoTime } from "../../../engine/bytes/filetime.ts";

/** 9999-12-31T23:59:59.9999999Z. */
const LAST = 2_650_467_743_999_999_999n;

describe("a FILETIME", () => {
  test.each([
    [0n, "1601-01-01T00:00:00.0000000Z"],
    [1n, "1601-01-01T00:00:00.0000001Z"],
    [116_444_735_999_999_999n, "1969-12-31T23:59:59.9999999Z"],
    [116_444_736_000_000_000n, "1970-01-01T00:00:00.0000000Z"],
    [133_499_232_001_234_567n, "2024-01-17T00:00:00.1234567Z"],
    [LAST, "9999-12-31T23:59:59.9999999Z"],
  ])("%s is %s", (filetime, text) => {
    expect(formatFiletime(filetime)).toBe(text);
    expect(parseIsoTime(text)).toBe(filetime);
  });

  test("comes back from its text to the last digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: LAST }), (filetime) => {
        expect(parseIsoTime(formatFiletime(filetime) ?? "")).toBe(filetime);
      }),
    );
  });

  test.each([-1n, LAST + 1n, 2n ** 63n])("%s has no text: it is outside the years 1601 to 9999", (filetime) => {
    expect(formatFiletime(filetime)).toBeNull();
  });
});

describe("a moment as people write it", () => {
  const NINE = parseIsoTime("2026-11-24T09:00:00Z");

  test.each([
    "2026-11-24T09:00Z",
    "2026-11-24t09:00:00z",
    " 2026-11-24T09:00:00.0Z ",
    "2026-11-24T09:00:00,0000000Z",
    "2026-11-24T10:00:00+01:00",
    "2026-11-24T10:00:00+0100",
    "2026-11-24T03:30:00.000-05:30",
    "2026-11-24T09:00:00.00000009Z",
  ])("%j is nine o'clock in UTC", (text) => {
    expect(parseIsoTime(text)).toBe(NINE);
  });

  test.each([
    "",
    "now",
    "2026-11-24",
    "2026-11-24T09:00:00",
    "09:00:00Z",
    "2026-13-24T09:00:00Z",
    "2026-11-24T25:00:00Z",
    "2026-11-24 09:00:00Z",
    "2026-11-24T09:00:00.Z",
    "2026-11-24T09:00:00+1",
    "26-11-24T09:00:00Z",
  ])("%j is refused: it leaves the moment open", (text) => {
    expect(parseIsoTime(text)).toBeNull();
  });
});
