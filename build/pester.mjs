// Knows: where Pester comes from (NuGet, a pinned version under build/.cache) and how its result comes back: as a file,
// since the exit code of a PowerShell that died early says nothing.

import { existsSync } from "node:fs";
import { dotnet, runPowershell } from "./powershell.mjs";
import { cached, resultFile, takeResult } from "./tools/cache.mjs";
import { at } from "./tools/paths.mjs";

const pesterVersion = "6.2.0";
const packages = cached("nuget");

/** Path of Pester's manifest, after fetching it where it is missing. */
export const installPester = async () => {
  const manifest = cached("nuget", "pester", pesterVersion, "tools", "Pester.psd1");
  if (!existsSync(manifest)) {
    const intermediate = `-p:BaseIntermediateOutputPath=${cached("pester-restore")}/`;
    const project = at("build", "dotnet", "pester.csproj");
    await dotnet("restore", project, "--packages", packages, `-p:PesterVersion=${pesterVersion}`, intermediate);
  }
  return manifest;
};

/**
 * Runs the Pester files in `folders` and resolves to { passed, failed, skipped, output }. `runScript` starts another
 * PowerShell than that of this machine, which may see paths in another way, `pathFor`.
 */
export const runPester = async (folders, { runScript = runPowershell, pathFor = (file) => file } = {}) => {
  const manifest = await installPester();
  const file = resultFile("pester");
  const paths = folders.map(pathFor).join(";");
  const args = ["-PesterManifest", pathFor(manifest), "-ResultFile", pathFor(file), "-Path", paths];
  const script = pathFor(at("build", "tools", "Invoke-PesterRun.ps1"));
  const { output } = await runScript(script, args, { env: { NO_COLOR: "1" }, timeoutMs: 900_000 });
  const counts = takeResult(file) ?? { passed: 0, failed: 1, skipped: 0 };
  return { ...counts, output };
};
