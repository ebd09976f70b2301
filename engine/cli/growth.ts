/** `growth FILE...|-`: how the use of ports changes over the history that a watch keeps. */
import { EngineError } from "../etl/errors.ts";
import { type History, poolHistories, readHistory } from "../growth/history.ts";
import { historyGrowth } from "../growth/history-growth.ts";
import { historyGrowthRow } from "../report/history-growth.ts";
import { inBatches } from "../report/rows.ts";
import { count } from "../verdict/phrases.ts";
import { readInput, readStandardInput } from "./input-file.ts";
import type { Output } from "./output.ts";

export interface GrowthOptions {
  /** history.1.csv and history.csv of one watch, in any order; `-` is standard input. */
  readonly files: readonly string[];
}

const STANDARD_INPUT = "-";

const writeLost = (output: Output, file: string, lost: number): void => {
  if (lost === 0) return;
  const message = `${count(lost, "line")} of ${file} cannot be read and ${lost === 1 ? "was" : "were"} passed over: cut off, changed, or of a sample that failed.`;
  output.write({ kind: "diagnostic", severity: "warning", code: "history-lines", message, offset: null });
};

const readOne = (output: Output, file: string): History => {
  const isStream = file === STANDARD_INPUT;
  const name = isStream ? "standard input" : file;
  const history = readHistory(isStream ? readStandardInput() : readInput(file), name);
  writeLost(output, name, history.lost);
  return history;
};

/** Errors: those of readInput and readHistory; history-invalid where no file has a sample. */
export const runGrowth = (output: Output, { files }: GrowthOptions): void => {
  const pools = poolHistories(files.map((file) => readOne(output, file)));
  if (pools.length === 0)
    throw new EngineError(
      "history-invalid",
      `There is no sample in ${files.join(", ")}.`,
      "Wait until the watch has taken some samples; Get-PortWatch tells when it took the last one.",
      files[0] ?? null,
    );
  const rows = pools.map((pool) => historyGrowthRow(historyGrowth(pool)));
  inBatches(rows, (batch) => output.write({ kind: "rows", of: "port-growth", rows: batch }));
};
