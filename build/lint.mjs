// Knows: how to run biome with the rules of build/lint.json; warnings are findings like others.

import { at } from "./tools/paths.mjs";
import { runNode } from "./tools/run.mjs";

export const lint = async () => {
  const biome = at("node_modules", "@biomejs", "biome", "bin", "biome");
  const config = at("build", "lint.json");
  const args = ["lint", `--config-path=${config}`, "--error-on-warnings", "--colors=off", "engine", "tests", "build"];
  const { code, output } = await runNode(biome, args);
  if (code !== 0) throw new Error(output);
};
