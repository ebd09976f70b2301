// How old sockets are: the limits of each group, and what has no age.

import { describe, expect, test } from "@jest/globals";
import { ageOf, countAges } from "../../../engine/pools/ages.ts";

const NOW = 134_000_000_000_000_000n;
const SECOND = 10_000_000n;
const MINUTE = 60n * SECOND;

describe("a socket made", () => {
  test.each<readonly [string, bigint | null, ReturnType<typeof ageOf>]>([
    ["at the moment of the snapshot", NOW, "minutes"],
    ["4 minutes before", NOW - 4n * MINUTE, "minutes"],
    ["a tick more than 4 minutes before", NOW - 4n * MINUTE - 1n, "hour"],
    ["an hour before", NOW - 60n * MINUTE, "hour"],
    ["a tick more than an hour before", NOW - 60n * MINUTE - 1n, "day"],
    ["a day before", NOW - 1440n * MINUTE, "day"],
    ["a tick more than a day before", NOW - 1440n * MINUTE - 1n, "older"],
    ["after the snapshot, by a clock that was set", NOW + SECOND, "unknown"],
    ["at a time that its source does not tell", null, "unknown"],
  ])("%s", (_, created, age) => {
    expect(ageOf(created, NOW)).toBe(age);
  });

  test("has no age where the time of the snapshot is not known", () => {
    expect(ageOf(NOW, null)).toBe("unknown");
  });
});

test("each socket counts once", () => {
  const created = [NOW, NOW, NOW - 90n * MINUTE, null];
  expect(countAges(created, NOW)).toEqual({ minutes: 2, hour: 0, day: 1, older: 0, unknown: 1 });
});
