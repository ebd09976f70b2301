// Knows: the Node binaries that the executables are made of (build/runtime, apart from the root, because npm refuses
// packages of a foreign platform there).

import { existsSync, readFileSync } from "node:fs";
import { at } from "./paths.mjs";

const { dependencies } = JSON.parse(readFileSync(at("build", "runtime", "package.json"), "utf8"));

/** Runtime identifiers as .NET and this module's folders call them: linux-x64, win-x64. */
export const targets = Object.keys(dependencies).map((name) => name.replace("node-", ""));

export const nodeVersion = dependencies[`node-${targets[0]}`];

export const isWindows = (target) => target.startsWith("win-");

export const hostTarget = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

export const nodeBinary = (target) =>
  at("build", "runtime", "node_modules", `node-${target}`, "bin", isWindows(target) ? "node.exe" : "node");

/** The pinned Node where this machine can run it, else the one that runs this script. */
export const pinnedNode = () => (existsSync(nodeBinary(hostTarget)) ? nodeBinary(hostTarget) : process.execPath);
