// Knows: the two forms in which the engine is shipped, how to run them, and what every run owes its reader.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { root } from "../../build/tools/paths.mjs";
import { bundleFile, executableFor } from "../../build/tools/products.mjs";
import { hostTarget } from "../../build/tools/runtime.mjs";
import { problemsOf } from "../engine/support/run.ts";

const built = (file) => {
  if (existsSync(file)) return file;
  throw new Error(`${file} is missing: run \`npm run build\` before these tests (\`npm test\` does so by itself).`);
};

/** Name, program, and the arguments in front of the engine's own. */
export const engines = [
  ["executable", built(executableFor(hostTarget)), []],
  ["bundle", process.execPath, [built(bundleFile)]],
];

export const [executable, bundle] = engines;

const TIMEOUT_MS = 60_000;

/** Runs an engine to its end: exit code, standard output and standard error. Paths of arguments are relative to the checkout. */
export const runEngine = ([, program, prefix], args, options = {}) => {
  const given = { cwd: root, maxBuffer: 1 << 28, timeout: TIMEOUT_MS, ...options };
  const { status, stdout, stderr, error } = spawnSync(program, [...prefix, ...args], given);
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr: stderr.toString("utf8") };
};

/** Records of a run, after a check of the bytes: ASCII, lines that end, each one a record of the contract. */
export const recordsOf = (stdout) => {
  const text = stdout.toString("latin1");
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line does not end");
  const lines = text.split("\n").slice(0, -1);
  const problems = lines.flatMap(problemsOf);
  if (problems.length > 0) throw new Error(problems.slice(0, 5).join("; "));
  return lines.map((line) => JSON.parse(line));
};
