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

const noteRow = (reading: RowReading, number: number, problems: ProblemList, names: NameReader): void => {
  if (reading.problem !== null) problems.add(reading.problem.about, number, reading.problem.sentence);
  names.row(reading.row?.processId ?? null);
};

const decode = (text: string): Decoded | null => {
  const problems = createProblems();
  const names = createNameReader();
  const rows: NetstatRow[] = [];
  let isNetstat = false;
  const tooLong = forEachLine(text, (line, number) => {
    const reading = mayBeRow(line) ? readNetstatRow(line, number) : null;
    if (reading === null) {
      const trimmed = line.trim();
      if (isNetstat && trimmed !== "") names.line(trimmed);
      return;
    }
    isNetstat ||= reading.isCertain;
    noteRow(reading, number, problems, names);
    if (reading.row !== null) rows.push(reading.row);
  });
  if (!isNetstat) return null;
  const named = names.finish(problems);
  const sockets = socketsOf(rows, problems);
  return { rows: sockets.length, problems: problems.sentences(tooLong), sockets, names: named };
};

export const NETSTAT: TextKind = { kind: "netstat", decode };
