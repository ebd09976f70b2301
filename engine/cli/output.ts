/**
 * Standard output as NDJSON: one record a line, ASCII only. Lines are gathered and written synchronously in larger pieces,
 * so that a slow reader slows the engine down instead of filling its memory.
 */
import { writeSync } from "node:fs";
import type { EngineRecord } from "../generated/records.ts";

export interface Output {
  readonly write: (record: EngineRecord) => void;
  readonly flush: () => void;
}

const FLUSH_AT = 1 << 16;
const STDOUT = 1;
const RETRY_MS = 5;

const toAscii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const pause = new Int32Array(new SharedArrayBuffer(4));

/** A pipe may be non-blocking and full: then the rest is tried again after a moment. */
const writeAll = (text: string): void => {
  const bytes = Buffer.from(text, "latin1");
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(STDOUT, bytes, at);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, RETRY_MS);
    }
  }
};

export const createOutput = (write: (text: string) => void = writeAll): Output => {
  let pending: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (length === 0) return;
    const text = pending.join("");
    pending = [];
    length = 0;
    write(text);
  };
  return {
    write: (record) => {
      const line = `${toAscii(JSON.stringify(record))}\n`;
      pending.push(line);
      length += line.length;
      if (length >= FLUSH_AT || record.kind === "progress" || record.kind === "hello") flush();
    },
    flush,
  };
};
