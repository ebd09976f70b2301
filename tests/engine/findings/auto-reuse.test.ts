// Auto-reuse ranges: one that would help and is not there, and ones that lie where they do harm.

import { describe, expect, test } from "@jest/globals";
import { type Machine, type MachineOptions, machine } from "../../builders/capture/machine.ts";
import { withArtifact } from "../../builders/capture/changes.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { range, sharesPorts } from "../../builders/capture/machine/settings.ts";
import { binds, connects, listens, visits } from "../../builders/capture/machine/sockets.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const MISSING = "auto-reuse-missing";
const MISPLACED = "auto-reuse-misplaced";

/** 1,000 ports from 60000 on, and a proxy with so many connections to each of its endpoints. */
const proxying = (toEach: readonly number[], given: Partial<MachineOptions> = {}): Machine => {
  const box = machine(given);
  range(box, "tcp", 60_000, 1000);
  const proxy = process(box, "proxy.exe", 4100);
  toEach.forEach((count, index) => {
    connects(box, proxy, count, { to: { address: `10.0.1.${index + 1}`, port: 443 } });
  });
  return box;
};

const isMissed = (box: Machine): boolean => withId(findingsOf(box), MISSING).length > 0;

describe("an auto-reuse range that is not there", () => {
  test.each([
    ["half of the pool, two endpoints", [250, 250], true],
    ["a port less than half of the pool", [250, 249], false],
    ["one endpoint with more than half", [251, 249], false],
    ["one endpoint", [900], false],
    ["many endpoints", [100, 100, 100, 100, 100, 100], true],
  ] as const)("%s", (_, toEach, expected) => {
    expect(isMissed(proxying(toEach))).toBe(expected);
  });

  test.each([
    [10_240, true],
    [9600, false],
  ])("on build %i", (osBuild, expected) => {
    expect(isMissed(proxying([300, 300], { osBuild }))).toBe(expected);
  });

  test("is not missed where it is there, or where it would share nothing", () => {
    const there = proxying([300, 300]);
    sharesPorts(there, 30_000, 1000);
    const bound = machine();
    range(bound, "tcp", 60_000, 1000);
    binds(bound, process(bound, "leak.exe", 4100), 600);
    const waiting = proxying([20, 20]);
    visits(waiting, process(waiting, "batch.exe", 4200), 600);
    expect([there, bound, waiting].map(isMissed)).toEqual([false, false, false]);
  });

  test("is missed where it is switched off", () => {
    const box = proxying([300, 300]);
    sharesPorts(box, 30_000, 0);
    expect(isMissed(box)).toBe(true);
  });

  test("is to know, with what it would save", () => {
    expect(onlyFinding(findingsOf(proxying([200, 200, 200])), MISSING)).toMatchObject({
      severity: "Information",
      summary: "600 of 1,000 TCP ports have connections, to 3 endpoints, and no auto-reuse range is set.",
      evidence: [expect.stringMatching(/with most of them has 200/), expect.stringMatching(/SO_REUSE_UNICASTPORT/)],
    });
  });

  test("is not known where the settings were read in part or not at all", () => {
    const box = proxying([300, 300]);
    const inPart = withArtifact(captureOf(box), "tcp-settings", { status: "partial", reason: "No CIM." });
    for (const capture of [inPart, captureWithout(box, ["tcp-settings"])]) {
      const diagnosis = captureFindingsOf(capture);
      expect(withId(diagnosis, MISSING)).toEqual([]);
      expect(lacksOf(diagnosis, MISSING)).toEqual([expect.stringMatching(/TCP settings/)]);
    }
  });
});

/** An office's machine, which listens at 49664 to 49670, with an auto-reuse range. */
const sharing = (start: number, ports: number): Machine => {
  const box = inOffice();
  sharesPorts(box, start, ports);
  return box;
};

const told = (box: Machine) => withId(findingsOf(box), MISPLACED).map(({ severity, summary }) => [severity, summary]);

describe("an auto-reuse range that is there", () => {
  test.each([
    ["inside the dynamic range, away from listeners", 50_000, 10_000],
    ["outside of it", 20_000, 10_000],
    ["right behind the listeners", 49_671, 1000],
    ["right before them", 49_152, 512],
    ["up to the last port", 60_000, 5536],
  ])("lies well %s", (_, start, ports) => {
    expect(told(sharing(start, ports))).toEqual([]);
  });

  test("may not cover the dynamic range", () => {
    const bare = (start: number, ports: number) => {
      const box = machine();
      sharesPorts(box, start, ports);
      return told(box);
    };
    expect(bare(49_152, 16_384)).toEqual([
      ["Warning", "The auto-reuse range 49152 to 65535 covers the whole dynamic TCP range (49152 to 65535)."],
    ]);
    expect(bare(40_000, 25_536)).toHaveLength(1);
    expect(bare(49_153, 16_383)).toEqual([]);
    expect(bare(40_000, 25_535)).toEqual([]);
  });

  test("may not have listeners in it", () => {
    expect(onlyFinding(findingsOf(sharing(49_670, 1000)), MISPLACED)).toMatchObject({
      severity: "Warning",
      summary: "The auto-reuse range 49670 to 50669 has 1 port at which something listens.",
      evidence: ["Listeners: 49670 (svchost.exe (1180))."],
    });
  });

  test("names the first listeners only", () => {
    const box = machine();
    listens(box, process(box, "broker.exe", 3300), 8, { fromPort: 20_000 });
    sharesPorts(box, 20_000, 100);
    expect(onlyFinding(findingsOf(box), MISPLACED).evidence[0]).toMatch(/20004 \(broker\.exe \(3300\)\) and 3 more\.$/);
  });

  test("ends with the ports", () => {
    expect(told(sharing(65_000, 537))).toEqual([
      ["Warning", "The auto-reuse range begins at 65000 and has 537 ports: it would end beyond 65535."],
    ]);
  });

  test("does nothing with 0 ports", () => {
    expect(told(sharing(30_000, 0))).toEqual([
      ["Information", "An auto-reuse range from 30000 on is set with 0 ports, which switches it off."],
    ]);
    expect(told(sharing(0, 0))).toEqual([]);
  });

  test("is not known where the settings were not read", () => {
    const diagnosis = captureFindingsOf(captureWithout(sharing(49_152, 16_384), ["tcp-settings"]));
    expect(withId(diagnosis, MISPLACED)).toEqual([]);
    expect(lacksOf(diagnosis, MISPLACED)).toEqual([expect.stringMatching(/TCP settings/)]);
  });
});
