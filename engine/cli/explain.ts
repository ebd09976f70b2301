/** `explain TEXT...|-`: what errors say about ports, from their codes, from messages, from logs. */
import { textOf } from "../artifacts/text/decode-text.ts";
import { explain } from "../explain/explain.ts";
import type { Output } from "./output.ts";
import { readInput, readStandardInput } from "./input-file.ts";

export interface ExplainOptions {
  /** `-` is standard input. */
  readonly texts: readonly string[];
  /** Files to search as well. */
  readonly files: readonly string[];
}

const STANDARD_INPUT = "-";

/** An error message has a line, a log of a day some megabytes; what lies behind is not searched. */
export const MAX_TEXT_BYTES = 32 << 20;

const NOTHING =
  "No error that says something about ports was recognised. What is: a number alone (10055, 0xC0000209, 4231); a text in any language with its number, as (10055), error 10048 or, with its source, Tcpip event ID 4231; a name (WSAENOBUFS, ERR_NO_BUFFER_SPACE); messages of Windows, .NET, SQL Server, Java, Go and Node.js in English. Where a message has no number, look for it in its inner exceptions or in the System log.";

const NOT_TEXT = "is no text: it was not searched.";

const cut = (bytes: Uint8Array, name: string, output: Output): Uint8Array => {
  if (bytes.byteLength <= MAX_TEXT_BYTES) return bytes;
  const message = `${name} has ${bytes.byteLength} bytes: only the first ${MAX_TEXT_BYTES} were searched.`;
  output.write({ kind: "diagnostic", severity: "warning", code: "text-cut", message, offset: null });
  return bytes.subarray(0, MAX_TEXT_BYTES);
};

const readText = (bytes: Uint8Array, name: string, output: Output): string => {
  const text = textOf(cut(bytes, name, output));
  if (text === null)
    output.write({
      kind: "diagnostic",
      severity: "warning",
      code: "not-text",
      message: `${name} ${NOT_TEXT}`,
      offset: null,
    });
  return text ?? "";
};

/** Errors: those of readInput and readStandardInput. */
export const runExplain = (output: Output, { texts, files }: ExplainOptions): void => {
  const given = texts.map((text) =>
    text === STANDARD_INPUT ? readText(readStandardInput(), "Standard input", output) : text,
  );
  const read = files.map((file) => readText(readInput(file), file, output));
  const rows = explain([...given, ...read]);
  output.write({ kind: "rows", of: "error-meaning", rows });
  if (rows.length === 0)
    output.write({
      kind: "diagnostic",
      severity: "information",
      code: "nothing-recognised",
      message: NOTHING,
      offset: null,
    });
};
