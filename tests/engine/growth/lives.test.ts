// Which process of one capture is which of another: by PID and creation time, and by name where a time is missing.

import { describe, expect, test } from "@jest/globals";
import type { SnapshotProcess } from "../../../engine/artifacts/snapshot.ts";
import { isSameLife } from "../../../engine/growth/lives.ts";

const told = (name: string | null, created: bigint | null): SnapshotProcess => ({
  name,
  created,
  parentId: null,
  services: [],
});

const CREATED = 134_000_000_000_000_000n;

describe("two processes of one PID", () => {
  test.each([
    ["of one moment are one", told("a.exe", CREATED), told("a.exe", CREATED), true],
    ["told by CIM to the microsecond are one", told("a.exe", CREATED + 7n), told("a.exe", CREATED), true],
    ["a millisecond apart are two", told("a.exe", CREATED), told("a.exe", CREATED + 10_000n), false],
    ["of one name, of which one tells no time, are one", told("a.exe", CREATED), told("A.EXE", null), true],
    ["of two names, of which one tells no time, are two", told("a.exe", CREATED), told("b.exe", null), false],
    ["as Get-Process names them are one", told("a.exe", CREATED), told("a", null), true],
    ["of which one has no name are one", told("a.exe", CREATED), told(null, null), true],
    ["of one name and two moments are two", told("a.exe", CREATED), told("a.exe", CREATED + 10_000_000n), false],
  ])("%s", (_, one, other, expected) => {
    expect(isSameLife(one, other)).toBe(expected);
    expect(isSameLife(other, one)).toBe(expected);
  });
});
