/** Reads one trace: opens the file, indexes its buffers, delivers the wanted records in time order, tells what was met. */
import { createBlockReader } from "./blocks.ts";
import { indexBuffers } from "./buffer-index.ts";
import { type Clock, createClock } from "./clock.ts";
import { createDamageLog, type DamageLog } from "./damage.ts";
import { EngineError } from "./errors.ts";
import { openTraceFile, stillWritten, type TraceFile } from "./file.ts";
import { createKindTable, type Describe, type KindTable } from "./kinds.ts";
import { LOG_HEADER_READ_SIZE, type LogHeader, readLogHeader } from "./log-header.ts";
import { deliverInOrder, type RecordSink } from "./merge.ts";
import type { WalkContext, Window } from "./walk.ts";

export interface TraceSession {
  readonly file: TraceFile;
  readonly log: LogHeader;
  readonly clock: Clock;
}

export interface ReadOptions {
  readonly describe: Describe;
  readonly window: Window | null;
  /** Slots that a row needs; rows only checked are decoded into memory of this size. */
  readonly rowSize: number;
  readonly onProgress: (phase: "index" | "read", percent: number) => void;
}

export interface ReadResult {
  readonly kinds: KindTable;
  readonly damage: DamageLog;
  readonly outOfOrder: number;
  /** Ticks of the first and last event; null where there was none. */
  readonly span: { readonly first: number; readonly last: number } | null;
  /** The session was never closed, and nobody writes to the file. */
  readonly isUnfinished: boolean;
}

const NOT_A_TRACE_ADVICE =
  "Give the .etl file of `netsh trace`, logman, PerfView or Windows Performance Recorder. A .cab beside it holds reports, not the trace.";

/** Errors: those of openTraceFile, and file-not-a-trace. */
export const openTrace = (path: string): TraceSession => {
  const file = openTraceFile(path);
  const head = new Uint8Array(Math.min(LOG_HEADER_READ_SIZE, file.sizeBytes));
  const length = file.read(head, 0, head.length, 0);
  const log = readLogHeader(new DataView(head.buffer, 0, length));
  if (log === null) {
    file.close();
    throw new EngineError(
      "file-not-a-trace",
      `${path} is not an event trace: it does not begin with a trace log header.`,
      NOT_A_TRACE_ADVICE,
      path,
    );
  }
  return { file, log, clock: createClock(log) };
};

const PROGRESS_STEP = 2;

/** Turns byte counts into whole percents, each step reported once. */
const percentOf = (total: number, report: (percent: number) => void): ((done: number) => void) => {
  let next = PROGRESS_STEP;
  return (done) => {
    const percent = Math.floor((done / total) * 100);
    if (percent < next) return;
    report(Math.min(100, percent));
    next = percent - (percent % PROGRESS_STEP) + PROGRESS_STEP;
  };
};

/** Error: file-still-written. Damage is in the result, never thrown. */
export const readTrace = (
  { file, log, clock }: TraceSession,
  options: ReadOptions,
  createSink: (kinds: KindTable) => RecordSink,
): ReadResult => {
  const isUnfinished = log.endTime === 0n;
  if (isUnfinished && file.isBeingWritten()) throw stillWritten(file.path);
  const damage = createDamageLog();
  const kinds = createKindTable(options.describe);
  const span = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  const context: WalkContext = {
    kinds,
    clock,
    window: options.window,
    scratchRow: new Float64Array(options.rowSize),
    span,
  };
  const index = indexBuffers(
    { file, log, clock, damage },
    percentOf(file.sizeBytes, (percent) => options.onProgress("index", percent)),
  );
  const onReadPercent = percentOf(file.sizeBytes, (percent) => options.onProgress("read", percent));
  let bytesRead = 0;
  const reader = createBlockReader(file, log, context, damage, (bytes) => {
    bytesRead += bytes;
    onReadPercent(bytesRead);
  });
  const outOfOrder = deliverInOrder(index, reader, createSink(kinds));
  if (isUnfinished && file.isBeingWritten()) throw stillWritten(file.path);
  return { kinds, damage, outOfOrder, span: span.first <= span.last ? span : null, isUnfinished };
};
