// Knows: which PowerShell files are checked, and that this happens in a PowerShell.

import { runPowershell } from "./powershell.mjs";
import { at } from "./tools/paths.mjs";

const checked = ["PortExhaustion.psd1", "module", "build/*.ps1", "build/tools", "tests"];

export const lintPowershell = async () => {
  const { code, output } = await runPowershell(at("build", "lint-powershell.ps1"), ["-Path", checked.join(";")]);
  if (code !== 0) throw new Error(output);
};
