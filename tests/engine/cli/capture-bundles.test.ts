// Zips that hold more than one thing, or not all of it whole: two captures, a capture beside somebody's texts, what macOS adds,
// loose files of which one is damaged.

import { describe, expect, test } from "@jest/globals";
import { type Capture, zipEntriesOf } from "../../builders/capture/capture-files.ts";
import { netstatFile, rangeFile } from "../../builders/capture/loose-texts.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { inOffice, OFFICE } from "../../builders/capture/scenarios/plot.ts";
import { writeZip, type ZipEntry } from "../../builders/capture/zip-writer.ts";
import { captureReport, poolOf, runLoose, runOf, runZip } from "../support/captures.ts";
import { onlyOf, recordsOf, type Run } from "../support/run.ts";

const OFFICE_TCP = OFFICE.listeners + OFFICE.connections;
const CAPTURE = captureOf(inOffice());

const inFolder = (folder: string, capture: Capture): readonly ZipEntry[] =>
  zipEntriesOf(capture).map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));

const text = (name: string, content: string): ZipEntry => ({ name, content: new TextEncoder().encode(content) });

const diagnosticsOf = ({ records }: Run): readonly string[] =>
  recordsOf(records, "diagnostic").map(({ message }) => message);

/** A later moment of the machine: a listing that would make the pool fuller. */
const later = () => {
  const box = inOffice();
  binds(box, process(box, "node.exe", 5868), 9000);
  return box;
};

describe("a zip with two captures", () => {
  test.each<readonly [string, readonly ZipEntry[]]>([
    ["in two folders", [...inFolder("SRV01", CAPTURE), ...inFolder("SRV02", CAPTURE)]],
    ["of which one lies in a folder of the other", [...zipEntriesOf(CAPTURE), ...inFolder("before", CAPTURE)]],
  ])("%s is refused: a verdict is about one moment", (_, entries) => {
    const run = runZip(writeZip(entries));
    expect(onlyOf(run, "error")).toMatchObject({
      code: "captures-mixed",
      message: expect.stringMatching(/^2 captures/),
    });
    expect(recordsOf(run.records, "capture-report")).toEqual([]);
    expect(run.exitCode).not.toBe(0);
  });

  test("is refused as well where they come in two zips", () => {
    const zip = writeZip(zipEntriesOf(CAPTURE));
    const run = runLoose(
      new Map([
        ["a.zip", zip],
        ["b.zip", zip],
      ]),
    );
    expect(onlyOf(run, "error")).toMatchObject({ code: "captures-mixed" });
  });
});

describe("a capture zipped beside other texts", () => {
  const ENTRIES = inFolder("SRV01", CAPTURE);
  const run = runZip(
    writeZip([
      ...ENTRIES,
      { name: "netstat.txt", content: netstatFile(later()) },
      text("letter.txt", "Dear colleague,"),
    ]),
  );

  test("has them in its coverage, behind its own artifacts", () => {
    const { artifacts } = captureReport(run).coverage;
    expect(artifacts.slice(0, CAPTURE.json.artifacts.length).map(({ name }) => name)).toEqual(
      CAPTURE.json.artifacts.map(({ name }) => name),
    );
    expect(artifacts.slice(CAPTURE.json.artifacts.length)).toMatchObject([
      { name: "netstat.txt", kind: "netstat", reason: expect.stringMatching(/not counted/) },
      { name: "letter.txt", kind: null, status: "unrecognised" },
    ]);
  });

  test("says so in diagnostics", () => {
    expect(diagnosticsOf(run)).toEqual([
      expect.stringMatching(/^netstat\.txt: Its TCP ports are not counted/),
      expect.stringMatching(/^netstat\.txt: Its UDP ports are not counted/),
      expect.stringMatching(/^letter\.txt: /),
    ]);
  });

  test("does not add their ports to those of its tables", () => {
    expect(captureReport(run).pools).toEqual(captureReport(runOf(CAPTURE)).pools);
    expect(captureReport(run).verdict).toMatchObject({ level: "Healthy" });
  });

  test("and what macOS adds to a zip is as the capture alone", () => {
    const added = [
      text("__MACOSX/SRV01/._capture.json", "\u0000\u0005\u0016\u0007"),
      text("__MACOSX/._SRV01", "TCP 0.0.0.0:50000 0.0.0.0:0 BOUND 1"),
      text(".DS_Store", "Bud1"),
      text("SRV01/.DS_Store", "Bud1"),
    ];
    expect(runZip(writeZip([...ENTRIES, ...added])).records).toEqual(runOf(CAPTURE).records);
  });

  test("of which one is damaged is judged without that one", () => {
    const damaged = { name: "notes.txt", content: netstatFile(later()), declared: { crc: 7 } };
    const done = runZip(writeZip([...ENTRIES, damaged]));
    expect(captureReport(done).pools).toEqual(captureReport(runOf(CAPTURE)).pools);
    expect(captureReport(done).coverage.artifacts.at(-1)).toMatchObject({ name: "notes.txt", status: "failed" });
  });
});

describe("a zip of loose files", () => {
  const box = later();
  const whole: readonly ZipEntry[] = [
    { name: "a/netstat.txt", content: netstatFile(box) },
    { name: "a/range-tcp.txt", content: rangeFile(box, "tcp") },
    { name: "a/range-udp.txt", content: rangeFile(box, "udp") },
  ];
  const damagedAt = (name: string, change: Partial<ZipEntry>): Run =>
    runZip(writeZip(whole.map((entry) => (entry.name === name ? { ...entry, ...change } : entry))));
  const statusesOf = (run: Run) =>
    Object.fromEntries(captureReport(run).coverage.artifacts.map(({ name, status }) => [name, status]));

  test.each<readonly [string, Partial<ZipEntry>]>([
    ["a wrong CRC", { declared: { crc: 7 } }],
    ["a size that is too small", { declared: { size: 3 } }],
    ["packed bytes that are noise", { packed: Uint8Array.from({ length: 64 }, (_, index) => (index * 167) & 0xff) }],
    ["an encrypted member", { declared: { flags: 1 } }],
  ])("with %s is analysed without that file", (_, change) => {
    const run = damagedAt("a/range-udp.txt", change);
    expect(statusesOf(run)).toEqual({ "netstat.txt": "read", "range-tcp.txt": "read", "range-udp.txt": "failed" });
    expect(diagnosticsOf(run)).toContainEqual(expect.stringMatching(/^range-udp\.txt: .*damaged/));
    expect(poolOf(run, "tcp")).toMatchObject({ used: 9000 + OFFICE_TCP, assumed: false });
    expect(poolOf(run, "udp")).toMatchObject({ assumed: true });
    expect(captureReport(run).verdict).toMatchObject({ level: "Elevated", culprit: { processId: 5868 } });
  });

  test("whose only listing is damaged shows no pool, and says why", () => {
    const run = damagedAt("a/netstat.txt", { declared: { crc: 7 } });
    expect(captureReport(run)).toMatchObject({ verdict: { level: "Unknown", culprit: null }, pools: [] });
    expect(statusesOf(run)).toMatchObject({ "netstat.txt": "failed", "range-tcp.txt": "read" });
  });

  test("passes over what macOS adds", () => {
    const added = [text("__MACOSX/a/._netstat.txt", "\u0000\u0005\u0016\u0007"), text("a/.DS_Store", "Bud1")];
    expect(runZip(writeZip([...whole, ...added])).records).toEqual(runZip(writeZip(whole)).records);
  });
});
