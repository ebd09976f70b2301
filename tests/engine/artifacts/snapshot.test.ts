// What a snapshot keeps of its sources: services without a list of processes, handle lists that come twice, and ranges that no
// Windows can have, which are told and left out.

import { describe, expect, test } from "@jest/globals";
import { withAnswer, withJson } from "../../builders/capture/changes.ts";
import type { CaptureJson } from "../../builders/capture/capture-json.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { service } from "../../builders/capture/machine/processes.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { machine } from "../../builders/capture/machine.ts";
import { inOffice, OFFICE } from "../../builders/capture/scenarios/plot.ts";
import { afdOwners, captureReport, poolOf, portOwners, runLoose, runMachine, runOf } from "../support/captures.ts";
import { recordsOf } from "../support/run.ts";

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
  const runWith = (...ranges: CaptureJson["ranges"]) => {
    const box = inOffice();
    for (const family of ["ipv4", "ipv6"]) lacks(box, `dynamic-range-tcp-${family}`, "failed", "netsh did not answer.");
    const capture = withAnswer(captureOf(box), { name: "dynamic-ranges", kind: "dynamic-port-range" });
    return runOf(withJson(capture, { ranges }));
  };
  const told = (run: ReturnType<typeof runWith>) => ({
    coverage: captureReport(run).coverage.artifacts.find(({ name }) => name === "dynamic-ranges"),
    diagnostics: recordsOf(run.records, "diagnostic").map(({ message }) => message),
  });
  const tcp = (start: number, ports: number) => ({ protocol: "tcp", family: null, start, ports }) as const;

  /** A loop over three billion ports takes tens of seconds, the whole run a small part of one. */
  const QUICK_MS = 5000;

  test.each([
    ["leads beyond the last port by one", 49_152, 16_385],
    ["begins at the last port and has two", 65_535, 2],
    ["has three billion ports", 49_152, 3_000_000_000],
    ["has more ports than a number can count", 1025, Number.MAX_SAFE_INTEGER],
  ])("that %s are told and left out, without delay", (_, start, ports) => {
    const begun = performance.now();
    const run = runWith(tcp(start, ports));
    expect(performance.now() - begun).toBeLessThan(QUICK_MS);
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
    const run = runWith(tcp(49_152, 3_000_000_000), tcp(50_000, 1000));
    expect(told(run).coverage).toMatchObject({ status: "partial", rows: 1 });
    expect(poolOf(run, "tcp")).toMatchObject({ start: 50_000, ports: 1000, assumed: false });
  });

  test("with no ports are not configured, and nothing is told", () => {
    const run = runWith(tcp(49_152, 0));
    expect(told(run)).toMatchObject({ coverage: { status: "read", rows: 0, reason: null }, diagnostics: [] });
    expect(poolOf(run, "tcp")).toMatchObject({ used: OFFICE.listeners + OFFICE.connections, assumed: true });
  });
});
