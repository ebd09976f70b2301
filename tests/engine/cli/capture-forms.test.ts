// The forms a capture comes in: a zip, the folder of a session that may not make one, a folder that somebody zipped. What is
// said of the machine is the same.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CaptureReport } from "../../../engine/generated/records.ts";
import { writeCaptureFolder, zipEntriesOf, zipOf } from "../../builders/capture/capture-files.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { machinePlot } from "../../builders/capture/scenarios.ts";
import { writeZip } from "../../builders/capture/zip-writer.ts";
import { anyMachine } from "../pools/machines.ts";
import { runCaptureFiles, runZip } from "../support/captures.ts";
import { withFolder } from "../support/files.ts";
import { recordsOf } from "../support/run.ts";

const CAPTURE = captureOf(machinePlot("sockets without ports").tale());
const WHOLE = runZip(zipOf(CAPTURE)).records;

describe("a capture", () => {
  test("is the same from a folder as from a zip", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const capture = captureOf(make());
        const folded = withFolder((folder) => runCaptureFiles([writeCaptureFolder(capture, folder)]));
        expect(folded.records).toEqual(runZip(zipOf(capture)).records);
      }),
      { numRuns: 15 },
    );
  });

  test("may be called anything when it is a zip", () => {
    withFolder((folder) => {
      const place = join(folder, "what is this");
      mkdirSync(place);
      expect(runCaptureFiles([writeCaptureFolder(CAPTURE, place)]).records).toEqual(WHOLE);
    });
  });

  test.each([
    ["packed", zipEntriesOf(CAPTURE)],
    ["stored", zipEntriesOf(CAPTURE).map((entry) => ({ ...entry, isStored: true }))],
    ["in another order", zipEntriesOf(CAPTURE).toReversed()],
    ["with its folder in front", zipEntriesOf(CAPTURE).map((entry) => ({ ...entry, name: `SRV01/${entry.name}` }))],
    ["with Windows' slashes", zipEntriesOf(CAPTURE).map((entry) => ({ ...entry, name: `SRV01\\${entry.name}` }))],
    [
      "with a folder's own entry",
      [{ name: "SRV01/", content: new Uint8Array(0), isStored: true }, ...zipEntriesOf(CAPTURE)],
    ],
  ])("is the same zipped %s", (_, entries) => {
    expect(runZip(writeZip(entries)).records).toEqual(WHOLE);
  });

  test("is judged the same beside files that it does not name, outside and absolute ones; they are in the coverage", () => {
    const strangers = ["../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "notes.txt"].map((name) => ({
      name,
      content: new TextEncoder().encode("TCP 0.0.0.0:50000 0.0.0.0:0 BOUND 1"),
    }));
    const { records } = runZip(writeZip([...zipEntriesOf(CAPTURE), ...strangers]));
    const judged = ({ verdict, pools }: CaptureReport) => ({ level: verdict.level, summary: verdict.summary, pools });
    const [report] = recordsOf(records, "capture-report");
    const [whole] = recordsOf(WHOLE, "capture-report");
    if (report === undefined || whole === undefined) throw new Error("there is no report");
    expect(judged(report)).toEqual(judged(whole));
    expect(
      report.coverage.artifacts.slice(whole.coverage.artifacts.length).map(({ name, kind }) => [name, kind]),
    ).toEqual(["evil.txt", "evil.txt", "evil.txt", "notes.txt"].map((name) => [name, "netstat"]));
    expect(recordsOf(records, "diagnostic").map(({ message }) => message)).toContainEqual(
      expect.stringContaining("not counted"),
    );
  });

  test("is the same with a byte order mark in front of its capture.json, as Windows PowerShell writes one", () => {
    const [manifest, ...others] = zipEntriesOf(CAPTURE);
    const content = Uint8Array.from([0xef, 0xbb, 0xbf, ...(manifest?.content ?? [])]);
    expect(runZip(writeZip([{ name: "capture.json", content }, ...others])).records).toEqual(WHOLE);
  });
});
