/** `compare FILE FILE...`: what changed between captures of one machine. */
import { decodeCapture } from "../artifacts/capture-artifacts.ts";
import { buildSnapshot } from "../artifacts/snapshot.ts";
import { parseIsoTime } from "../bytes/filetime.ts";
import { EngineError } from "../etl/errors.ts";
import { compare } from "../growth/compare.ts";
import { type Moment, momentOf, type ShapePool } from "../growth/moment.ts";
import { diagnoseChange } from "../remedies/diagnose.ts";
import { changeRow } from "../report/change-rows.ts";
import { buildComparison, comparedMinutes, poolGrowthRecord } from "../report/comparison.ts";
import { inBatches } from "../report/rows.ts";
import { readCaptureInput } from "./capture-input.ts";
import type { Output } from "./output.ts";

export interface CompareOptions {
  /** One capture each, in any order. */
  readonly files: readonly string[];
}

/** Each takes some memory until all are read. */
const MOST_FILES = 1000;

const checkFiles = ({ length }: readonly string[]): void => {
  if (length <= MOST_FILES) return;
  throw new EngineError(
    "captures-mixed",
    `${length} captures were given; at most ${MOST_FILES} are compared.`,
    "Give fewer: some of the beginning, some between, and some of the end.",
    null,
  );
};

const noTime = (file: string, why: string): EngineError =>
  new EngineError(
    "capture-invalid",
    `${file} cannot be compared: ${why}.`,
    "Take captures with New-PortSnapshot: they tell their time and their machine.",
    file,
  );

const readMoment = (file: string, known: ShapePool): Moment => {
  const { capture } = readCaptureInput([file]);
  if (capture === null) throw noTime(file, "it is no capture, so that the time it is of is not known");
  const time = parseIsoTime(capture.manifest.machine.time);
  if (time === null) throw noTime(file, `its time cannot be read: ${capture.manifest.machine.time}`);
  const contributions = decodeCapture(capture);
  return momentOf(file, buildSnapshot(capture.manifest, contributions, []), contributions, time, known);
};

/** So many captures take long enough that somebody waits. */
const PROGRESS_FROM_FILES = 10;

export const runCompare = (output: Output, { files }: CompareOptions): void => {
  checkFiles(files);
  const known: ShapePool = new Map();
  const moments = files.map((file, index) => {
    const percent = Math.floor((100 * index) / files.length);
    if (files.length >= PROGRESS_FROM_FILES) output.write({ kind: "progress", phase: "read", percent });
    return readMoment(file, known);
  });
  const compared = compare(moments);
  const growth = compared.pools.map(poolGrowthRecord);
  const minutes = comparedMinutes(compared);
  const rows = compared.changes.map((change) => changeRow(change, minutes));
  output.write(buildComparison(compared, growth, diagnoseChange({ growth, changes: rows })));
  inBatches(rows, (batch) => output.write({ kind: "rows", of: "port-change", rows: batch }));
};
