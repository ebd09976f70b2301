// Knows: how to tell whether node_modules holds what the lock file says, in the root and in build/runtime.
// Knowledge comes from: npm, which writes node_modules/.package-lock.json for what it has installed.
// Imports nothing but Node's own modules, since it runs before there are others.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { at } from "./tools/paths.mjs";
import { mustRun } from "./tools/run.mjs";

const readPackages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {});

/** True where all that is locked is there in its locked version; optional packages are those of other platforms. */
const isInstalled = (folder) => {
  const { "": _self, ...wanted } = readPackages(path.join(folder, "package-lock.json"));
  const present = readPackages(path.join(folder, "node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(([name, { version, optional = false }]) =>
    present[name] === undefined ? optional : present[name].version === version,
  );
};

const npmCi = (folder) => {
  const npmScript = process.env.npm_execpath;
  if (npmScript?.endsWith(".js")) return mustRun(process.execPath, [npmScript, "ci"], { cwd: folder });
  // npm is a batch file on Windows, which only a shell can start.
  return mustRun("npm", ["ci"], { cwd: folder, shell: process.platform === "win32" });
};

/** Installs what is missing. Resolves to whether there was anything to do. */
export const install = async () => {
  const missing = [at(), at("build", "runtime")].filter((folder) => !isInstalled(folder));
  for (const folder of missing) await npmCi(folder);
  return missing.length > 0;
};
