// Captures and texts through both shipped forms: by path, in a folder, through standard input, and what the system refuses.

import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "../../build/tools/paths.mjs";
import { bundle, engines, executable, recordsOf, runEngine } from "./engines.mjs";

const captures = readdirSync(at("tests", "fixtures", "captures"));
const pathOf = (name) => `tests/fixtures/captures/${name}`;
const ORPHANS = pathOf("orphans.zip");
const isRoot = process.getuid?.() === 0;

/** The arguments for a fixture: a zip, a folder's capture.json, or all the texts of a folder. */
const argsFor = (name) => {
  if (!statSync(at(pathOf(name))).isDirectory()) return [pathOf(name)];
  const files = readdirSync(at(pathOf(name)));
  return (files.includes("capture.json") ? ["capture.json"] : files).map((file) => `${pathOf(name)}/${file}`);
};

let folder = "";
const inFolder = (name) => path.join(folder, name);

const written = (name, content) => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "portexhaustion e2e "));
});

afterAll(() => rmSync(folder, { recursive: true }));

const reportOf = ({ stdout }) => recordsOf(stdout).find(({ kind }) => kind === "capture-report");

const expectRefused = ({ code, stdout, stderr }, errorCode) => {
  const records = recordsOf(stdout);
  expect(records.map(({ kind }) => kind)).toEqual(["hello", "error", "end"]);
  expect(records[1].code).toBe(errorCode);
  expect(records[1].message + records[1].advice).not.toMatch(/Error:|node:| at \//);
  expect([code, stderr]).toEqual([1, ""]);
};

test.each(captures)("executable and bundle print the same of %s", (name) => {
  const [first, second] = [executable, bundle].map((engine) => runEngine(engine, ["capture", ...argsFor(name)]));
  expect(recordsOf(first.stdout).at(-1)).toEqual({ kind: "end", status: "done" });
  expect(first.stdout.toString("latin1").split("\n")).toEqual(second.stdout.toString("latin1").split("\n"));
  expect([first.code, second.code, first.stderr, second.stderr]).toEqual([0, 0, "", ""]);
});

describe.each(engines)("the %s", (...engine) => {
  test("says the same of a capture that comes through standard input", () => {
    const input = readFileSync(at(ORPHANS));
    const streamed = runEngine(engine, ["capture", "-"], { input });
    expect(streamed.code).toBe(0);
    expect(streamed.stdout.equals(runEngine(engine, ["capture", ORPHANS]).stdout)).toBe(true);
  });

  test("says of a folder what it says of the zip", () => {
    const [zip, files] = ["orphans.zip", "orphans-folder"].map((name) =>
      runEngine(engine, ["capture", ...argsFor(name)]),
    );
    expect(reportOf(files)).toEqual(reportOf(zip));
    expect(reportOf(files).verdict).toMatchObject({ level: "Critical", culprit: { processId: 7120 } });
  });

  test("takes texts from standard input and from files together", () => {
    const [netstat, ...others] = argsFor("evidence-german");
    const run = runEngine(engine, ["capture", "-", ...others], { input: readFileSync(at(netstat)) });
    const whole = runEngine(engine, ["capture", netstat, ...others]);
    expect(reportOf(run).pools).toEqual(reportOf(whole).pools);
    expect(reportOf(run).pools).toHaveLength(2);
  });

  test("refuses an empty standard input", () => {
    expectRefused(runEngine(engine, ["capture", "-"], { input: "" }), "file-empty");
  });

  test.each([
    ["a missing file", "file-not-found", () => inFolder("missing.zip")],
    ["a folder", "file-is-folder", () => folder],
    ["an empty file", "file-empty", () => written("empty.zip", "")],
    ["half of a capture", "capture-damaged", () => written("half.zip", readFileSync(at(ORPHANS)).subarray(0, 3000))],
    [
      "a capture.json cut short",
      "capture-invalid",
      () => written("capture.json", '{"format":"portexhaustion-capture",'),
    ],
  ])("refuses %s as %s: one error, exit code 1", (_, errorCode, make) => {
    expectRefused(runEngine(engine, ["capture", make()]), errorCode);
  });

  test("reads the other files where one is missing, and says so", () => {
    const run = runEngine(engine, ["capture", ...argsFor("evidence-german"), inFolder("missing.txt")]);
    expect(run.code).toBe(0);
    expect(reportOf(run).coverage.artifacts).toContainEqual(
      expect.objectContaining({ name: "missing.txt", status: "failed" }),
    );
    expect(reportOf(run).pools).toHaveLength(2);
  });

  test("loses of a folder the file that it may not read, and nothing else", () => {
    const files = readdirSync(at(pathOf("orphans-folder")));
    for (const file of files) copyFileSync(at(pathOf("orphans-folder"), file), inFolder(file));
    const secret = inFolder("handle-table.bin");
    // Root may read anything: for it the file is gone instead.
    if (isRoot) rmSync(secret);
    else chmodSync(secret, 0o000);
    const run = runEngine(engine, ["capture", inFolder("capture.json")]);
    for (const file of files) rmSync(inFolder(file), { force: true });
    expect(run.code).toBe(0);
    expect(reportOf(run).coverage.artifacts).toContainEqual(
      expect.objectContaining({ name: "handle-table", status: "failed" }),
    );
    expect(reportOf(run).verdict).toMatchObject({ level: "Critical", culprit: { processId: 7120 } });
  });

  test.each(["a b.zip", "'quoted' & 100%.zip", "\u00dcbung \u6f22\u5b57 \u{1f600}.zip", "-dash.zip", "UPPER.ZIP"])(
    "reads a capture of the name %s",
    (name) => {
      copyFileSync(at(ORPHANS), inFolder(name));
      const { code, stdout } = runEngine(engine, ["capture", inFolder(name)]);
      expect(code).toBe(0);
      expect(stdout.equals(runEngine(engine, ["capture", ORPHANS]).stdout)).toBe(true);
    },
  );

  test("asks for a file: exit code 2, a text on standard error", () => {
    const { code, stdout, stderr } = runEngine(engine, ["capture"]);
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr).toMatch(/^portexhaustion-engine: [^\n]+\n/);
  });
});
