// Runs the engine's commands in this process, on bytes or on a path, and takes what they print as text: every line
// is checked against the contract, so a test that runs anything is a test of the contract too.

import { type EventsOptions, runEvents } from "../../../engine/cli/events.ts";
import { createOutput, type Output } from "../../../engine/cli/output.ts";
import { runFramed } from "../../../engine/cli/session.ts";
import { runTrace, type TraceOptions } from "../../../engine/cli/trace.ts";
import type * as Contract from "../../../engine/generated/records.ts";
import { validateRecord } from "../../../engine/generated/validators.mjs";
import { withFile } from "./files.ts";

type EngineRecord = Contract.EngineRecord;
type Kind = EngineRecord["kind"];
export type RecordOf<K extends Kind> = Extract<EngineRecord, { kind: K }>;

type RowBatch = RecordOf<"rows">;
export type BatchOf<O extends RowBatch["of"]> = Extract<RowBatch, { of: O }>;

export type Run = { readonly exitCode: number; readonly records: readonly EngineRecord[] };

export const recordsOf = <K extends Kind>(records: readonly EngineRecord[], kind: K): readonly RecordOf<K>[] =>
  records.filter((record): record is RecordOf<K> => record.kind === kind);

/** The rows records of one kind of row, in their order. */
export const batchesOf = <O extends RowBatch["of"]>(records: readonly EngineRecord[], of: O): readonly BatchOf<O>[] =>
  recordsOf(records, "rows").filter((record): record is BatchOf<O> => record.of === of);

/** Windows PowerShell reads a line with the OEM code page and takes no more than this. */
const MAX_LINE = 1_000_000;
const ASCII_LINE = /^[\x20-\x7e]*$/;

/** What is wrong with a line of the engine's output. */
export const problemsOf = (line: string): readonly string[] => {
  if (line.length >= MAX_LINE) return [`a line of ${line.length} characters`];
  if (!ASCII_LINE.test(line)) return [`not ASCII: ${line.slice(0, 200)}`];
  return validateRecord(JSON.parse(line));
};

/** Hello first, end last, the error (if any) right before it, and no defect of the engine itself. */
const frameProblems = (records: readonly EngineRecord[]): readonly string[] => {
  const errors = recordsOf(records, "error");
  const expectedEnd = errors.length > 0 ? "failed" : "done";
  const last = records.at(-1);
  return [
    ...(records[0]?.kind === "hello" ? [] : ["hello is not first"]),
    ...(last?.kind === "end" && last.status === expectedEnd ? [] : [`the end is not ${expectedEnd}`]),
    ...(records.filter(({ kind }) => kind === "hello" || kind === "end").length === 2 ? [] : ["hello or end twice"]),
    ...(errors.length > 1 || (errors.length === 1 && records.at(-2) !== errors[0]) ? ["errors out of place"] : []),
    ...errors.filter(({ code }) => code === "internal").map(({ message }) => `internal error: ${message}`),
  ];
};

const linesOf = (text: string): readonly string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

export const run = (command: (output: Output) => void): Run => {
  const printed: string[] = [];
  const output = createOutput((text) => printed.push(text));
  const exitCode = runFramed(output, () => command(output));
  const lines = linesOf(printed.join(""));
  const records = lines.map((line): EngineRecord => JSON.parse(line));
  const problems = [...lines.flatMap(problemsOf), ...frameProblems(records)];
  if (problems.length > 0) throw new Error(`the output breaks the contract: ${problems.slice(0, 5).join("; ")}`);
  return { exitCode, records };
};

const NO_WINDOW = { since: undefined, until: undefined } as const;

export const runTraceFile = (file: string, options: Partial<Omit<TraceOptions, "file">> = {}): Run =>
  run((output) => runTrace(output, { ...NO_WINDOW, failures: false, ...options, file }));

export const runEventsFile = (file: string, options: Partial<Omit<EventsOptions, "file">> = {}): Run =>
  run((output) => runEvents(output, { ...NO_WINDOW, count: false, ...options, file }));

/** The one record of a kind; a run without it, or with two, is a mistake. */
export const onlyOf = <K extends Kind>({ records }: Run, kind: K): RecordOf<K> => {
  const [record, ...others] = recordsOf(records, kind);
  if (record !== undefined && others.length === 0) return record;
  throw new Error(
    `${others.length + (record === undefined ? 0 : 1)} records of kind ${kind} among ${records
      .map(({ kind: each }) => each)
      .join(", ")
      .slice(0, 200)}`,
  );
};

export const traceOf = (bytes: Uint8Array, options: Partial<Omit<TraceOptions, "file">> = {}): Run =>
  withFile(bytes, (file) => runTraceFile(file, options));

export const eventsOf = (bytes: Uint8Array, options: Partial<Omit<EventsOptions, "file">> = {}): Run =>
  withFile(bytes, (file) => runEventsFile(file, options));

export const reportOf = (bytes: Uint8Array, options: Partial<Omit<TraceOptions, "file">> = {}): Contract.TraceReport =>
  onlyOf(traceOf(bytes, options), "trace-report");
