// Knows: how to run Windows programs under Wine from a script.
// Knowledge comes from trials with Wine 8.0 (Debian 12): services that a call starts inherit its output and keep a pipe open
// for as long as they run, so output goes to files; a time limit ends only the program that was started, so the prefix is
// shut down after it; .NET's default of making code pages writable and executable in turn crashes it.

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { findProgram } from "../../build/powershell.mjs";
import { cached } from "../../build/tools/cache.mjs";
import { root } from "../../build/tools/paths.mjs";

export const wine = findProgram("wine");
export const prefix = cached("wine", "prefix");

const environment = {
  DISPLAY: "",
  DOTNET_EnableWriteXorExecute: "0",
  DOTNET_TieredPGO: "0",
  DOTNET_gcConcurrent: "0",
  NO_COLOR: "1",
  POWERSHELL_TELEMETRY_OPTOUT: "1",
  POWERSHELL_UPDATECHECK: "Off",
  WINEDEBUG: "-all",
  WINEPREFIX: prefix,
};

/** A path of this machine as Windows programs under Wine see it. */
export const windowsPath = (file) => `Z:${file.replaceAll("/", "\\")}`;

const start = (file, args, { stdio, env, timeoutMs }) =>
  new Promise((resolve, reject) => {
    const options = { cwd: root, env: { ...process.env, ...environment, ...env }, stdio, timeout: timeoutMs };
    spawn(file, args, { ...options, killSignal: "SIGKILL" })
      .once("error", reject)
      .once("exit", resolve);
  });

/** Ends all that runs in the prefix. */
export const stopWine = () => start(findProgram("wineserver"), ["--kill"], { stdio: "ignore" });

let runs = 0;

/**
 * Runs a Windows program in the root of the checkout. Resolves to { code, stdout, stderr } with the streams as bytes;
 * `code` is null where the time limit ended it.
 */
export const runUnderWine = async (args, { env = {}, timeoutMs = 120_000 } = {}) => {
  mkdirSync(cached("wine", "output"), { recursive: true });
  const name = path.join(cached("wine", "output"), `${process.pid}-${++runs}`);
  const files = [`${name}.out`, `${name}.err`];
  const descriptors = files.map((file) => openSync(file, "w"));
  const code = await start(wine, args, { stdio: ["ignore", ...descriptors], env, timeoutMs });
  for (const descriptor of descriptors) closeSync(descriptor);
  if (code === null) await stopWine();
  const [stdout, stderr] = files.map((file) => readFileSync(file));
  for (const file of files) rmSync(file);
  return { code, stdout, stderr };
};
