// The Windows executable prints for every fixture, byte for byte, what the Linux executable prints.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { at, root } from "../../build/tools/paths.mjs";
import { executableFor } from "../../build/tools/products.mjs";
import { runUnderWine } from "./wine.mjs";

const fixtures = readdirSync(at("tests", "fixtures", "etl")).filter((name) => name.endsWith(".etl"));
const commands = [
  ["trace", []],
  ["events", ["--count"]],
];
const cases = fixtures.flatMap((name) => commands.map(([command, options]) => [command, name, options]));

describe("Windows executable", () => {
  test("there are fixtures", () => {
    expect(fixtures).not.toEqual([]);
  });

  test.each(cases)(
    "%s %s",
    async (command, name, options) => {
      // Relative, as the path stands in the output.
      const args = [command, `tests/fixtures/etl/${name}`, ...options];
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
