// What is wrong although no pool is short: the level stays Healthy, and pattern, summary and finding agree.

import { describe, expect, test } from "@jest/globals";
import { FINDING_OF_PATTERN } from "../../../../engine/remedies/diagnose.ts";
import { withInspection, withJson } from "../../../builders/capture/changes.ts";
import { captureOf } from "../../../builders/capture/machine/capture.ts";
import { opensPortless } from "../../../builders/capture/machine/portless.ts";
import { process, service } from "../../../builders/capture/machine/processes.ts";
import { excludes, lacks, logged } from "../../../builders/capture/machine/settings.ts";
import { binds, connects } from "../../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../../builders/capture/machine.ts";
import { APP, SMALL, smallPool, withApp } from "../../../builders/capture/small-pool.ts";
import type { CaptureReport } from "../../../../engine/generated/records.ts";
import type { Capture } from "../../../builders/capture/capture-files.ts";
import { captureReport, runOf } from "../../support/captures.ts";

const reportOf = (capture: Capture): CaptureReport => captureReport(runOf(capture));

const PEER = { address: "10.0.0.80", port: 443 } as const;

const leaking = (count: number): Machine => withApp((box, app) => opensPortless(box, app, count, "unbound"));

/** 1,000 connections to one endpoint, which collided. */
const saturated = (): Machine => {
  const box = withApp((each, app) => connects(each, app, 1000, { to: PEER }));
  logged(box, 4227, 1);
  return box;
};

/** Every fiftieth port is somebody's, so that no 64 lie in a row, and HNS runs. */
const inPieces = (): Machine => {
  const box = smallPool();
  const app = process(box, "app.exe", APP);
  for (let port = SMALL.start; port < SMALL.start + SMALL.ports; port += 50) binds(box, app, 1, { fromPort: port });
  service(box, 2100, ["hns"]);
  return box;
};

const findingOf = ({ verdict, findings }: CaptureReport) => {
  const { pattern } = verdict;
  if (pattern === "None" || pattern === "Mixed") return undefined;
  return findings.find(({ id }) => id === FINDING_OF_PATTERN[pattern]);
};

const CONDITIONS: Readonly<Record<string, readonly [() => Machine, number | null, RegExp]>> = {
  HandleLeak: [
    () => leaking(10_000),
    APP,
    /But app\.exe \(4400\) has 10,000 AFD handles that hold no port of their own\.$/,
  ],
  DestinationSaturation: [
    saturated,
    null,
    /But connections to 10\.0\.0\.80:443 take 1,000 of the 2,560 local ports that they can have \(39 %\)\.$/,
  ],
  Fragmentation: [
    inPieces,
    null,
    /But no 64 free TCP ports lie in a row, as the Host Network Service \(HNS\) needs them, which runs here\.$/,
  ],
};

describe.each(Object.entries(CONDITIONS))("%s", (pattern, [tale, culprit, summary]) => {
  const report = reportOf(captureOf(tale()));

  test("is the pattern, and the level stays Healthy", () => {
    expect(report.verdict).toMatchObject({ level: "Healthy", exitCode: 0, pattern });
    expect(report.verdict.summary).toMatch(/^No port exhaustion: /);
    expect(report.verdict.summary).toMatch(summary);
    expect(report.suspects).toEqual([]);
  });

  test("has its finding, and both name the same process", () => {
    expect(findingOf(report)).toMatchObject({ processId: culprit });
    expect(report.verdict.culprit?.processId ?? null).toBe(culprit);
  });
});

describe("a leak of handles", () => {
  test.each([
    [10_000, "HandleLeak"],
    [9999, "None"],
  ])("from ten thousand on: %i", (count, pattern) => {
    expect(reportOf(captureOf(leaking(count))).verdict.pattern).toBe(pattern);
  });

  test("names its process with what is true of its ports", () => {
    const box = leaking(10_000);
    const app = box.processes.find(({ processId }) => processId === APP);
    if (app !== undefined) connects(box, app, 30);
    binds(box, process(box, "other.exe", 4500), 70);
    const { culprit, confidence, reasons } = reportOf(captureOf(box)).verdict;
    expect(culprit).toMatchObject({ processId: APP, processName: "app.exe", ports: 30, share: 0.3 });
    expect(confidence).toBe("High");
    expect(reasons).toContain("What they are: 10,000 unbound sockets.");
  });

  test("is less certain where its handles were looked at in part", () => {
    const capture = withInspection(captureOf(leaking(10_000)), APP, { status: "partial" });
    expect(reportOf(capture).verdict).toMatchObject({ pattern: "HandleLeak", confidence: "Medium" });
  });

  test("accuses nobody where two have as many", () => {
    const box = leaking(10_000);
    opensPortless(box, process(box, "twin.exe", 4500), 10_000, "unbound");
    expect(reportOf(captureOf(box)).verdict).toMatchObject({ pattern: "None", culprit: null });
  });

  test("is not known where no handles were read", () => {
    const box = leaking(10_000);
    for (const name of ["handle-table", "afd-handles"]) lacks(box, name, "refused");
    expect(reportOf(captureOf(box)).verdict).toMatchObject({ level: "Healthy", pattern: "None", culprit: null });
  });
});

describe("conditions beside each other", () => {
  test("what makes calls fail comes first", () => {
    const box = saturated();
    opensPortless(box, process(box, "leaker.exe", 4500), 10_000, "unbound");
    expect(reportOf(captureOf(box)).verdict).toMatchObject({ pattern: "DestinationSaturation", culprit: null });
  });

  test("a shortage comes before all of them", () => {
    const box = leaking(10_000);
    binds(box, process(box, "holder.exe", 4500), 1400);
    expect(reportOf(captureOf(box)).verdict).toMatchObject({
      level: "Elevated",
      pattern: "BoundLeak",
      culprit: { processId: 4500 },
    });
  });

  test("a machine that cannot be judged has none", () => {
    const box = leaking(10_000);
    for (const name of ["tcp-ipv4", "tcp-ipv6", "bound-tcp-ipv4"]) lacks(box, name, "failed");
    expect(reportOf(captureOf(box)).verdict).toMatchObject({ level: "Unknown", pattern: "None", culprit: null });
  });

  test("a busy machine without any of them has none", () => {
    const box = withApp((each, app) => connects(each, app, 1000, { to: PEER }));
    excludes(box, "udp", SMALL.start, SMALL.start + 99);
    const { json, entries } = captureOf(box);
    const { verdict } = reportOf(withJson({ json, entries }, { events: [] }));
    expect(verdict).toMatchObject({ level: "Healthy", pattern: "None", culprit: null });
    expect(verdict.summary).not.toContain("But ");
  });
});
