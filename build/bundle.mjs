// Knows: how the engine becomes one CommonJS file, which is what a single executable can hold and any Node from 20 on can run.

import { build, formatMessages } from "esbuild";
import { at, isMain, root } from "./tools/paths.mjs";

export const bundleFile = at("module", "bin", "portexhaustion-engine.cjs");

/** Bundles an engine entry. */
export const bundle = async ({ entry = at("engine", "cli", "main.ts"), outfile = bundleFile } = {}) => {
  const { warnings } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    legalComments: "none",
    logLevel: "silent",
  });
  // What esbuild only warns of, as an import.meta that CommonJS does not have, fails when the engine runs.
  if (warnings.length > 0) throw new Error((await formatMessages(warnings, { kind: "warning" })).join(""));
};

if (isMain(import.meta.url)) await bundle();
