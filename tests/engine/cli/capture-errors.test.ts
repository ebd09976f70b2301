// What is no capture and no evidence: one clear error each, whatever somebody made of a zip. What the system itself refuses
// (no such file, no permission, standard input) is tested on the executable, in tests/e2e.

import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Capture, jsonBytes, zipEntriesOf, zipOf } from "../../builders/capture/capture-files.ts";
import type { CaptureJson } from "../../builders/capture/capture-json.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { writeZip, type ZipEntry } from "../../builders/capture/zip-writer.ts";
import { seededRandom } from "../../builders/random.ts";
import { withFolder } from "../support/files.ts";
import { onlyOf } from "../support/run.ts";
import { captureReport, runCaptureFiles, runLoose } from "../support/captures.ts";

const CAPTURE: Capture = captureOf(inOffice());
const ZIP = zipOf(CAPTURE);
const { json: JSON_OF_CAPTURE } = CAPTURE;

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

const noise = (bytes: number, seed: number): Uint8Array => {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256));
};

/** A zip of the capture in which capture.json is something else. */
const zipWithJson = (json: unknown): Uint8Array =>
  writeZip([{ name: "capture.json", content: jsonBytes(json) }, ...zipEntriesOf(CAPTURE).slice(1)]);

const withManifest = (entry: Partial<ZipEntry>): Uint8Array => {
  const [manifest, ...others] = zipEntriesOf(CAPTURE);
  if (manifest === undefined) throw new RangeError("a capture has a manifest");
  return writeZip([{ ...manifest, ...entry }, ...others]);
};

const corrupted = (at: number): Uint8Array => {
  const bytes = ZIP.slice();
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
};

type Case = readonly [what: string, code: string, bytes: Uint8Array];

const CASES: readonly Case[] = [
  ["an empty file", "file-empty", new Uint8Array(0)],
  ["noise that begins like a zip", "capture-damaged", Uint8Array.from([0x50, 0x4b, 3, 4, ...noise(5000, 2)])],
  ["the beginning of a zip", "capture-damaged", ZIP.subarray(0, ZIP.length - 100)],
  ["a capture.json that is not JSON", "capture-invalid", writeZip([{ name: "capture.json", content: text("{") }])],
  ["a capture.json that is empty", "capture-invalid", writeZip([{ name: "capture.json", content: text("") }])],
  ["a capture.json of null", "capture-invalid", zipWithJson(null)],
  ["a capture.json of a list", "capture-invalid", zipWithJson([JSON_OF_CAPTURE])],
  ["a capture.json of another program", "capture-invalid", zipWithJson({ ...JSON_OF_CAPTURE, format: "other" })],
  ["a capture of the next version", "capture-version", zipWithJson({ ...JSON_OF_CAPTURE, contract: 2 })],
  [
    "a capture of the next version with a new name",
    "capture-version",
    zipWithJson({ ...JSON_OF_CAPTURE, contract: 2, more: 1 }),
  ],
  ["a capture of version 0", "capture-version", zipWithJson({ ...JSON_OF_CAPTURE, contract: 0 })],
  ["a capture with a version that is no number", "capture-invalid", zipWithJson({ ...JSON_OF_CAPTURE, contract: "1" })],
  ["a capture with a name too many", "capture-invalid", zipWithJson({ ...JSON_OF_CAPTURE, more: 1 })],
  ["a capture.json with a wrong CRC", "capture-damaged", withManifest({ declared: { crc: 1 } })],
  ["a capture.json whose size is less than it is", "capture-damaged", withManifest({ declared: { size: 10 } })],
  ["a capture.json whose size is said to be nothing", "capture-damaged", withManifest({ declared: { size: 0 } })],
  [
    "a capture.json with a wrong CRC, stored",
    "capture-damaged",
    withManifest({ declared: { crc: 1 }, isStored: true }),
  ],
  ["a capture.json whose size is more than it is", "capture-damaged", withManifest({ declared: { size: 90_000 } })],
  [
    "a stored capture.json whose size is less",
    "capture-damaged",
    withManifest({ declared: { size: 9 }, isStored: true }),
  ],
  ["a capture.json packed in an unknown way", "capture-damaged", withManifest({ declared: { method: 14 } })],
  ["an encrypted capture.json", "capture-damaged", withManifest({ declared: { flags: 0x0801 } })],
  ["a capture.json whose packed bytes are noise", "capture-damaged", withManifest({ packed: noise(400, 3) })],
  ["a zip that says it unpacks to 4 GB", "capture-too-large", withManifest({ declared: { size: 0xffff_fff0 } })],
  [
    "a zip with more entries than any capture",
    "capture-too-large",
    writeZip(Array.from({ length: 1500 }, (_, index) => ({ name: `f${index}`, content: text("x") }))),
  ],
  [
    "a zip whose files have one name",
    "capture-damaged",
    writeZip([...zipEntriesOf(CAPTURE), { name: "tcp-ipv4.bin", content: text("other") }]),
  ],
  ["a zip with two capture.json", "capture-damaged", writeZip([...zipEntriesOf(CAPTURE), ...zipEntriesOf(CAPTURE)])],
];

