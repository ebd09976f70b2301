// Knows: the way from a fresh clone to a verdict: install, build, write an example trace, read it in PowerShell.

import { mkdirSync } from "node:fs";
import { buildSteps } from "./build.mjs";
import { runPowershell } from "./powershell.mjs";
import { cached } from "./tools/cache.mjs";
import { at } from "./tools/paths.mjs";
import { mustRun } from "./tools/run.mjs";
import { pinnedNode } from "./tools/runtime.mjs";
import { runChain } from "./tools/steps.mjs";

const example = cached("example", "leak.etl");

/** The writer is TypeScript, which the Node that runs this script may not be able to run. */
const writeExample = async () => {
  mkdirSync(cached("example"), { recursive: true });
  await mustRun(pinnedNode(), [at("tests", "builders", "example.ts"), example]);
};

let session = "";

const readExample = async () => {
  const { code, output } = await runPowershell(at("build", "Show-Example.ps1"), ["-Path", example]);
  if (code !== 0) throw new Error(output);
  session = output.trimEnd();
};

const succeeded = await runChain([...buildSteps, ["example trace", writeExample], ["PowerShell", readExample]]);
if (succeeded) console.log(`\n${session}`);
process.exitCode = succeeded ? 0 : 1;
