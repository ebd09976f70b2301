// Knows: build/.cache/, where everything lies that can be made again, and the stamps that say what it was made of.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { at } from "./paths.mjs";

export const cached = (...parts) => at("build", ".cache", ...parts);

/** Hash over texts and buffers, each told apart from its neighbours. */
export const fingerprint = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
};

/** Runs `make` unless `output` exists and was made of the same `print`. Resolves to whether it ran. */
export const makeOnce = async (name, output, print, make) => {
  const stamp = cached("stamps", name);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, "utf8") === print) return false;
  await make();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
  return true;
};

/** Leaves a file alone that is as it should be, so that whoever watches or reads it is not disturbed. */
export const writeIfChanged = (file, text) => {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
