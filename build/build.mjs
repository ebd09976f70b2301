// Knows: in which order the engine is made. The steps after the first need packages and are loaded when they run.

import { install } from "./install.mjs";
import { isMain } from "./tools/paths.mjs";
import { runChain } from "./tools/steps.mjs";

const generate = async () => (await import("./schemas.mjs")).generate();
const typecheck = async () => (await import("./typecheck.mjs")).typecheck();
const bundle = async () => (await import("./bundle.mjs")).bundle();
const makeExecutables = async () => (await import("./executables.mjs")).makeExecutables();

const upToDateUnless = (changed) => changed || "up to date";

/** [name, step] in order. */
export const buildSteps = [
  ["packages", async () => upToDateUnless((await install()) && "installed")],
  ["types, validators", generate],
  ["type check", typecheck],
  ["bundle", bundle],
  ["executables", async () => upToDateUnless((await makeExecutables()).join(", "))],
];

if (isMain(import.meta.url)) process.exitCode = (await runChain(buildSteps)) ? 0 : 1;
