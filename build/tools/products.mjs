// Knows: where the build leaves what the module starts (module/private/engine/Get-EnginePath.ps1 looks there).

import { at } from "./paths.mjs";
import { isWindows } from "./runtime.mjs";

/** For machines that have a Node of their own and no executable made for them. */
export const bundleFile = at("module", "bin", "portexhaustion-engine.cjs");

/** Path of the executable for a target, whether or not it was built. */
export const executableFor = (target) =>
  at("module", "bin", target, isWindows(target) ? "portexhaustion-engine.exe" : "portexhaustion-engine");
