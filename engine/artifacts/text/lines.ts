/**
 * Lines of a text of any origin. Knows the line ends of Windows, of Unix and of a carriage return alone, the colours that
 * PowerShell 7 writes (about_ANSI_Terminals), the marks of quoted lines in mails (RFC 3676, section 4.5), and those by which
 * people leave lines out of what they paste.
 */

/** No tool read here prints longer ones; longer ones are of something else, or made to be slow. */
export const LONGEST_LINE = 4_096;

const ESCAPE = "\u001b";
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z]`, "g");

/** Calls `visit` with each line, without its end, and its number from 1. Gives the number of lines left out for their length. */
export const forEachLine = (text: string, visit: (line: string, number: number) => void): number => {
  const end = text.includes("\n") ? "\n" : "\r";
  let [start, number, tooLong] = [0, 1, 0];
  while (start < text.length) {
    const found = text.indexOf(end, start);
    const next = found < 0 ? text.length : found;
    if (next - start > LONGEST_LINE) tooLong += 1;
    else visit(plain(text.slice(start, next)), number);
    start = next + 1;
    number += 1;
  }
  return tooLong;
};

/** One or more, each behind a blank at most: prompts have more in front of theirs. */
const QUOTE_MARKS = /^(?: ?[>|])+ ?/;

/** Without colours, quote marks, and the carriage return of a line end. */
const plain = (line: string): string => {
  const end = line.endsWith("\r") ? line.slice(0, -1) : line;
  return (end.includes(ESCAPE) ? end.replace(COLOURS, "") : end).replace(QUOTE_MARKS, "");
};

/** `[...]`, `...`, an ellipsis: lines were left out by whoever pasted the text. */
export const isElision = (trimmed: string): boolean => /^[[(<]?(\.{3,}|\u2026)[\])>]?$/.test(trimmed);

/** A decimal number of a limited length, else null. */
export const integerOf = (text: string): number | null => (/^\d{1,10}$/.test(text) ? Number(text) : null);

export const LAST_PORT = 65_535;

export const portOf = (text: string): number | null => {
  const port = integerOf(text);
  return port !== null && port <= LAST_PORT ? port : null;
};

const LAST_PROCESS_ID = 0xffff_ffff;

export const processIdOf = (text: string): number | null => {
  const processId = integerOf(text);
  return processId !== null && processId <= LAST_PROCESS_ID ? processId : null;
};
