// Knows: how the engine becomes one CommonJS file, which is what a single executable can hold and any Node from 20 on can run.

import { readFileSync } from "node:fs";
import { build, formatMessages } from "esbuild";
import { at, isMain, root } from "./tools/paths.mjs";

export const bundleFile = at("module", "bin", "portexhaustion-engine.cjs");

/** Bundles an engine entry; the version comes from package.json, the one place where it stands. */
export const bundle = async ({ entry = at("engine", "cli", "main.ts"), outfile = bundleFile } = {}) => {
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const { warnings } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    define: { __ENGINE_VERSION__: JSON.stringify(version) },
    legalComments: "none",
    logLevel: "silent",
  });
  // What esbuild only warns of, as an import.meta that CommonJS does not have, fails when the engine runs.
  if (warnings.length > 0) throw new Error((await formatMessages(warnings, { kind: "warning" })).join(""));
};

if (isMain(import.meta.url)) await bundle();
