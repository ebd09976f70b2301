// Knows: the part of the benchmark about traces: the whole analysis of 1 GiB as a multiple of reading it and of a bare walk,
// and of 4 GiB for its memory.

import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { at } from "../tools/paths.mjs";
import { executableFor } from "../tools/products.mjs";
import { hostTarget, pinnedNode } from "../tools/runtime.mjs";
import { makeTrace } from "./make-trace.mjs";
import { race, row } from "./race.mjs";

const GIB = 1 << 30;

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

/** Prints the table. */
export const benchTraces = async () => {
  const node = pinnedNode();
  const engine = executableFor(hostTarget);
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
};
