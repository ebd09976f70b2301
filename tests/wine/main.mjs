// Knows: the part of the test run that needs Wine: the Windows executable, and the module in PowerShell for Windows.

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { runPester } from "../../build/pester.mjs";
import { cached } from "../../build/tools/cache.mjs";
import { at } from "../../build/tools/paths.mjs";
import { run } from "../../build/tools/run.mjs";
import { executableFor } from "../../build/tools/products.mjs";
import { setUpWine, windowsPowershell, winrun } from "./setup.mjs";
import { runUnderWine, stopWine, windowsPath, wine } from "./wine.mjs";

/** What the Linux executable says of each fixture, where tests/wine/Module.Tests.ps1 looks for it. */
const writeExpected = async () => {
  mkdirSync(cached("wine", "expected"), { recursive: true });
  const fixtures = at("tests", "fixtures", "etl");
  for (const name of readdirSync(fixtures).filter((file) => file.endsWith(".etl"))) {
    const { stdout } = await run(executableFor("linux-x64"), ["trace", at("tests", "fixtures", "etl", name)]);
    writeFileSync(cached("wine", "expected", `${name}.ndjson`), stdout);
  }
};

const runWindowsPowershell = async (script, args, options) => {
  const line = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", script, ...args];
  const { stdout, stderr } = await runUnderWine([winrun, windowsPowershell, ...line], options);
  return { output: `${stdout}${stderr}` };
};

const testModule = async () => {
  await writeExpected();
  const result = await runPester([at("tests", "wine")], { runScript: runWindowsPowershell, pathFor: windowsPath });
  await stopWine();
  return result;
};

const skipped = {
  passed: 0,
  failed: 0,
  skipped: 1,
  note: "no wine on PATH (apt-get install wine64 wine gcc-mingw-w64-x86-64)",
};

/** [name, step] in order, as build/test.mjs runs them. `runJest` runs the jest tests of a folder. */
export const wineSteps = (runJest) =>
  wine === undefined
    ? [["Windows, under Wine", () => skipped]]
    : [
        ["Wine", async () => ((await setUpWine()) ? "set up" : "up to date")],
        ["Windows executable", () => runJest("wine")],
        ["module on Windows", testModule],
      ];
