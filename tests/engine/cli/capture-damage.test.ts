// Captures that are damaged in one place: the place is said, the rest is analysed, and no number is larger than the truth.

import { describe, expect, test } from "@jest/globals";
import { type Capture, zipEntriesOf } from "../../builders/capture/capture-files.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { machinePlot } from "../../builders/capture/scenarios.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { writeZip, type ZipEntry } from "../../builders/capture/zip-writer.ts";
import { captureReport, poolOf, portOwners, runOf, runZip } from "../support/captures.ts";
import { recordsOf, type Run } from "../support/run.ts";

const CAPTURE = captureOf(inOffice());
const WHOLE = runOf(CAPTURE);
const BINARIES = [...CAPTURE.entries.keys()].filter((name) => name.endsWith(".bin"));

const replaced = (name: string, bytes: Uint8Array): Capture => ({
  json: CAPTURE.json,
  entries: new Map([...CAPTURE.entries].map(([entry, old]) => [entry, entry === name ? bytes : old])),
});

const coverageOf = (run: Run, entry: string) => {
  const name = entry.replace(/\.[a-z]+$/, "");
  return captureReport(run).coverage.artifacts.find((artifact) => artifact.name === name);
};

const zipWith = (name: string, change: Partial<ZipEntry>): Uint8Array =>
  writeZip(zipEntriesOf(CAPTURE).map((entry) => (entry.name === name ? { ...entry, ...change } : entry)));

const expectTold = (run: Run, entry: string, status: readonly string[]): void => {
  expect(status).toContain(coverageOf(run, entry)?.status);
  expect(coverageOf(run, entry)?.reason).toMatch(/\S/);
  const name = entry.replace(/\.[a-z]+$/, "");
  expect(recordsOf(run.records, "diagnostic").map(({ message }) => message)).toContainEqual(
    expect.stringContaining(name),
  );
};

const expectNoMore = (run: Run): void => {
  for (const protocol of ["tcp", "udp"] as const) {
    const pools = captureReport(run).pools.filter((pool) => pool.protocol === protocol);
    for (const { used } of pools) expect(used).toBeLessThanOrEqual(poolOf(WHOLE, protocol).used);
  }
};

const COUNT_BYTES = 4;

/** A row is missing, or the count itself; rows of afd-handles.bin have no count, so it may end behind any of them. */
const isShort = (entry: string, length: number): boolean =>
  entry !== "afd-handles.bin" && (length < COUNT_BYTES || (coverageOf(WHOLE, entry)?.rows ?? 0) > 0);

describe.each(BINARIES)("%s", (entry) => {
  const bytes = CAPTURE.entries.get(entry) ?? new Uint8Array(0);

  test("that is missing is a failed artifact, and the rest is analysed", () => {
    const entries = new Map([...CAPTURE.entries].filter(([name]) => name !== entry));
    const run = runOf({ json: CAPTURE.json, entries });
    expectTold(run, entry, ["failed"]);
    expectNoMore(run);
  });

  test.each([
    ["a wrong CRC", { declared: { crc: 7 } }],
    ["a size that is too small", { declared: { size: 3 } }],
    ["packed bytes that are noise", { packed: Uint8Array.from({ length: 64 }, (_, index) => (index * 167) & 0xff) }],
  ] as const)("with %s is a failed artifact, and the rest is analysed", (_, change) => {
    const run = runZip(zipWith(entry, change));
    expectTold(run, entry, ["failed"]);
    expectNoMore(run);
  });

  test("cut at any length tells no more than there is, and says so", () => {
    const step = Math.max(1, Math.floor(bytes.length / 40));
    for (let length = 0; length < bytes.length; length += step) {
      const run = runOf(replaced(entry, bytes.slice(0, length)));
      expectNoMore(run);
      if (isShort(entry, length)) expectTold(run, entry, ["partial", "failed"]);
    }
  });

  test("full of zeros tells no port", () => {
    expectNoMore(runOf(replaced(entry, new Uint8Array(bytes.length))));
  });

  test.each([0x5a, 0xff])("full of the byte %i counts more rows than there are, and says so", (fill) => {
    expectTold(runOf(replaced(entry, new Uint8Array(bytes.length).fill(fill))), entry, ["partial", "failed"]);
  });
});

