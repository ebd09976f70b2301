// Knows: how fast the executable is and how much memory it takes, as ratios within one run: absolute times mean little on
// a machine that others use too. Usage: npm run bench [-- PART...] [--keep]; parts are traces and captures, all if none is
// named; --keep leaves the traces, about 5 GB, for the next run.

import { rmSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { benchCaptures } from "./bench/captures.mjs";
import { ROUNDS } from "./bench/race.mjs";
import { benchTraces } from "./bench/traces.mjs";
import { at } from "./tools/paths.mjs";

const PARTS = { captures: benchCaptures, traces: benchTraces };

const words = process.argv.slice(2);
const named = words.filter((word) => !word.startsWith("--"));
const unknown = named.find((word) => !(word in PARTS));
if (unknown !== undefined) throw new Error(`there is no part ${unknown}: give ${Object.keys(PARTS).join(" or ")}`);

console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${platform()}-${arch()}; ${ROUNDS} rounds`);
for (const [name, bench] of Object.entries(PARTS)) if (named.length === 0 || named.includes(name)) await bench();
if (!words.includes("--keep")) rmSync(at("build", ".cache", "bench"), { recursive: true });
