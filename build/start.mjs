// Knows: the way from a fresh clone to a verdict: install, build, write examples of a capture and a trace, read them in PowerShell.

import { mkdirSync } from "node:fs";
import { buildSteps } from "./build.mjs";
import { runPowershell } from "./powershell.mjs";
import { cached } from "./tools/cache.mjs";
import { at } from "./tools/paths.mjs";
import { mustRun } from "./tools/run.mjs";
import { pinnedNode } from "./tools/runtime.mjs";
import { runChain } from "./tools/steps.mjs";

const examples = cached("example");

/** The writer is TypeScript, which the Node that runs this script may not be able to run. */
const writeExamples = async () => {
  mkdirSync(examples, { recursive: true });
  await mustRun(pinnedNode(), [at("tests", "builders", "example.ts"), examples]);
};

let session = "";

const readExamples = async () => {
  const { code, output } = await runPowershell(at("build", "Show-Example.ps1"), ["-Folder", examples]);
  if (code !== 0) throw new Error(output);
  session = output.trimEnd();
};

const succeeded = await runChain([...buildSteps, ["examples", writeExamples], ["PowerShell", readExamples]]);
if (succeeded) console.log(`\n${session}`);
process.exitCode = succeeded ? 0 : 1;
