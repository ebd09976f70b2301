/**
 * The only file of the engine that opens files to read them. Knows which of the system's refusals a person can do
 * something about, and says so.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { EngineError } from "./errors.ts";

export interface TraceFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Reads up to `length` bytes at `position` into `target` at `offset`; returns how many there were. */
  readonly read: (target: Uint8Array, offset: number, length: number, position: number) => number;
  /** Size or change time differ from those at opening, or somebody wrote to it moments before. */
  readonly isBeingWritten: () => boolean;
  readonly close: () => void;
}

/**
 * A file whose session was never closed is either still written or a leftover (crash, copy of a running session). One that
 * has not changed for this long is taken for a leftover and read. A choice, no documented number.
 */
const AT_REST_MS = 10_000;

const ADVICE_BUSY =
  "Stop the recording first: `netsh trace stop` as the user who started it (or `logman stop NAME -ets`). To look at it while it runs, read a copy of the file.";

const systemCode = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";

const refusal = (error: unknown, path: string): EngineError => {
  switch (systemCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return new EngineError(
        "file-not-found",
        `There is no file ${path}.`,
        "Check the path; `netsh trace stop` prints where it wrote the .etl file.",
        path,
      );
    case "EACCES":
    case "EPERM":
      return new EngineError(
        "file-access-denied",
        `Access to ${path} is denied.`,
        "Run from an elevated prompt, or copy the file to a folder you can read.",
        path,
      );
    case "EBUSY":
      return new EngineError(
        "file-still-written",
        `${path} is in use: a trace session still writes to it.`,
        ADVICE_BUSY,
        path,
      );
    case "EISDIR":
      return isFolder(path);
    default:
      return new EngineError(
        "file-read-failed",
        `${path} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
        "Copy the file to a local disk and try again.",
        path,
      );
  }
};

const isFolder = (path: string): EngineError =>
  new EngineError(
    "file-is-folder",
    `${path} is a folder, not a trace file.`,
    "Give the .etl file itself, or a pattern such as *.etl.",
    path,
  );

const guarded = <T>(path: string, action: () => T): T => {
  try {
    return action();
  } catch (error) {
    throw error instanceof EngineError ? error : refusal(error, path);
  }
};

/** Errors: file-not-found, file-is-folder, file-access-denied, file-still-written, file-empty, file-read-failed. */
export const openTraceFile = (path: string): TraceFile =>
  guarded(path, () => {
    const descriptor = openSync(path, "r");
    const opened = fstatSync(descriptor);
    const fail = (error: EngineError): never => {
      closeSync(descriptor);
      throw error;
    };
    if (opened.isDirectory()) fail(isFolder(path));
    if (opened.size === 0) {
      fail(
        new EngineError(
          "file-empty",
          `${path} is empty.`,
          "A session that was just started has written nothing yet; stop it, then read the file.",
          path,
        ),
      );
    }
    return {
      path,
      sizeBytes: opened.size,
      read: (target, offset, length, position) =>
        guarded(path, () => readSync(descriptor, target, offset, length, position)),
      isBeingWritten: () => {
        const now = fstatSync(descriptor);
        return now.size !== opened.size || now.mtimeMs !== opened.mtimeMs || Date.now() - now.mtimeMs < AT_REST_MS;
      },
      close: () => closeSync(descriptor),
    };
  });

export const stillWritten = (path: string): EngineError =>
  new EngineError(
    "file-still-written",
    `${path} is still being written: its session has not been closed and the file changed within the last ${AT_REST_MS / 1000} seconds.`,
    ADVICE_BUSY,
    path,
  );
