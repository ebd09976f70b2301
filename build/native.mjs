// Knows: how to see that the C# of module/native compiles on both editions of PowerShell, without either: the compiler of the
// .NET SDK with C# 5 (all that Add-Type of Windows PowerShell 5.1 understands) against reference assemblies of .NET Framework
// 4.7.2, and against .NET. All files as one text, as Add-Type gets them.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dotnet } from "./powershell.mjs";
import { cached, fingerprint, makeOnce } from "./tools/cache.mjs";
import { at } from "./tools/paths.mjs";

const project = at("build", "dotnet", "native.csproj");
const folder = cached("native");
const assembly = path.join(folder, "out", "Release", "net472", "native.dll");

const sources = readdirSync(at("module", "native"))
  .filter((name) => name.endsWith(".cs"))
  .map((name) => at("module", "native", name));

/** What is no ASCII: Windows PowerShell 5.1 reads a file without a byte order mark in the code page of the machine. */
const strangeLines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => (/[^\x20-\x7e]/.test(line) ? [`${path.basename(file)}:${index + 1}: not ASCII`] : []));

const compile = (file) =>
  dotnet(
    ...["build", project, "--configuration", "Release", "--verbosity", "quiet", `-p:NativeSources=${file}`],
    ...[`-p:BaseIntermediateOutputPath=${folder}/obj/`, `-p:BaseOutputPath=${folder}/out/`],
  );

const check = async () => {
  const findings = sources.flatMap(strangeLines);
  if (findings.length > 0) throw new Error(findings.join("\n"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const joined = path.join(folder, "joined.cs");
  writeFileSync(joined, sources.map((file) => readFileSync(file, "utf8")).join("\n"));
  await compile(joined);
};

/** Compiles the sources where they have changed. Resolves to a note; throws with the compiler's output. */
export const checkNative = async () => {
  const made = readFileSync(at("build", "native.mjs"));
  const print = fingerprint(made, readFileSync(project), ...sources.map((file) => readFileSync(file)));
  return (await makeOnce("native-code", assembly, print, check)) ? "compiled" : "up to date";
};
