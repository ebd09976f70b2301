// Knows: how to run the TypeScript compiler, which only checks here: esbuild, swc and Node strip the types themselves.

import { at } from "./tools/paths.mjs";
import { runNode } from "./tools/run.mjs";

export const typecheck = async () => {
  const compiler = at("node_modules", "typescript", "bin", "tsc");
  const { code, output } = await runNode(compiler, ["--project", at("tsconfig.json"), "--pretty", "false"]);
  if (code !== 0) throw new Error(output);
};
