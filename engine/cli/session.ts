/** What every command shares: the frame of records, the time window, and what becomes of an error. */
import { parseIsoTime } from "../bytes/filetime.ts";
import { EngineError } from "../etl/errors.ts";
import type { DamageLog } from "../etl/damage.ts";
import type { TraceSession } from "../etl/reader.ts";
import type { Window } from "../etl/walk.ts";
import type { Output } from "./output.ts";
import { CONTRACT_VERSION, ENGINE_VERSION } from "./version.ts";

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

const BUG_ADVICE =
  "This is a defect of the program. Please report it with the stack trace from standard error and, if you may, the file.";

const toEngineError = (error: unknown): EngineError => {
  if (error instanceof EngineError) return error;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new EngineError(
    "internal",
    `The engine failed: ${error instanceof Error ? error.message : String(error)}.`,
    BUG_ADVICE,
    null,
  );
};

/** The reader of our output is gone: there is nobody left to tell. */
const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EPIPE" || error.code === "EOF");

/** Runs a command between hello and end; returns the exit code. */
export const runFramed = (output: Output, action: () => void): number => {
  try {
    output.write({ kind: "hello", engine: ENGINE_VERSION, contract: CONTRACT_VERSION });
    action();
    output.write({ kind: "end", status: "done" });
    output.flush();
    return EXIT.done;
  } catch (error) {
    if (isReaderGone(error)) return EXIT.failed;
    const { code, message, advice, path } = toEngineError(error);
    output.write({ kind: "error", code, message, advice, path });
    output.write({ kind: "end", status: "failed" });
    output.flush();
    return EXIT.failed;
  }
};

export interface WindowOptions {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** Times are checked when the command line is read; here both are valid or absent. */
export const windowOf = ({ clock }: TraceSession, { since, until }: WindowOptions): Window | null => {
  if (since === undefined && until === undefined) return null;
  const ticks = (text: string | undefined, otherwise: number): number => {
    const filetime = text === undefined ? null : parseIsoTime(text);
    return filetime === null ? otherwise : clock.fromFiletime(filetime);
  };
  return { since: ticks(since, Number.NEGATIVE_INFINITY), until: ticks(until, Number.POSITIVE_INFINITY) };
};

const NEVER_CLOSED =
  "The session was never closed (crash, power loss, or a copy of a running session): the last seconds may be missing.";

/** Says what could not be read, one record a place. */
export const writeDiagnostics = (output: Output, damage: DamageLog, isUnfinished: boolean): void => {
  for (const { offset, code, message } of damage.damage)
    output.write({ kind: "diagnostic", severity: "warning", code, message, offset });
  if (damage.undescribed > 0) {
    const message = `${damage.undescribed} more damaged places are counted and not described.`;
    output.write({ kind: "diagnostic", severity: "warning", code: "more-damage", message, offset: null });
  }
  if (isUnfinished)
    output.write({
      kind: "diagnostic",
      severity: "warning",
      code: "session-not-closed",
      message: NEVER_CLOSED,
      offset: null,
    });
};

/** Progress is for files large enough that somebody waits. */
const PROGRESS_FROM_BYTES = 64 << 20;

export const progressFor =
  (output: Output, { file }: TraceSession) =>
  (phase: "index" | "read", percent: number): void => {
    if (file.sizeBytes >= PROGRESS_FROM_BYTES) output.write({ kind: "progress", phase, percent });
  };
