// Knows: how the engine becomes one CommonJS file, which is what a single executable can hold and any Node from 20 on can run.

import { build, formatMessages } from "esbuild";
import { at, root } from "./tools/paths.mjs";
import { bundleFile } from "./tools/products.mjs";

export const bundle = async () => {
  const { warnings } = await build({
    absWorkingDir: root,
    entryPoints: [at("engine", "cli", "main.ts")],
    outfile: bundleFile,
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
