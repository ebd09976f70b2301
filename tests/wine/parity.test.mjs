// The Windows executable prints for every fixture, byte for byte, what the Linux executable prints.

import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { at, root } from "../../build/tools/paths.mjs";
import { executableFor } from "../../build/tools/products.mjs";
import { runUnderWine } from "./wine.mjs";

const traces = readdirSync(at("tests", "fixtures", "etl")).filter((name) => name.endsWith(".etl"));
const captures = readdirSync(at("tests", "fixtures", "captures"));
const recordings = readdirSync(at("tests", "fixtures", "recordings"));

/** Relative paths, as they stand in the output: a zip, a folder's capture.json, or all the texts of a folder. */
const filesOf = (name) => {
  const folder = `tests/fixtures/captures/${name}`;
  if (!statSync(at(folder)).isDirectory()) return [folder];
  const files = readdirSync(at(folder));
  return (files.includes("capture.json") ? ["capture.json"] : files).map((file) => `${folder}/${file}`);
};

const recordingArguments = (name) => {
  const stem = `tests/fixtures/recordings/${name}/ports`;
  return ["trace", `${stem}.etl`, "--capture", `${stem}.start.zip`, "--capture", `${stem}.stop.zip`];
};

const cases = [
  ...traces.flatMap((name) => [
    [`trace ${name}`, ["trace", `tests/fixtures/etl/${name}`]],
    [`events ${name}`, ["events", `tests/fixtures/etl/${name}`, "--count"]],
  ]),
  ...recordings.map((name) => [`recording ${name}`, recordingArguments(name)]),
  ...captures.map((name) => [`capture ${name}`, ["capture", ...filesOf(name)]]),
];

describe("Windows executable", () => {
  test("there are fixtures", () => {
    expect(traces).not.toEqual([]);
    expect(captures).not.toEqual([]);
    expect(recordings).not.toEqual([]);
  });

  test.each(cases)(
    "%s",
    async (_, args) => {
      const linux = spawnSync(executableFor("linux-x64"), args, { cwd: root, maxBuffer: 1 << 28 });
      const windows = await runUnderWine([executableFor("win-x64"), ...args]);
      expect(windows.code).toBe(linux.status);
      // As text first, because a difference is shown by line; then the bytes that the text may hide.
      expect(windows.stdout.toString("latin1").split("\n")).toEqual(linux.stdout.toString("latin1").split("\n"));
      expect(windows.stdout.equals(linux.stdout)).toBe(true);
    },
    60_000,
  );
});
