// Knows: which PowerShell runs here: an installed pwsh, on Windows also Windows PowerShell, else PowerShell 7 as a .NET tool
// of a pinned version under build/.cache.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { cached } from "./tools/cache.mjs";
import { mustRun, run } from "./tools/run.mjs";

export const powershellVersion = "7.6.9";

const environment = {
  DOTNET_CLI_TELEMETRY_OPTOUT: "1",
  DOTNET_NOLOGO: "1",
  POWERSHELL_TELEMETRY_OPTOUT: "1",
  POWERSHELL_UPDATECHECK: "Off",
};

/** Full path of a program on PATH, or undefined. */
export const findProgram = (name) => {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, file))
    .find((candidate) => existsSync(candidate));
};

export const dotnet = async (...args) => {
  const program = findProgram("dotnet");
  if (program === undefined) throw new Error("The .NET SDK is needed for this and `dotnet` is not on PATH.");
  return mustRun(program, args, { env: environment });
};

const toolFolder = cached(`powershell-${powershellVersion}`);

/** Installs the .NET tool where it is missing. Resolves to the folder with PowerShell's assemblies for all systems. */
export const installPowershellTool = async () => {
  const versionFolder = path.join(toolFolder, ".store", "powershell", powershellVersion);
  if (!existsSync(versionFolder)) {
    await dotnet("tool", "install", "PowerShell", "--version", powershellVersion, "--tool-path", toolFolder);
  }
  const tools = path.join(versionFolder, "powershell", powershellVersion, "tools");
  const [framework] = readdirSync(tools);
  return path.join(tools, framework, "any");
};

const findPowershell = async () => {
  const installed = findProgram("pwsh") ?? (process.platform === "win32" ? findProgram("powershell") : undefined);
  if (installed !== undefined) return installed;
  await installPowershellTool();
  return path.join(toolFolder, process.platform === "win32" ? "pwsh.exe" : "pwsh");
};

/** Runs a script file in PowerShell; options and result as for `run`. */
export const runPowershell = async (script, args, options = {}) => {
  const policy = process.platform === "win32" ? ["-ExecutionPolicy", "Bypass"] : [];
  const line = ["-NoProfile", "-NonInteractive", ...policy, "-File", script, ...args];
  return run(await findPowershell(), line, { ...options, env: { ...environment, ...options.env } });
};
