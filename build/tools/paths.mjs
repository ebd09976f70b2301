// Knows: where this checkout lies, so that every script works from any current folder.

import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Absolute path of something in the checkout. */
export const at = (...parts) => path.join(root, ...parts);

/** True where `url` is the module that node was started with, so that a module can also be a command. */
export const isMain = (url) => process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);
