/**
 * The one error type of the engine: why a run has no result. Thrown by whoever notices, caught once in the command line,
 * which prints it as an `error` record. Damage inside a trace is never thrown; it is counted.
 */
import type { ErrorRecord } from "../generated/records.ts";

export type ErrorCode = ErrorRecord["code"];

export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly advice: string;
  readonly path: string | null;

  constructor(code: ErrorCode, message: string, advice: string, path: string | null) {
    super(message);
    this.name = "EngineError";
    this.code = code;
    this.advice = advice;
    this.path = path;
  }
}
