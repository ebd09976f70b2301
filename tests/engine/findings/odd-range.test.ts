// The dynamic range itself: small, different by family or protocol, told in two ways.

import { describe, expect, test } from "@jest/globals";
import { withAnswer } from "../../builders/capture/changes.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { dynamicPortText } from "../../builders/capture/netsh-text.ts";
import { oemBytes } from "../../builders/capture/oem-text.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const ID = "odd-range";

/** Both protocols have it, so that they do not differ. */
const ranged = (start: number, ports: number): Machine => {
  const box = machine();
  for (const protocol of ["tcp", "udp"] as const) range(box, protocol, start, ports);
  return box;
};

describe("a range", () => {
  test.each([
    ["of Windows' default", 49_152, 16_384, []],
    ["a little smaller, as machines in the field have it", 49_152, 16_358, []],
    ["of 95 % of the default", 49_152, 15_564, []],
    ["a port smaller", 49_152, 15_563, ["Information", "Information"]],
    ["of half the default", 49_152, 8192, ["Information", "Information"]],
    ["a port smaller than half", 49_152, 8191, ["Warning", "Warning"]],
    ["that is wide", 1025, 64_510, []],
  ] as const)("%s", (_, start, ports, severities) => {
    expect(withId(findingsOf(ranged(start, ports)), ID).map(({ severity }) => severity)).toEqual(severities);
  });

  test.each([
    [40_000, 255, "It is the smallest range that Windows accepts."],
    [1025, 3976, "1025 to 5000 was the default of Windows before Vista."],
  ])("from %i with %i ports is known", (start, ports, origin) => {
    const [finding] = withId(findingsOf(ranged(start, ports)), ID);
    expect(finding?.evidence).toEqual([origin]);
    expect(finding?.summary).toMatch(/Windows' default has 16,384\.$/);
  });
});

describe("ranges that differ", () => {
  test("by family", () => {
    const box = ranged(49_152, 16_384);
    range(box, "tcp", 32_768, 32_768, "ipv6");
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({
      severity: "Information",
      protocol: "tcp",
      summary:
        "IPv4 and IPv6 have different dynamic TCP ranges: 49152 to 65535 (16,384 ports) and 32768 to 65535 (32,768 ports).",
    });
  });

  test("by protocol", () => {
    const box = machine();
    range(box, "udp", 32_768, 32_768);
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({ severity: "Information", protocol: null });
  });

  test("by source", () => {
    const text = oemBytes(dynamicPortText(10_000, 20_000, { language: "en", protocol: "tcp" }));
    const told = { name: "range-again", kind: "dynamic-port-range", protocol: "tcp", family: "ipv4" } as const;
    const diagnosis = captureFindingsOf(withAnswer(captureOf(machine()), told, text));
    expect(onlyFinding(diagnosis, ID)).toMatchObject({
      severity: "Warning",
      summary: expect.stringMatching(
        /^Different dynamic TCP ranges are told: 49152 with 16384 ports; 10000 with 20000/,
      ),
    });
  });
});

describe("what was not read", () => {
  test("is a protocol's range", () => {
    const capture = captureWithout(machine(), ["dynamic-range-udp-ipv4", "dynamic-range-udp-ipv6"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/dynamic range of UDP/)]);
  });

  test("is nothing", () => {
    expect(lacksOf(findingsOf(machine()), ID)).toBeNull();
  });
});
