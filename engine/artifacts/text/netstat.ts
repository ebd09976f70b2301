/**
 * Output of netstat, whatever its language and options: rows are told by shape (netstat-row.ts), everything else is skipped:
 * prompts, headings, statistics, other commands' output. A text whose rows were broken (netstat-wrap.ts) is read again,
 * since only all of its rows tell that.
 */

import type { SocketRow } from "../../model/socket-row.ts";
import type { Decoded, TextKind } from "../decoded.ts";
import { forEachLine } from "./lines.ts";
import { createNameReader, type NameReader } from "./netstat-names.ts";
import type { NetstatRow } from "./netstat-row.ts";
import { nameStates } from "./netstat-states.ts";
import { CONSOLE_WRAP, createWrapTally, joined, type Piece, pieceOf, type Wrap } from "./netstat-wrap.ts";
import { createProblems, type ProblemList, quoted } from "./problems.ts";

const NAMED_WORDS = 5;

const socketsOf = (rows: readonly NetstatRow[], problems: ProblemList): readonly SocketRow[] => {
  const { stateOf, unknown, guess } = nameStates(rows);
  if (unknown.length > 0) {
    const named = unknown.slice(0, NAMED_WORDS).map(quoted).join(", ");
    const more = unknown.length > NAMED_WORDS ? ` and ${unknown.length - NAMED_WORDS} more` : "";
    problems.say(`States in a language that is not known here, taken for connections: ${named}${more}.`);
  }
  if (guess !== null)
    problems.say(
      `The state ${quoted(guess)} may be that of listeners or of bound sockets: it is taken for the former.`,
    );
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

/** A text of a run with -o and one without lacks some by itself; where most lack it, they may have been lost. */
const tellProcessIds = (rows: readonly NetstatRow[], problems: ProblemList): void => {
  const without = rows.filter(({ processId }) => processId === null).length;
  if (without < rows.length && without * 2 > rows.length)
    problems.say(
      `${without} of ${rows.length} rows have no process id, though others do: whose they are is not known.`,
    );
};

interface Reading {
  readonly rows: readonly NetstatRow[];
  readonly names: NameReader;
  readonly problems: ProblemList;
  readonly isNetstat: boolean;
  readonly tooLong: number;
  /** How the text is to be read again, null where it need not be. */
  readonly wrap: Wrap | null;
}

const read = (text: string, wrap: Wrap): Reading => {
  const [problems, names, tally] = [createProblems(), createNameReader(), createWrapTally(wrap)];
  const rows: NetstatRow[] = [];
  let isNetstat = false;
  let pending: Piece | null = null;

  const take = (piece: Piece, next: string): void => {
    const { text: line, number, reading } = piece;
    if (reading === null) {
      if (isNetstat) names.line(line.trim());
      return;
    }
    isNetstat ||= reading.isCertain;
    if (reading.problem !== null) problems.add(reading.problem.about, number, reading.problem.sentence);
    names.row(reading.row?.processId ?? null);
    if (reading.row !== null) rows.push(reading.row);
    tally.row(piece, next);
  };

  const tooLong = forEachLine(text, (line, number) => {
    // Pastes of web pages have a blank line behind each.
    if (line.trim() === "") return;
    const whole: Piece | null = pending === null ? null : joined(pending, line, wrap);
    if (whole === null && pending !== null) take(pending, line);
    pending = whole ?? pieceOf(line, number);
  });
  if (pending !== null) take(pending, "");
  return { rows, names, problems, isNetstat, tooLong, wrap: tally.wrap() };
};

/** That process ids stand in a third line shows only when the states in the second have been joined. */
const MOST_ROUNDS = 2;

const decode = (text: string): Decoded | null => {
  let reading = read(text, CONSOLE_WRAP);
  if (!reading.isNetstat) return null;
  for (let round = 0; round < MOST_ROUNDS && reading.wrap !== null; round += 1) reading = read(text, reading.wrap);
  const { rows, names, problems, tooLong } = reading;
  const named = names.finish(problems);
  tellProcessIds(rows, problems);
  const sockets = socketsOf(rows, problems);
  return { rows: sockets.length, problems: problems.sentences(tooLong), sockets, names: named };
};

export const NETSTAT: TextKind = { kind: "netstat", decode };
