// Files and paths as they are met in the wild: refused ones, names that need care, a recording still under way.

import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "../../build/tools/paths.mjs";
import { scenarioNamed } from "../builders/scenarios.ts";
import { engines, recordsOf, runEngine } from "./engines.mjs";

const FIXTURE = at("tests", "fixtures", "etl", "built__healthy.etl");
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let folder = "";
const inFolder = (name) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "portexhaustion e2e "));
  chmodSync(folder, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The engine where everybody may run it: the checkout may lie in a folder of its owner's alone. */
const engineForAll = ([name, program, prefix]) => {
  const copied = (file) => {
    const copy = inFolder(path.basename(file));
    copyFileSync(file, copy);
    chmodSync(copy, 0o755);
    return copy;
  };
  return prefix.length === 0 ? [name, copied(program), []] : [name, program, prefix.map(copied)];
};

const REFUSED = [
  ["a missing file", "file-not-found", () => inFolder("missing.etl")],
  ["a path through a file", "file-not-found", () => path.join(FIXTURE, "more.etl")],
  ["a folder", "file-is-folder", () => folder],
  ["an empty file", "file-empty", () => written("empty.etl", "")],
  ["a text", "file-not-a-trace", () => written("text.etl", "Trace session started.\r\n")],
  [
    "the first 100 bytes of a trace",
    "file-not-a-trace",
    () => written("start.etl", readFileSync(FIXTURE).subarray(0, 100)),
  ],
  ["a recording under way", "file-still-written", () => written("running.etl", scenarioNamed("unfinished").build())],
];

const written = (name, content) => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};

const expectRefused = ({ code, stdout, stderr }, file, errorCode) => {
  const records = recordsOf(stdout);
  expect(records.map(({ kind }) => kind)).toEqual(["hello", "error", "end"]);
  expect(records[1]).toMatchObject({ code: errorCode, path: file });
  expect(records[2].status).toBe("failed");
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout.toString()).not.toMatch(/\bat \S+:\d+/);
};

describe.each(engines)("the %s", (...engine) => {
  test.each(REFUSED)("refuses %s as %s: one error, exit code 1", (_, errorCode, make) => {
    const file = make();
    for (const command of ["trace", "events"]) expectRefused(runEngine(engine, [command, file]), file, errorCode);
  });

  test("refuses a file that it may not read, whoever runs it", () => {
    const file = inFolder("secret.etl");
    copyFileSync(FIXTURE, file);
    chmodSync(file, 0o000);
    // Root may read anything: then somebody else has to try.
    const asSomebody = isRoot ? { uid: NOBODY, gid: NOBODY, cwd: "/" } : {};
    const usedEngine = isRoot ? engineForAll(engine) : engine;
    expectRefused(runEngine(usedEngine, ["trace", file], asSomebody), file, "file-access-denied");
    chmodSync(file, 0o600);
    rmSync(file);
  });

  test.each(["a b.etl", "'quoted' & 100%.etl", "\u00dcbung \u6f22\u5b57 \u{1f600}.etl", "-dash.etl", "UPPER.ETL"])(
    "reads a file of the name %s",
    (name) => {
      mkdirSync(inFolder("some folder"), { recursive: true });
      const file = path.join(inFolder("some folder"), name);
      copyFileSync(FIXTURE, file);
      const { code, stdout } = runEngine(engine, ["trace", file]);
      expect(code).toBe(0);
      expect(recordsOf(stdout).find(({ kind }) => kind === "trace-report").file).toBe(file);
    },
  );

  test("reads an unfinished recording once it has been at rest", () => {
    const file = written("rest.etl", scenarioNamed("unfinished").build());
    const before = new Date(Date.now() - 60_000);
    utimesSync(file, before, before);
    const { code, stdout } = runEngine(engine, ["trace", file]);
    expect(code).toBe(0);
    expect(recordsOf(stdout).filter(({ kind }) => kind === "diagnostic")).toEqual([
      expect.objectContaining({ code: "session-not-closed" }),
    ]);
    appendFileSync(file, new Uint8Array(10));
    expectRefused(runEngine(engine, ["trace", file]), file, "file-still-written");
  });
});