describe("what was lost", () => {
  test("makes the answer unknown where nothing else tells: a table cut to nothing is no empty table", () => {
    const capture = captureOf(machinePlot("16,000 TIME_WAIT of nobody").tale());
    const entries = new Map(capture.entries).set("tcp-ipv4.bin", new Uint8Array(3));
    const { verdict } = captureReport(runOf({ json: capture.json, entries }));
    expect(verdict.level).not.toBe("Critical");
    expect(verdict.confidence).not.toBe("High");
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/tcp-ipv4/));
  });

  test("is said where a table ends early, and lowers the confidence", () => {
    const capture = captureOf(machinePlot("16,000 TIME_WAIT of nobody").tale());
    const whole = capture.entries.get("tcp-ipv4.bin") ?? new Uint8Array(0);
    const entries = new Map(capture.entries).set("tcp-ipv4.bin", whole.slice(0, Math.floor(whole.length * 0.1)));
    const report = captureReport(runOf({ json: capture.json, entries }));
    expect(report.verdict.confidence).not.toBe("High");
    expect(report.coverage.artifacts.find(({ name }) => name === "tcp-ipv4")).toMatchObject({ status: "partial" });
    // Nine tenths of a full pool are missing: that must not pass for health.
    expect(report.verdict.level).not.toBe("Healthy");
  });

  test("is not forgotten where a collector itself could read a table only in part", () => {
    const artifacts = CAPTURE.json.artifacts.map((artifact) =>
      artifact.name === "tcp-ipv4"
        ? { ...artifact, status: "partial" as const, reason: "It grew five times." }
        : artifact,
    );
    const report = captureReport(runOf({ json: { ...CAPTURE.json, artifacts }, entries: CAPTURE.entries }));
    expect(report.coverage.artifacts.find(({ name }) => name === "tcp-ipv4")).toMatchObject({
      status: "partial",
      reason: expect.stringContaining("It grew five times."),
    });
    expect(report.verdict.confidence).not.toBe("High");
  });
});

describe("a process list in part", () => {
  test("does not make a process ended that it merely lacks", () => {
    const { json, entries } = captureOf(machinePlot("bound leak").tale());
    const artifacts = json.artifacts.map((artifact) =>
      artifact.name === "processes" ? { ...artifact, status: "partial" as const, reason: "WMI stopped." } : artifact,
    );
    const processes = json.processes.filter(({ processId }) => processId !== 5868);
    const run = runOf({ json: { ...json, artifacts, processes }, entries });
    expect(portOwners(run)).toMatchObject([{ processId: 5868, processName: null, creator: "running" }]);
    expect(JSON.stringify(captureReport(run).verdict)).not.toMatch(/has ended/);
  });
});

describe("every artifact", () => {
  test("of the capture is in the coverage, in its order, with its kind", () => {
    const told = captureReport(WHOLE).coverage.artifacts.map(({ name, kind }) => ({ name, kind }));
    expect(told).toEqual(CAPTURE.json.artifacts.map(({ name, kind }) => ({ name, kind })));
  });

  test.each(["refused", "failed", "absent"] as const)("that was %s keeps its reason", (status) => {
    const artifacts = CAPTURE.json.artifacts.map((artifact) =>
      artifact.name === "bound-tcp-ipv6" ? { ...artifact, status, entry: null, reason: "Because of this." } : artifact,
    );
    const report = captureReport(runOf({ json: { ...CAPTURE.json, artifacts }, entries: CAPTURE.entries }));
    expect(report.coverage.artifacts.find(({ name }) => name === "bound-tcp-ipv6")).toEqual({
      name: "bound-tcp-ipv6",
      kind: "bound-tcp-table",
      rows: 0,
      status,
      reason: "Because of this.",
    });
  });
});
