/**
 * Output of netstat, whatever its language and options: rows are told by shape (netstat-row.ts), everything else is skipped:
 * prompts, headings, statistics, other commands' output.
 */

import type { SocketRow } from "../../model/socket-row.ts";
import type { Decoded, TextKind } from "../decoded.ts";
import { forEachLine } from "./lines.ts";
import { createNameReader, type NameReader } from "./netstat-names.ts";
import { type NetstatRow, type RowReading, readNetstatRow } from "./netstat-row.ts";
import { nameStates } from "./netstat-states.ts";
import { createProblems, type ProblemList, quoted } from "./problems.ts";

const NAMED_WORDS = 5;

const socketsOf = (rows: readonly NetstatRow[], problems: ProblemList): readonly SocketRow[] => {
  const { stateOf, unknown } = nameStates(rows);
  if (unknown.length > 0) {
    const named = unknown.slice(0, NAMED_WORDS).map(quoted).join(", ");
    const more = unknown.length > NAMED_WORDS ? ` and ${unknown.length - NAMED_WORDS} more` : "";
    problems.say(`States in a language that is not known here, taken for connections: ${named}${more}.`);
  }
  const sockets: SocketRow[] = [];
  for (const row of rows) {
    const { line, word: _word, ...endpoints } = row;
    const state = stateOf(row);
    if (state === null)
      problems.add("there is neither a peer nor a state", line, "there is neither a peer nor a state.");
    else sockets.push({ ...endpoints, state, created: null, isPortExplicit: null });
  }
  return sockets;
};

/** Only lines that begin with one of these letters can be rows: most others need no more than this look. */
const mayBeRow = (line: string): boolean => /^\s*[tu]/i.test(line);

/** Consoles of these widths break longer lines, and some keep the break when text is copied from them. */
const CONSOLE_WIDTHS: ReadonlySet<number> = new Set([80, 120]);

interface RowReader {
  readonly line: (line: string, number: number) => void;
  readonly rows: readonly NetstatRow[];
  readonly isNetstat: () => boolean;
}

const createRowReader = (problems: ProblemList, names: NameReader): RowReader => {
  const rows: NetstatRow[] = [];
  let isNetstat = false;
  let broken: string | null = null;

  const take = (reading: RowReading, line: string, number: number): void => {
    isNetstat ||= reading.isCertain;
    if (reading.problem !== null) problems.add(reading.problem.about, number, reading.problem.sentence);
    names.row(reading.row?.processId ?? null);
    if (reading.row === null) return;
    rows.push(reading.row);
    broken = CONSOLE_WIDTHS.has(line.length) ? line : null;
  };

  const line = (text: string, number: number): void => {
    const before = broken;
    broken = null;
    const whole = before !== null && /^\s*\d{1,10}\s*$/.test(text) ? readNetstatRow(before + text, number - 1) : null;
    if (whole !== null) rows.pop();
    const reading = whole ?? (mayBeRow(text) ? readNetstatRow(text, number) : null);
    if (reading !== null) take(reading, text, number);
    else if (isNetstat && text.trim() !== "") names.line(text.trim());
  };

  return { line, rows, isNetstat: () => isNetstat };
};

const decode = (text: string): Decoded | null => {
  const problems = createProblems();
  const names = createNameReader();
  const reader = createRowReader(problems, names);
  const tooLong = forEachLine(text, reader.line);
  if (!reader.isNetstat()) return null;
  const named = names.finish(problems);
  const sockets = socketsOf(reader.rows, problems);
  return { rows: sockets.length, problems: problems.sentences(tooLong), sockets, names: named };
};

export const NETSTAT: TextKind = { kind: "netstat", decode };
