// Knows: how to make a PowerShell for Windows that runs under Wine, below build/.cache/wine.
// Knowledge comes from trials: the .NET tool package holds PowerShell's assemblies for Windows, but no runtime; an empty
// program published for Windows brings that. The host loads only what a deps.json names, and without one takes its
// arguments for a dotnet command.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dotnet, findProgram, installPowershellTool, powershellVersion } from "../../build/powershell.mjs";
import { cached, fingerprint, makeOnce } from "../../build/tools/cache.mjs";
import { at } from "../../build/tools/paths.mjs";
import { mustRun } from "../../build/tools/run.mjs";
import { prefix, runUnderWine, stopWine } from "./wine.mjs";

const here = (...parts) => at("tests", "wine", ...parts);
const recipe = () => readFileSync(here("setup.mjs"));
const base = cached("wine", "base");
const folder = cached("wine", "powershell");

export const windowsPowershell = path.join(folder, "pwsh.exe");
export const winrun = cached("wine", "winrun.exe");
/** tests/wine/Holder.ps1 starts it. */
const hold = cached("wine", "hold.exe");

const publishBase = () =>
  dotnet(
    ...["publish", here("pwsh", "pwsh.csproj"), "--configuration", "Release", "--output", base],
    ...[
      "--verbosity",
      "quiet",
      `-p:BaseIntermediateOutputPath=${cached("wine", "obj")}/`,
      `-p:BaseOutputPath=${cached("wine", "out")}/`,
    ],
  );

/** What the package has of its own start, which the published program replaces. */
const isStart = (name) => /^(pwsh\.(exe|deps\.json|runtimeconfig\.json)|runtimes|.*GlobalTool\.Shim.*)$/i.test(name);

const copyFiles = (from, options) => {
  for (const name of readdirSync(from)) cpSync(path.join(from, name), path.join(folder, name), options);
};

/** Folders below `runtimes` that hold assemblies of Windows: lib/<framework> and native. */
const windowsFolders = (runtimes) =>
  ["win", "win-x64"].flatMap((system) => {
    const libraries = path.join(runtimes, system, "lib");
    const native = path.join(runtimes, system, "native");
    const frameworks = existsSync(libraries) ? readdirSync(libraries).map((name) => path.join(libraries, name)) : [];
    return existsSync(native) ? [...frameworks, native] : frameworks;
  });

const layAssemblies = (assemblies) => {
  copyFiles(base, { recursive: true });
  rmSync(path.join(folder, "pwsh.dll"));
  for (const name of readdirSync(assemblies).filter((file) => !isStart(file))) {
    // The runtime's own assemblies are the newer ones.
    cpSync(path.join(assemblies, name), path.join(folder, name), { recursive: true, force: false });
  }
  for (const from of windowsFolders(path.join(assemblies, "runtimes"))) copyFiles(from, {});
  // Wine has no WMI: Get-CimInstance, which Pester would call, hangs instead of failing.
  rmSync(path.join(folder, "Modules", "CimCmdlets"), { recursive: true, force: true });
};

/** A managed assembly has a CLI header: the fifteenth data directory of its PE image. */
const isManaged = (file) => {
  const image = readFileSync(file);
  const optionalHeader = image.readUInt32LE(0x3c) + 24;
  const isPlus = image.readUInt16LE(optionalHeader) === 0x20b;
  return image.readUInt32LE(optionalHeader + (isPlus ? 112 : 96) + 14 * 8) !== 0;
};

/** The published program's deps.json, with every other dll of the folder as part of the program. */
const writeDependencies = () => {
  const dependencies = JSON.parse(readFileSync(path.join(base, "pwsh.deps.json"), "utf8"));
  const libraries = Object.entries(dependencies.targets[dependencies.runtimeTarget.name]);
  const [, runtime] = libraries.find(([name]) => name.startsWith("runtimepack."));
  const [, program] = libraries.find(([name]) => name.startsWith("pwsh/"));
  const others = readdirSync(folder).filter(
    (name) => name.endsWith(".dll") && !(name in runtime.runtime) && !(name in runtime.native),
  );
  const named = (managed) =>
    Object.fromEntries(
      others.filter((name) => isManaged(path.join(folder, name)) === managed).map((name) => [name, {}]),
    );
  program.runtime = named(true);
  program.native = named(false);
  writeFileSync(path.join(folder, "pwsh.deps.json"), JSON.stringify(dependencies, null, 1));
};

const makePowershell = async () => {
  for (const made of [base, folder]) rmSync(made, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [packageFolder] = await Promise.all([installPowershellTool(), publishBase()]);
  layAssemblies(path.join(packageFolder, "win"));
  writeDependencies();
};

const compileProgram = async (program, source, ...options) => {
  const compiler = findProgram("x86_64-w64-mingw32-gcc");
  if (compiler === undefined)
    throw new Error(
      "The compiler of Debian's package gcc-mingw-w64-x86-64 is needed for programs that run under Wine.",
    );
  await mustRun(compiler, ["-O1", "-s", "-Wall", "-Werror", "-o", program, source, ...options]);
};

const makeProgram = (name, program, ...options) => {
  const source = here(`${name}.c`);
  return makeOnce(`wine-${name}`, program, fingerprint(readFileSync(source), recipe()), () =>
    compileProgram(program, source, ...options),
  );
};

const makePrefix = async () => {
  rmSync(prefix, { recursive: true, force: true });
  // Without mscoree Wine does not ask for Mono; but it must be there when .NET runs.
  const env = { WINEDLLOVERRIDES: "mscoree,mshtml=" };
  await runUnderWine(["wineboot", "--init"], { env });
  // Node refuses anything older.
  await runUnderWine(["winecfg", "-v", "win10"], { env });
  await stopWine();
};

/** Makes what is missing. Resolves to whether there was anything to do. */
export const setUpWine = async () => {
  const project = readFileSync(here("pwsh", "pwsh.csproj"));
  mkdirSync(cached("wine"), { recursive: true });
  const made = [
    await makeOnce(
      "wine-powershell",
      windowsPowershell,
      fingerprint(powershellVersion, project, recipe()),
      makePowershell,
    ),
    await makeProgram("winrun", winrun, "-municode"),
    await makeProgram("hold", hold, "-lws2_32"),
    await makeOnce("wine-prefix", path.join(prefix, "system.reg"), fingerprint(recipe()), makePrefix),
  ];
  return made.includes(true);
};
