// Runs `capture` in this process, on captures that builders made or on loose files, and finds in its output what tests ask for.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCapture } from "../../../engine/cli/capture.ts";
import type { AfdOwner, CaptureReport, PortOwner, PortPool } from "../../../engine/generated/records.ts";
import { type Capture, zipOf } from "../../builders/capture/capture-files.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import type { Machine, Protocol } from "../../builders/capture/machine.ts";
import { withFolder } from "./files.ts";
import { batchesOf, onlyOf, type Run, run } from "./run.ts";

export const runCaptureFiles = (files: readonly string[]): Run =>
  run((output) => runCapture(output, { files: [...files] }));

/** Bytes under names, as files of a folder of their own, given to the engine in their order. */
export const runLoose = (files: ReadonlyMap<string, Uint8Array>): Run =>
  withFolder((folder) => {
    const paths = [...files].map(([name, bytes]) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    });
    return runCaptureFiles(paths);
  });

export const runZip = (bytes: Uint8Array): Run => runLoose(new Map([["snapshot.zip", bytes]]));

export const runOf = (capture: Capture): Run => runZip(zipOf(capture));

export const runMachine = (box: Machine): Run => runOf(captureOf(box));

export const captureReport = (run: Run): CaptureReport => onlyOf(run, "capture-report");

export const portOwners = ({ records }: Run): readonly PortOwner[] =>
  batchesOf(records, "port-owner").flatMap(({ rows }) => rows);

export const afdOwners = ({ records }: Run): readonly AfdOwner[] =>
  batchesOf(records, "afd-owner").flatMap(({ rows }) => rows);

/** The one pool of a protocol; families that differ have two. */
export const poolOf = (run: Run, protocol: Protocol): PortPool => {
  const [pool, ...others] = captureReport(run).pools.filter((each) => each.protocol === protocol);
  if (pool === undefined || others.length > 0) throw new Error(`${others.length} more pools of ${protocol}`);
  return pool;
};