const expectRefused = (run: ReturnType<typeof runLoose>, code: string): void => {
  const error = onlyOf(run, "error");
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^[^\n]{1,600}\.$/);
  expect(error.advice).toMatch(/^[^\n]+\.$/);
  expect(error.message + error.advice).not.toMatch(/\.ts\b|\.js\b|node:| at \//);
  expect(run.exitCode).toBe(1);
};

describe("one file", () => {
  test.each(CASES)("%s is refused as %s", (_, code, bytes) => {
    expectRefused(runLoose(new Map([["given.zip", bytes]])), code);
  });

  test("a folder is refused as file-is-folder", () => {
    withFolder((folder) => {
      const path = join(folder, "given");
      mkdirSync(path);
      expectRefused(runCaptureFiles([path]), "file-is-folder");
    });
  });

  test("a bomb is refused for what it is", () => {
    const bytes = withManifest({ declared: { size: 0 } });
    expect(onlyOf(runLoose(new Map([["given.zip", bytes]])), "error").message).toMatch(/more bytes than it declares/);
  });

  test("every byte of the zip's end record may be wrong without an internal error", () => {
    for (let at = ZIP.length - 22; at < ZIP.length; at += 1) {
      const run = runLoose(new Map([["given.zip", corrupted(at)]]));
      expect([0, 1]).toContain(run.exitCode);
    }
  });
});

describe("capture.json", () => {
  const names = Object.keys(JSON_OF_CAPTURE) as readonly (keyof CaptureJson)[];

  test.each(names.filter((name) => name !== "format"))("without %s is refused", (name) => {
    const { [name]: _left, ...rest } = JSON_OF_CAPTURE;
    expectRefused(runLoose(new Map([["given.zip", zipWithJson(rest)]])), "capture-invalid");
  });

  test.each(Object.keys(JSON_OF_CAPTURE.machine))("whose machine has no %s is refused", (name) => {
    const { [name as "name"]: _left, ...machine } = JSON_OF_CAPTURE.machine;
    expectRefused(runLoose(new Map([["given.zip", zipWithJson({ ...JSON_OF_CAPTURE, machine })]])), "capture-invalid");
  });

  test.each(["artifacts", "processes", "probes", "inspections"] as const)(
    "in which one of %s lacks a name is refused",
    (list) => {
      const [first = {}, ...others]: readonly object[] = JSON_OF_CAPTURE[list];
      for (const name of Object.keys(first)) {
        const changed = Object.fromEntries(Object.entries(first).filter(([each]) => each !== name));
        const json = { ...JSON_OF_CAPTURE, [list]: [changed, ...others] };
        expectRefused(runLoose(new Map([["given.zip", zipWithJson(json)]])), "capture-invalid");
      }
    },
  );

  test.each(["../tcp-ipv4.bin", "/etc/hosts", "C:\\Windows\\win.ini", "a/b.bin", "..", ".hidden", "", "x".repeat(200)])(
    "that points at %j is refused: entries have plain names",
    (entry) => {
      const [first, ...others] = JSON_OF_CAPTURE.artifacts;
      const json = { ...JSON_OF_CAPTURE, artifacts: [{ ...first, entry }, ...others] };
      expectRefused(runLoose(new Map([["given.zip", zipWithJson(json)]])), "capture-invalid");
    },
  );

  test("with more artifacts than any capture has is refused", () => {
    const artifacts = Array.from({ length: 300 }, (_, index) => ({
      ...JSON_OF_CAPTURE.artifacts[0],
      name: `a${index}`,
    }));
    expectRefused(
      runLoose(new Map([["given.zip", zipWithJson({ ...JSON_OF_CAPTURE, artifacts })]])),
      "capture-invalid",
    );
  });

  test("whose artifacts share a file is refused: 256 times the same file is a bomb", () => {
    const artifacts = JSON_OF_CAPTURE.artifacts.map((artifact) =>
      artifact.entry === null ? artifact : { ...artifact, entry: "tcp-ipv4.bin" },
    );
    expectRefused(
      runLoose(new Map([["given.zip", zipWithJson({ ...JSON_OF_CAPTURE, artifacts })]])),
      "capture-invalid",
    );
  });

  test("whose artifacts share a name is refused: coverage tells them apart by it", () => {
    const artifacts = JSON_OF_CAPTURE.artifacts.map((artifact) => ({ ...artifact, name: "one" }));
    expectRefused(
      runLoose(new Map([["given.zip", zipWithJson({ ...JSON_OF_CAPTURE, artifacts })]])),
      "capture-invalid",
    );
  });
});

