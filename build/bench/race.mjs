// Knows: how to run programs against each other and measure them: time, time to the first output, peak memory.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../tools/paths.mjs";

export const ROUNDS = 7;
const MEMORY_POLL_MS = 5;

/** Highest resident memory of a running process in MiB, 0 where the system does not say. */
const peakMemoryOf = (pid) => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Runs a program to its end; seconds, time to its first output, and peak memory. */
const run = (file, args) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let firstOutput = 0;
    let peakMiB = 0;
    const poll = setInterval(() => {
      peakMiB = Math.max(peakMiB, peakMemoryOf(child.pid));
    }, MEMORY_POLL_MS);
    child.stdout.on("data", () => {
      firstOutput ||= performance.now() - started;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(poll);
      if (code !== 0) reject(new Error(`${path.basename(file)} ${args.join(" ")}: exit ${code}`));
      else resolve({ ms: performance.now() - started, firstOutput, peakMiB });
    });
  });

/**
 * Runs every program once a round, so that a noisy moment hits all of them. The shortest run of each is the least
 * disturbed one; memory is the largest.
 */
export const race = async (programs) => {
  const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, [file, args]] of Object.entries(programs)) runs[name].push(await run(file, args));
  }
  const least = (name, of) => Math.min(...runs[name].map(of));
  return Object.fromEntries(
    Object.keys(programs).map((name) => [
      name,
      {
        ms: least(name, ({ ms }) => ms),
        firstOutput: least(name, ({ firstOutput }) => firstOutput),
        peakMiB: Math.max(...runs[name].map(({ peakMiB }) => peakMiB)),
      },
    ]),
  );
};

/** A line of a table: a title, then numbers. */
export const row = (...cells) =>
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(14))).join(""));
