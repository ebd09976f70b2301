// What becomes of a version that the tables do not have: decoded where every known version begins with the one before,
// else left alone and counted.

import { describe, expect, test } from "@jest/globals";
import { parseGuid } from "../../../engine/bytes/guid.ts";
import { lookUpEvent, providerName } from "../../../engine/providers/catalog.ts";
import { PROVIDER_GUID } from "../../builders/layout-table.ts";

const GUID = {
  afd: parseGuid(PROVIDER_GUID.afd),
  tcpip: parseGuid(PROVIDER_GUID.tcpip),
  kernelProcess: parseGuid(PROVIDER_GUID.kernelProcess),
  process: parseGuid(PROVIDER_GUID.process),
};

describe("an unknown version", () => {
  test.each<readonly [string, keyof typeof GUID, number, number, number]>([
    ["1050 v9 is read as v1, whose versions append", "tcpip", 1050, 9, 1],
    ["1033 v2 likewise", "tcpip", 1033, 2, 1],
    ["1300 v200 is read as v3", "tcpip", 1300, 200, 3],
  ])("%s", (_, provider, id, version, readAs) => {
    expect(lookUpEvent("manifest", GUID[provider], id, version)).toMatchObject({
      state: "known",
      event: { layout: { id, version: readAs } },
    });
  });

  test.each<readonly [string, keyof typeof GUID, number, number]>([
    ["1006 v7, whose last version put a field in front", "tcpip", 1006, 7],
    ["1013 v3, whose last version put a field in front", "tcpip", 1013, 3],
    ["1191 v1, of which one version is known: nothing says how the next one goes", "tcpip", 1191, 1],
    ["AFD 1030 v1, of which one version is known", "afd", 1030, 1],
    ["Kernel-Process 1 v6, whose versions have moved fields", "kernelProcess", 1, 6],
  ])("%s, is not read", (_, provider, id, version) => {
    expect(lookUpEvent("manifest", GUID[provider], id, version)).toMatchObject({ state: "unknown-version" });
  });

  test("below the known ones is not read", () => {
    expect(lookUpEvent("classic", GUID.process, 1, 1)).toMatchObject({
      state: "unknown-version",
      name: "ProcessStart",
    });
  });

  test("of an event that is not declared is unknown, as is an event in another form of record", () => {
    expect(lookUpEvent("manifest", GUID.tcpip, 9999, 0)).toEqual({ state: "unknown" });
    expect(lookUpEvent("manifest", [0, 0, 0, 0], 1000, 0)).toEqual({ state: "unknown" });
    expect(lookUpEvent("classic", GUID.afd, 1000, 0)).toEqual({ state: "unknown" });
    expect(lookUpEvent("manifest", GUID.process, 1, 4)).toEqual({ state: "unknown" });
  });
});

test("providers have names, also those whose events are not decoded", () => {
  expect(providerName(PROVIDER_GUID.afd)).toBe("Microsoft-Windows-Winsock-AFD");
  expect(providerName(PROVIDER_GUID.ndis)).toBe("Microsoft-Windows-NDIS-PacketCapture");
  expect(providerName("00000000-0000-0000-0000-000000000001")).toBeNull();
});
