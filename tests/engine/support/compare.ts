// Runs `compare` and `growth` in this process, on captures that builders made, and finds in the output what tests ask for.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCompare } from "../../../engine/cli/compare.ts";
import { runGrowth } from "../../../engine/cli/growth.ts";
import type { Comparison, PortChange, PortGrowth } from "../../../engine/generated/records.ts";
import { type Capture, zipOf } from "../../builders/capture/capture-files.ts";
import { withFolder } from "./files.ts";
import { batchesOf, onlyOf, type Run, run } from "./run.ts";

type Files = ReadonlyMap<string, Uint8Array>;
type Command = (
  output: Parameters<Parameters<typeof run>[0]>[0],
  options: { readonly files: readonly string[] },
) => void;

const runOn = (command: Command, given: Files): Run =>
  withFolder((folder) => {
    const files = [...given].map(([name, bytes]) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    });
    return run((output) => command(output, { files }));
  });

export const compareFiles = (files: Files): Run => runOn(runCompare, files);

/** Given in this order, as 0.zip, 1.zip and so on. */
export const compareCaptures = (captures: readonly Capture[]): Run =>
  compareFiles(new Map(captures.map((capture, index) => [`${index}.zip`, zipOf(capture)])));

export const runHistories = (files: Files): Run => runOn(runGrowth, files);

export const comparisonOf = (run: Run): Comparison => onlyOf(run, "comparison");

export const changesOf = ({ records }: Run): readonly PortChange[] =>
  batchesOf(records, "port-change").flatMap(({ rows }) => rows);

export const growthRows = ({ records }: Run): readonly PortGrowth[] =>
  batchesOf(records, "port-growth").flatMap(({ rows }) => rows);

/** The only pool of a protocol. */
export const growthOf = (run: Run, protocol: "tcp" | "udp"): PortGrowth => {
  const [growth, ...others] = comparisonOf(run).growth.filter((each) => each.protocol === protocol);
  if (growth === undefined || others.length > 0) throw new Error(`${others.length} more pools of ${protocol}`);
  return growth;
};

/** The only row of a process and a protocol. */
export const changeOf = (run: Run, processId: number, protocol: "tcp" | "udp" = "tcp"): PortChange => {
  const [change, ...others] = changesOf(run).filter(
    (each) => each.processId === processId && each.protocol === protocol,
  );
  if (change === undefined || others.length > 0) throw new Error(`${others.length} more rows of ${processId}`);
  return change;
};

/** The code of the error that kept it from a result. */
export const refusalOf = (run: Run): string => onlyOf(run, "error").code;