describe("a file that is nothing known", () => {
  test.each([
    ["noise", noise(5000, 1)],
    ["two letters", text("PK")],
    ["a zip of noise", writeZip([{ name: "given.zip", content: noise(900, 4) }])],
    ["a text", text("Dear administrator,\r\nports 49152 to 65535 are fine.\r\n".repeat(50))],
    ["half of a UTF-16 text", Uint8Array.from([0xff, 0xfe, 0x54, 0x00, 0x43])],
  ])("%s is unrecognised, said once, and makes no verdict", (_, bytes) => {
    const run = runLoose(new Map([["given.zip", bytes]]));
    const { coverage, verdict, pools } = captureReport(run);
    expect(coverage.artifacts).toMatchObject([{ name: "given.zip", kind: null, rows: 0, status: "unrecognised" }]);
    expect(onlyOf(run, "diagnostic").message).toMatch(/^given\.zip/);
    expect({ level: verdict.level, exitCode: verdict.exitCode, pools }).toEqual({
      level: "Unknown",
      exitCode: 10,
      pools: [],
    });
  });

  test("an empty zip has nothing to tell", () => {
    expect(captureReport(runLoose(new Map([["given.zip", writeZip([])]])))).toMatchObject({
      verdict: { level: "Unknown" },
      pools: [],
      coverage: { artifacts: [] },
    });
  });
});

describe("what is larger than any capture", () => {
  const MEBIBYTE = 1 << 20;

  test("a capture.json of 65 MiB is refused before it becomes a text", () => {
    const content = new Uint8Array(65 * MEBIBYTE).fill(0x20);
    expectRefused(
      runLoose(new Map([["given.zip", writeZip([{ name: "capture.json", content }])]])),
      "capture-too-large",
    );
  });

  test("a text of 300 MiB is refused", () => {
    withFolder((folder) => {
      const path = join(folder, "netstat.txt");
      writeFileSync(path, "x");
      truncateSync(path, 300 * MEBIBYTE);
      expectRefused(runCaptureFiles([path]), "capture-too-large");
    });
  });

  test("a zip of loose files is refused by what they have together", () => {
    const files = Array.from({ length: 5 }, (_, index) => ({
      name: `netstat${index}.txt`,
      content: text("x"),
      declared: { size: 60 * MEBIBYTE },
    }));
    expectRefused(runLoose(new Map([["given.zip", writeZip(files)]])), "capture-too-large");
  });
});

describe("several files", () => {
  test("two captures are refused: a verdict is about one machine at one moment", () => {
    expectRefused(
      runLoose(
        new Map([
          ["a.zip", ZIP],
          ["b.zip", ZIP],
        ]),
      ),
      "captures-mixed",
    );
  });

  test("of which none can be read are refused with the first one's error", () => {
    withFolder((folder) => {
      const empty = join(folder, "empty.txt");
      writeFileSync(empty, "");
      expectRefused(runCaptureFiles([empty, folder]), "file-empty");
    });
  });
});
