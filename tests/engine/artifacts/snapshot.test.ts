// What a snapshot keeps of its sources: services without a list of processes, handle lists that come twice, and ranges that no
// Windows can have, which are told and left out.

import { cpuUsage } from "node:process";
import { describe, expect, test } from "@jest/globals";
import { decodeCapture } from "../../../engine/artifacts/capture-artifacts.ts";
import { readManifest } from "../../../engine/artifacts/capture-manifest.ts";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { withAnswer, withJson } from "../../builders/capture/changes.ts";
import type { CaptureJson } from "../../builders/capture/capture-json.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { service } from "../../builders/capture/machine/processes.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { machine } from "../../builders/capture/machine.ts";
import { inOffice, OFFICE } from "../../builders/capture/scenarios/plot.ts";
import { afdOwners, captureReport, poolOf, portOwners, runLoose, runMachine, runOf } from "../support/captures.ts";
import { recordsOf, type Run } from "../support/run.ts";

describe("services", () => {
  test.each(["read", "missing"])("are shown where the list of processes is %s", (list) => {
    const box = machine();
    binds(box, service(box, 3100, ["Spooler", "PrintNotify"], "spoolsv.exe"), 9000);
    if (list === "missing") lacks(box, "processes", "failed", "WMI did not answer.");
    const run = runMachine(box);
    const processName = list === "missing" ? null : "spoolsv.exe";
    const services = ["Spooler", "PrintNotify"];
    expect(captureReport(run).verdict.culprit).toMatchObject({ processId: 3100, processName, services });
    expect(portOwners(run)[0]).toMatchObject({ processId: 3100, processName, services });
    expect(afdOwners(run)[0]).toMatchObject({ processId: 3100, processName, services });
  });
});

/** Of CPU. Walking three billion ports takes minutes, these runs take a fraction of a second. */
const QUICK_MS = 30_000;

const handleList = (processId: number, afd: number): string =>
  [
    "------------------------------------------------------------------------------",
    `node.exe pid: ${processId} SRV01\\admin`,
    ...Array.from({ length: afd }, (_, index) => `  ${(0x100 + index * 4).toString(16)}: File  (---)   \\Device\\Afd`),
    "  90: File  (RW-)   C:\\Program Files\\Story",
    "",
  ].join("\r\n");

const runTexts = (...texts: readonly string[]) =>
  runLoose(new Map(texts.map((text, index) => [`handles${index}.txt`, new TextEncoder().encode(text)])));

describe("handle lists", () => {
  test("that come twice give one row", () => {
    const list = handleList(5868, 300);
    expect(afdOwners(runTexts(list, list))).toEqual(afdOwners(runTexts(list)));
    expect(afdOwners(runTexts(list))).toMatchObject([{ processId: 5868, handles: 300, fileHandles: 301, share: 1 }]);
  });

  test("of two moments: the fuller one is told", () => {
    const [few, many] = [handleList(5868, 20), handleList(5868, 300)];
    for (const run of [runTexts(few, many), runTexts(many, few)])
      expect(afdOwners(run)).toMatchObject([{ processId: 5868, handles: 300 }]);
  });

  test("of two processes give two rows", () => {
    const run = runTexts(handleList(5868, 30), handleList(7120, 10));
    expect(afdOwners(run).map(({ processId, handles }) => [processId, handles])).toEqual([
      [5868, 30],
      [7120, 10],
    ]);
  });
});

describe("ranges of a capture.json", () => {
  /** No netsh, so the values are all there is. */
  const captureWith = (...ranges: CaptureJson["ranges"]): Capture => {
    const box = inOffice();
    for (const family of ["ipv4", "ipv6"]) lacks(box, `dynamic-range-tcp-${family}`, "failed", "netsh did not answer.");
    const capture = withAnswer(captureOf(box), { name: "dynamic-ranges", kind: "dynamic-port-range" });
    return withJson(capture, { ranges });
  };
  const runWith = (...ranges: CaptureJson["ranges"]): Run => runOf(captureWith(...ranges));
  const told = (run: Run) => ({
    coverage: captureReport(run).coverage.artifacts.find(({ name }) => name === "dynamic-ranges"),
    diagnostics: recordsOf(run.records, "diagnostic").map(({ message }) => message),
  });
  const tcp = (start: number, ports: number) => ({ protocol: "tcp", family: null, start, ports }) as const;

  /** Without the machine's accounts, which a range of three billion ports would keep busy for minutes. */
  const decodedFrom = (capture: Capture) => {
    const manifest = readManifest(JSON.stringify(capture.json), "capture.json");
    const entry = (name: string) => ({ bytes: capture.entries.get(name) ?? new Uint8Array(0) });
    return decodeCapture({ manifest, entry }).find(({ coverage }) => coverage.name === "dynamic-ranges")?.decoded;
  };

  test.each([
    ["lead beyond the last port by one", 49_152, 16_385],
    ["begin at the last port and have two", 65_535, 2],
    ["have three billion ports", 49_152, 3_000_000_000],
  ])("that %s are told and left out, without delay", (_, start, ports) => {
    const capture = captureWith(tcp(start, ports));
    expect(decodedFrom(capture)).toMatchObject({ rows: 0, ranges: [] });
    const begun = cpuUsage();
    const run = runOf(capture);
    expect(cpuUsage(begun).user / 1000).toBeLessThan(QUICK_MS);
    const { coverage, diagnostics } = told(run);
    expect(coverage).toMatchObject({ status: "failed", rows: 0, reason: expect.stringMatching(/impossible/) });
    expect(diagnostics).toContainEqual(expect.stringContaining(`${ports} ports from ${start} on is impossible`));
    expect(captureReport(run).ranges.filter(({ protocol }) => protocol === "tcp")).toEqual([]);
    expect(poolOf(run, "tcp")).toMatchObject({ start: 49_152, ports: 16_384, assumed: true });
  });

  test("that end at the last port are used", () => {
    const run = runWith(tcp(1025, 64_511));
    expect(told(run)).toMatchObject({ coverage: { status: "read", rows: 1, reason: null }, diagnostics: [] });
    expect(poolOf(run, "tcp")).toMatchObject({ start: 1025, ports: 64_511, assumed: false });
  });

  test("that are impossible do not take the possible ones with them", () => {
    const run = runWith(tcp(49_152, 16_385), tcp(50_000, 1000));
    expect(told(run).coverage).toMatchObject({ status: "partial", rows: 1 });
    expect(poolOf(run, "tcp")).toMatchObject({ start: 50_000, ports: 1000, assumed: false });
  });

  test("with no ports are not configured, and nothing is told", () => {
    const run = runWith(tcp(49_152, 0));
    expect(told(run)).toMatchObject({ coverage: { status: "read", rows: 0, reason: null }, diagnostics: [] });
    expect(poolOf(run, "tcp")).toMatchObject({ used: OFFICE.listeners + OFFICE.connections, assumed: true });
  });
});
