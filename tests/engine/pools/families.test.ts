// IPv4 and IPv6: one pool where their ranges and exclusions are the same or not known to differ, else two, each with ports,
// owners and a culprit of its own.

import { describe, expect, test } from "@jest/globals";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { withArtifact, withEntry } from "../../builders/capture/changes.ts";
import { type Family, type Machine, machine } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { excludes, range } from "../../builders/capture/machine/settings.ts";
import { binds, connects } from "../../builders/capture/machine/sockets.ts";
import { excludedPortText } from "../../builders/capture/netsh-text.ts";
import { oemBytes } from "../../builders/capture/oem-text.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { captureReport, portOwners, runMachine, runOf } from "../support/captures.ts";
import type { Run } from "../support/run.ts";

const tcpPools = (run: Run) => captureReport(run).pools.filter(({ protocol }) => protocol === "tcp");

const entryOf = (family: Family): string => `excluded-ranges-tcp-${family}`;

type Excluded = readonly (readonly [startPort: number, endPort: number])[];

/** What netsh says when it is asked for this family. */
const excludedIn = (capture: Capture, family: Family, excluded: Excluded): Capture =>
  withEntry(capture, `${entryOf(family)}.txt`, () =>
    oemBytes(
      excludedPortText(
        excluded.map(([startPort, endPort]) => ({ startPort, endPort, isAdministered: false })),
        { language: "en", protocol: "tcp" },
      ),
    ),
  );

const unread = (capture: Capture, family: Family): Capture =>
  withArtifact(capture, entryOf(family), { status: "failed", reason: "netsh did not answer.", entry: null });

const both = (ipv4: Excluded, ipv6: Excluded): Capture =>
  excludedIn(excludedIn(captureOf(inOffice()), "ipv4", ipv4), "ipv6", ipv6);

describe("exclusions that were read of both families", () => {
  test("make two pools where they differ", () => {
    const run = runOf(both([[60_000, 60_099]], [[61_000, 61_299]]));
    expect(tcpPools(run)).toMatchObject([
      { family: "ipv4", ports: 16_384, excluded: 100, capacity: 16_284 },
      { family: "ipv6", ports: 16_384, excluded: 300, capacity: 16_084 },
    ]);
    const { reasons } = captureReport(run).verdict;
    expect(reasons).toContainEqual(expect.stringMatching(/IPv4 and IPv6 have pools of their own for TCP/));
  });

  test("make two pools where only one family has any", () => {
    expect(tcpPools(runOf(both([], [[61_000, 61_299]])))).toMatchObject([
      { family: "ipv4", excluded: 0 },
      { family: "ipv6", excluded: 300 },
    ]);
  });

  test.each<readonly [string, Excluded, Excluded]>([
    ["are the same", [[60_000, 60_099]], [[60_000, 60_099]]],
    [
      "are the same ports in other pieces",
      [[60_000, 60_099]],
      [
        [60_050, 60_099],
        [60_000, 60_049],
      ],
    ],
    [
      "differ outside the range only",
      [
        [60_000, 60_099],
        [5000, 5099],
      ],
      [[60_000, 60_099]],
    ],
  ])("make one pool where they %s", (_, ipv4, ipv6) => {
    const run = runOf(both(ipv4, ipv6));
    expect(tcpPools(run)).toMatchObject([{ family: null, excluded: 100, capacity: 16_284 }]);
    expect(captureReport(run).verdict).toMatchObject({ level: "Healthy", confidence: "High" });
  });
});

describe("exclusions that were read of one family only", () => {
  test.each(["ipv4", "ipv6"] as const)("of %s make one pool, which is not certain", (family) => {
    const other = family === "ipv4" ? "ipv6" : "ipv4";
    const capture = unread(excludedIn(captureOf(inOffice()), family, [[60_000, 60_099]]), other);
    const run = runOf(capture);
    expect(tcpPools(run)).toMatchObject([{ family: null, excluded: 100, capacity: 16_284 }]);
    expect(captureReport(run).verdict).toMatchObject({ level: "Healthy", confidence: "Medium" });
  });

  test("that has none are no doubt", () => {
    const run = runOf(unread(captureOf(inOffice()), "ipv6"));
    expect(captureReport(run).verdict).toMatchObject({ level: "Healthy", confidence: "High" });
  });
});

describe("pools of two families", () => {
  const OWN = { start: 20_000, ports: 1000 } as const;

  const split = (turn: (box: Machine) => void): Run => {
    const box = machine();
    range(box, "tcp", OWN.start, OWN.ports, "ipv6");
    turn(box);
    return runMachine(box);
  };

  test("count a process's ports in each, and in its row together", () => {
    const run = split((box) => {
      const by = process(box, "both.exe", 5868);
      binds(box, by, 900, { family: "ipv6" });
      binds(box, by, 300);
    });
    expect(tcpPools(run)).toMatchObject([
      { family: "ipv4", used: 300, byFamily: { ipv4: 300, ipv6: 0 } },
      { family: "ipv6", used: 900, byFamily: { ipv4: 0, ipv6: 900 } },
    ]);
    expect(portOwners(run)).toMatchObject([{ processId: 5868, ports: 1200, bound: 1200, share: 1 }]);
    expect(captureReport(run).verdict).toMatchObject({ level: "Critical", culprit: { processId: 5868, ports: 900 } });
  });

  test("have no ports of the other family's range", () => {
    const run = split((box) => {
      connects(box, process(box, "four.exe", 5868), 800, { fromPort: OWN.start });
      connects(box, process(box, "six.exe", 5900), 800, { family: "ipv6", fromPort: 50_000, how: "connect" });
    });
    expect(tcpPools(run)).toMatchObject([
      { family: "ipv4", used: 0 },
      { family: "ipv6", used: 0 },
    ]);
    expect(portOwners(run)).toEqual([]);
  });

  test("share a wildcard socket of IPv6, which takes the number in IPv4 too", () => {
    const run = split((box) => {
      excludes(box, "tcp", 64_000, 64_099);
      binds(box, process(box, "dual.exe", 5868), 400, { family: "ipv6", fromPort: 50_000 });
    });
    expect(tcpPools(run)).toMatchObject([
      { family: "ipv4", used: 400, excluded: 100, byFamily: { ipv4: 0, ipv6: 400 } },
      { family: "ipv6", used: 0, excluded: 0 },
    ]);
  });
});
