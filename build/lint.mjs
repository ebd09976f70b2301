// Knows: how to run biome with the rules of build/lint.json; warnings and unformatted files are findings like others.

import { at } from "./tools/paths.mjs";
import { runNode } from "./tools/run.mjs";

const biome = async (command, ...options) => {
  const program = at("node_modules", "@biomejs", "biome", "bin", "biome");
  const shared = [`--config-path=${at("build", "lint.json")}`, "--colors=off", "engine", "tests", "build"];
  const { code, output } = await runNode(program, [command, ...options, ...shared]);
  if (code !== 0) throw new Error(output);
};

export const lint = async () => {
  await biome("lint", "--error-on-warnings");
  await biome("format");
};
