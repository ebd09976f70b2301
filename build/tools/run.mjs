// Knows: how scripts start other programs: no shell, no standard input, output kept and shown only where it matters.

import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/**
 * Runs a program to its end and resolves to { code, stdout, output }; `output` is what it printed on both streams, in
 * order. `code` is null where a signal ended it, as after `timeoutMs`. Rejects only where the program cannot be started.
 */
export const run = (file, args, { cwd = root, env = {}, timeoutMs, shell = false } = {}) =>
  new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", "pipe"];
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, timeout: timeoutMs, shell, stdio });
    const printed = [];
    const all = [];
    child.stdout.on("data", (chunk) => printed.push(chunk) && all.push(chunk));
    child.stderr.on("data", (chunk) => all.push(chunk));
    const text = (chunks) => Buffer.concat(chunks).toString("utf8");
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: text(printed), output: text(all) }));
  });

/** As `run`, for programs that have to succeed: throws an error that holds their output. */
export const mustRun = async (file, args, options) => {
  const { code, output } = await run(file, args, options);
  if (code !== 0) throw new Error(`${[file, ...args].join(" ")} ended with ${code ?? "a signal"}\n${output}`);
  return output;
};

/** Runs a JavaScript file with the Node that runs this script. */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);
