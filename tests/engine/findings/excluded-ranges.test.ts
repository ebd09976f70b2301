// Excluded ranges: which part of the range they take, who likely made them, and what a trace says.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { service } from "../../builders/capture/machine/processes.ts";
import { excludes, excludesBlocks, range } from "../../builders/capture/machine/settings.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const ID = "excluded-ranges";

/** 1,000 ports from 60000 on, of which the last so many are excluded. */
const without = (excluded: number, protocol: "tcp" | "udp" = "tcp"): Machine => {
  const box = machine();
  range(box, protocol, 60_000, 1000);
  if (excluded > 0) excludes(box, protocol, 61_000 - excluded, 60_999);
  return box;
};

describe.each(["tcp", "udp"] as const)("excluded %s ports", (protocol) => {
  test.each([
    [0, null],
    [99, null],
    [100, "Information"],
    [249, "Information"],
    [250, "Warning"],
    [499, "Warning"],
    [500, "Critical"],
    [1000, "Critical"],
  ] as const)("%i of 1,000 are %s", (excluded, severity) => {
    const [finding, ...others] = withId(findingsOf(without(excluded, protocol)), ID);
    expect([finding?.severity ?? null, others]).toEqual([severity, []]);
  });
});

describe("who made them", () => {
  const blocks = (): Machine => {
    const box = machine();
    excludesBlocks(box, "tcp", 50_000, 54_999);
    return box;
  };

  test("was likely WinNAT where blocks of 100 are many", () => {
    const { evidence, summary } = onlyFinding(findingsOf(blocks()), ID);
    expect(summary).toBe(
      "5,000 of the 16,384 ports of the dynamic TCP range are excluded (31 %), which leaves 11,384.",
    );
    expect(evidence).toEqual([
      "50 ranges lie in it, the longest from 50000 to 50099.",
      expect.stringMatching(/^50 of them are 100 ports long, as those that WinNAT takes\. .*this is an inference\.$/),
    ]);
  });

  test("is told with the services that use it", () => {
    const box = blocks();
    service(box, 2600, ["hns"]);
    service(box, 2604, ["vmms"], "vmms.exe");
    expect(onlyFinding(findingsOf(box), ID).evidence[1]).toMatch(/here run the Host Network Service, Hyper-V, which/);
  });

  test("was an administrator where netsh marks them", () => {
    const box = without(0);
    excludes(box, "tcp", 60_100, 60_399, true);
    expect(onlyFinding(findingsOf(box), ID).evidence).toEqual([
      "1 range lies in it, the longest from 60100 to 60399.",
      "1 range with 300 ports was made by an administrator (netsh marks them with an asterisk).",
    ]);
  });

  test("is nobody in particular", () => {
    expect(onlyFinding(findingsOf(blocks()), ID)).toMatchObject({ processId: null, services: [] });
  });
});

describe("ranges outside the dynamic one", () => {
  test("take nothing from it", () => {
    const box = machine();
    excludes(box, "tcp", 5000, 20_000);
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });
});

describe("what was not read", () => {
  test("are the exclusions of one protocol", () => {
    const capture = captureWithout(without(0), ["excluded-ranges-udp-ipv4", "excluded-ranges-udp-ipv6"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/excluded ranges of UDP/)]);
  });

  test("is the range: then nothing is said of it", () => {
    const capture = captureWithout(without(500), ["dynamic-range-tcp-ipv4", "dynamic-range-tcp-ipv6"]);
    const diagnosis = captureFindingsOf(capture);
    expect(withId(diagnosis, ID)).toEqual([]);
    expect(lacksOf(diagnosis, ID)).toEqual([expect.stringMatching(/dynamic range of TCP was not read/)]);
  });

  test("is nothing", () => {
    expect(lacksOf(findingsOf(without(0)), ID)).toBeNull();
  });
});
