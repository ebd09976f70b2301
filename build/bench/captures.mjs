// Knows: the part of the benchmark about captures: from the zip of a server with a million handles and 100,000 rows to the
// verdict, beside a bare Node that only reads and unpacks it.

import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { at } from "../tools/paths.mjs";
import { executableFor } from "../tools/products.mjs";
import { mustRun } from "../tools/run.mjs";
import { hostTarget, pinnedNode } from "../tools/runtime.mjs";
import { race, row } from "./race.mjs";

/** Wanted of a capture of this size. */
const LIMIT_MS = 600;
const LIMIT_MIB = 286;

const busyServer = async () => {
  const file = at("build", ".cache", "bench", "busy-server.zip");
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) await mustRun(pinnedNode(), [at("tests", "builders", "capture", "busy-server.ts"), file]);
  return file;
};

/** Prints the table. */
export const benchCaptures = async () => {
  const file = await busyServer();
  const { start, unpack, capture } = await race({
    start: [pinnedNode(), ["-e", "0"]],
    unpack: [pinnedNode(), [at("build/bench/unpack-only.mjs"), file]],
    capture: [executableFor(hostTarget), ["capture", file]],
  });
  row(`capture, ${(statSync(file).size / 1e6).toFixed(1)} MB zip, best run`, "ms", "peak MiB", "x unpacking");
  const work = { unpack: unpack.ms - start.ms, capture: capture.ms - start.ms };
  row("just reading and unpacking", work.unpack.toFixed(0), unpack.peakMiB.toFixed(0), "1.00");
  row(
    "capture: to the verdict",
    work.capture.toFixed(0),
    capture.peakMiB.toFixed(0),
    (work.capture / work.unpack).toFixed(2),
  );
  row("with the start of the program", capture.ms.toFixed(0));
  row("wanted at most", String(LIMIT_MS), String(LIMIT_MIB));
};
