// Knows: build/.cache/, where everything lies that can be made again, and the stamps that say what it was made of.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  if (!existsSync(output)) throw new Error(`${name} was made and left no ${output}`);
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

/** Path where a program is to leave its result as JSON; of this process alone, since several runs may share a checkout. */
export const resultFile = (name) => {
  const file = cached("results", `${process.pid}-${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
};

/** The result that a program left, which is removed; undefined where it left none. */
export const takeResult = (file) => {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  rmSync(file);
  return JSON.parse(text);
};
