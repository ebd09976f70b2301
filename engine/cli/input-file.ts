/** Reads whole files: captures and evidence. Knows which of the system's refusals a person can do something about. */
import { readFileSync, statSync } from "node:fs";
import { EngineError, type ErrorCode } from "../etl/errors.ts";

/** A capture of the largest handle table that is collected (1 GiB) is about as large, uncompressed. */
export const MAX_INPUT_BYTES = 1_200_000_000;

type Refusal = readonly [code: ErrorCode, what: string, advice: string];

const NOT_FOUND: Refusal = ["file-not-found", "does not exist", "Check the path."];
const DENIED: Refusal = [
  "file-access-denied",
  "may not be read by this user",
  "Run from an elevated prompt, or copy the file to a folder you can read.",
];
const FOLDER: Refusal = ["file-is-folder", "is a folder", "Give the files in it."];
const EMPTY: Refusal = ["file-empty", "is empty", "Make it again: the command that wrote it may have failed."];
const TOO_LARGE: Refusal = [
  "capture-too-large",
  `has more than ${MAX_INPUT_BYTES} bytes`,
  "Give a capture or a text of ports; a trace is read with Read-PortTrace.",
];

const BY_SYSTEM_CODE: Readonly<Record<string, Refusal>> = {
  ENOENT: NOT_FOUND,
  ENOTDIR: NOT_FOUND,
  EACCES: DENIED,
  EPERM: DENIED,
  EISDIR: FOLDER,
};

const refuse = (path: string, [code, what, advice]: Refusal): EngineError =>
  new EngineError(code, `${path} ${what}.`, advice, path);

const toEngineError = (error: unknown, path: string): EngineError => {
  if (error instanceof EngineError) return error;
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const why = error instanceof Error ? error.message : String(error);
  return refuse(
    path,
    BY_SYSTEM_CODE[code] ?? ["file-read-failed", `could not be read: ${why}`, "Copy it to a local disk and try again."],
  );
};

/** A file that may well be empty. Errors: file-not-found, file-access-denied, file-is-folder, file-read-failed, capture-too-large. */
export const readBytes = (path: string): Uint8Array => {
  try {
    const { size } = statSync(path);
    if (size > MAX_INPUT_BYTES) throw refuse(path, TOO_LARGE);
    return readFileSync(path);
  } catch (error) {
    throw toEngineError(error, path);
  }
};

/** Errors: those of readBytes, and file-empty. */
export const readInput = (path: string): Uint8Array => {
  const bytes = readBytes(path);
  if (bytes.byteLength === 0) throw refuse(path, EMPTY);
  return bytes;
};

const STDIN = 0;
const STDIN_NAME = "standard input";

/** Errors as of readInput. */
export const readStandardInput = (): Uint8Array => {
  try {
    const bytes = readFileSync(STDIN);
    if (bytes.byteLength === 0) throw refuse(STDIN_NAME, EMPTY);
    return bytes;
  } catch (error) {
    throw toEngineError(error, STDIN_NAME);
  }
};
