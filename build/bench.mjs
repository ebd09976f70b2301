// Knows: how fast the executable is and how much memory it takes, as ratios within one run: absolute times mean little on
// a machine that others use too. Usage: npm run bench [-- --keep] (keeps the traces, about 5 GB, for the next run).

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import path from "node:path";
import { makeTrace } from "./bench/make-trace.mjs";
import { at, root } from "./tools/paths.mjs";
import { executableFor } from "./tools/products.mjs";
import { hostTarget, pinnedNode } from "./tools/runtime.mjs";

const GIB = 1 << 30;
const ROUNDS = 7;
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
const race = async (programs) => {
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

const traceOf = (name, sizeBytes) => {
  const file = at("build", ".cache", "bench", name);
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file) || Math.abs(statSync(file).size - sizeBytes) > sizeBytes / 10) {
    const { records, afd, tcpip } = makeTrace(file, sizeBytes);
    console.log(
      `${name}: ${records} records, ${((afd / records) * 100).toFixed(1)} % AFD, ${((tcpip / records) * 100).toFixed(1)} % TCPIP`,
    );
  }
  return file;
};

const row = (...cells) =>
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(14))).join(""));

const megabytesPerSecond = (sizeBytes, ms) => sizeBytes / 1e6 / (ms / 1000);

const report = (sizeBytes, results) => {
  const { start, read, walk, trace } = results;
  // Starting Node is the same for all of them and no part of the work.
  const work = Object.fromEntries(Object.entries({ read, walk, trace }).map(([name, { ms }]) => [name, ms - start.ms]));
  row("1 GiB, file cached, best run", "ms", "MB/s", "peak MiB", "x walk");
  for (const [name, title] of [
    ["read", "(a) just reading"],
    ["walk", "(b) bare walk"],
    ["trace", "trace: full analysis"],
  ]) {
    row(
      title,
      work[name].toFixed(0),
      megabytesPerSecond(sizeBytes, work[name]).toFixed(0),
      results[name].peakMiB.toFixed(0),
      (work[name] / work.walk).toFixed(2),
    );
  }
  row("trace as a multiple of reading", (work.trace / work.read).toFixed(2));
};

const main = async () => {
  const node = pinnedNode();
  const engine = executableFor(hostTarget);
  console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${platform()}-${arch()}; ${ROUNDS} rounds`);
  const small = traceOf("1gib.etl", GIB);
  const results = await race({
    start: [node, ["-e", "0"]],
    read: [node, [at("build/bench/read-only.mjs"), small]],
    walk: [node, [at("build/bench/bare-walk.mjs"), small]],
    trace: [engine, ["trace", small]],
  });
  report(statSync(small).size, results);
  row("start to hello minus bare node, ms", (results.trace.firstOutput - results.start.ms).toFixed(0));
  const large = traceOf("4gib.etl", 4 * GIB);
  const { trace } = await race({ trace: [engine, ["trace", large]] });
  row(
    "4 GiB: trace",
    trace.ms.toFixed(0),
    megabytesPerSecond(statSync(large).size, trace.ms - results.start.ms).toFixed(0),
    trace.peakMiB.toFixed(0),
  );
  if (!process.argv.includes("--keep")) rmSync(at("build", ".cache", "bench"), { recursive: true });
};

await main();
