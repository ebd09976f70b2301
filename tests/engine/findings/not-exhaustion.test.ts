// 10055 while ports are free, in a capture by the probe and in a trace by the status.

import { describe, expect, test } from "@jest/globals";
import { probeMeets, range, withoutProbe, WSAENOBUFS } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { process as processOf } from "../../builders/capture/machine/processes.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { process, rundown } from "../../builders/story/processes.ts";
import { STATUS } from "../../builders/story/statuses.ts";
import { type Story, story } from "../../builders/story.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, traceFindingsOf, withId } from "../support/findings.ts";

const ID = "not-exhaustion";

/** 1,000 ports from 60000 on, so many of them taken, and a probe that fails with 10055. */
const refused = (used: number, error: number | null = WSAENOBUFS): Machine => {
  const box = machine();
  range(box, "tcp", 60_000, 1000);
  binds(box, processOf(box, "leak.exe", 5868), used);
  probeMeets(box, "tcp", error);
  return box;
};

describe("a probe that fails with 10055", () => {
  test.each([
    [0, 1],
    [799, 1],
    [800, 0],
    [1000, 0],
  ])("while %i of 1,000 ports are used", (used, findings) => {
    expect(withId(findingsOf(refused(used)), ID)).toHaveLength(findings);
  });

  test("is told with what is free, and accuses nobody", () => {
    expect(onlyFinding(findingsOf(refused(100)), ID)).toMatchObject({
      severity: "Critical",
      protocol: "tcp",
      summary: "Asked for any TCP port, Windows failed with 10055 although 900 of 1,000 ports are free.",
      processId: null,
    });
  });

  test("is not a probe that succeeds, or fails otherwise", () => {
    for (const error of [null, 10_013]) expect(withId(findingsOf(refused(100, error)), ID)).toEqual([]);
  });

  test("is not known where nobody probed", () => {
    const box = refused(100);
    withoutProbe(box);
    expect(lacksOf(findingsOf(box), ID)).toEqual([expect.stringMatching(/Test-PortExhaustion does/)]);
  });
});

describe("a probe that fails where the room of the pool was not read", () => {
  test.each([
    ["the exclusions", ["excluded-ranges-tcp-ipv4", "excluded-ranges-tcp-ipv6"]],
    ["the range", ["dynamic-range-tcp-ipv4", "dynamic-range-tcp-ipv6"]],
  ])("is not judged without %s", (_, names) => {
    const diagnosis = captureFindingsOf(captureWithout(refused(100), names));
    expect(withId(diagnosis, ID)).toEqual([]);
    expect(lacksOf(diagnosis, ID)).toEqual([expect.stringMatching(/how many ports are free is not known/)]);
  });

  test("is judged where it succeeds", () => {
    const capture = captureWithout(refused(100, null), ["excluded-ranges-tcp-ipv4", "excluded-ranges-tcp-ipv6"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toBeNull();
  });
});

const INSUFFICIENT_RESOURCES = 0xc000009a;
const NO_MEMORY = 0xc0000017;

/** A browser's binds fail with a status. */
const failing = (...statuses: readonly number[]): Story => {
  const tale = story({ seed: 31 });
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  takesPorts(tale, web, 5);
  for (const status of statuses) triesToBind(tale, web, 10, { status });
  return tale;
};

describe("calls of a trace", () => {
  test("that failed for want of memory are told by their status", () => {
    const finding = onlyFinding(traceFindingsOf(failing(INSUFFICIENT_RESOURCES, NO_MEMORY)), ID);
    expect(finding).toMatchObject({
      severity: "Critical",
      summary: "20 calls failed for want of memory, which programs see as 10055, and none for want of a port.",
    });
    expect(finding.evidence).toEqual(
      expect.arrayContaining([
        "10 times: bind, STATUS_INSUFFICIENT_RESOURCES (0xC000009A).",
        "10 times: bind, STATUS_NO_MEMORY (0xC0000017).",
      ]),
    );
  });

  test.each([
    ["for want of a port too", [INSUFFICIENT_RESOURCES, STATUS.tooManyAddresses]],
    ["since the port was in use", [STATUS.addressAlreadyExists]],
    ["never", []],
  ] as const)("that failed %s are no such case", (_, statuses) => {
    expect(withId(traceFindingsOf(failing(...statuses)), ID)).toEqual([]);
  });

  test("may have been lost, unless ports are known to have run out", () => {
    const lossy = (...statuses: readonly number[]) => traceFindingsOf(failing(...statuses), { eventsLost: 12 });
    expect(lacksOf(lossy(), ID)).toEqual([expect.stringMatching(/^Part of the recording was lost/)]);
    expect(lacksOf(lossy(STATUS.tooManyAddresses), ID)).toBeNull();
    expect(withId(lossy(NO_MEMORY), ID)).toHaveLength(1);
  });
});
