/**
 * Rows of netstat that were broken into several lines: at the edge of a console, in the middle of whatever stood there, or
 * between two words, as mail programs do. A broken row lacks what the next line has: a state, which every row of TCP has, a
 * process id, or both (formats of rows: netstat-row.ts). That process ids are multiples of four is how Windows hands them
 * out (Raymond Chen, "Why are process and thread IDs multiples of four?"); here it only tells a part of one from a whole.
 */

import { type NetstatRow, type RowReading, readNetstatRow, startsRow } from "./netstat-row.ts";

/** Consoles of these widths break longer lines, and some keep the break when text is copied from them. */
const CONSOLE_WIDTHS: readonly number[] = [80, 120];

/** What a text turned out to be broken at. */
export interface Wrap {
  readonly states: boolean;
  readonly processIds: boolean;
  /** Lines of these lengths go on with the very next character. */
  readonly widths: ReadonlySet<number>;
}

export const CONSOLE_WRAP: Wrap = { states: false, processIds: false, widths: new Set(CONSOLE_WIDTHS) };

/** A line, or several that were joined, and how long the last one was. */
export interface Piece {
  readonly text: string;
  readonly number: number;
  readonly width: number;
  /** Null for what is no row. */
  readonly reading: RowReading | null;
}

export const pieceOf = (text: string, number: number, width = text.length): Piece => ({
  text,
  number,
  width,
  reading: startsRow(text) ? readNetstatRow(text, number) : null,
});

interface Continuation {
  readonly hasState: boolean;
  readonly processId: string | null;
}

const LONGEST_ROW = 400;
const LONGEST_CONTINUATION = 120;
const STATE_WORDS = 2;

const isStateWord = (word: string): boolean => /^[^\d:[\]\\/.,;()<>=*-][^:[\]\\/.,;()<>=*]*$/.test(word);

/** A state, a process id, or one behind the other, and an offload state behind these; else null. */
const continuationOf = (line: string): Continuation | null => {
  if (line.length > LONGEST_CONTINUATION) return null;
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word) => /^\d{1,10}$/.test(word));
  const state = at < 0 ? words : words.slice(0, at);
  const behind = at < 0 ? [] : words.slice(at + 1);
  if (state.length > STATE_WORDS || behind.length > 1 || !state.every(isStateWord) || !behind.every(isStateWord))
    return null;
  return { hasState: state.length > 0, processId: words[at] ?? null };
};

type Lack = "state" | "processId" | "rest";

const isWhole = (processId: number): boolean => processId % 4 === 0;

/** Whether a word may go on from the end of one line to the beginning of the next. */
const isOneWord = (text: string, next: string): boolean => !/\s$/.test(text) && !/^\s/.test(next);

/** What the row lacks and the line has; "rest" where both have a part of the same word; else null. */
const lackOf = (text: string, row: NetstatRow, line: string, continuation: Continuation): Lack | null => {
  const { hasState, processId } = continuation;
  if (row.protocol === "tcp" && row.word === "") return hasState ? "state" : null;
  if (processId === null) return null;
  if (row.processId === null && !hasState) return "processId";
  const isPart = row.processId === null ? row.protocol === "tcp" && hasState : !hasState;
  return isPart && isOneWord(text, line) ? "rest" : null;
};

/** The two without a blank between them, where they are a row without a fault. */
const joinedInside = ({ text, number }: Piece, line: string): Piece | null => {
  const whole = pieceOf(text + line, number, line.length);
  return whole.reading !== null && whole.reading.row !== null && whole.reading.problem === null ? whole : null;
};

/** Null where a whole process id would be none any more: a count may stand below a row. */
const joinedWord = (piece: Piece, line: string): Piece | null => {
  const whole = joinedInside(piece, line);
  const wasProcessId = (piece.reading?.row?.processId ?? null) !== null;
  return wasProcessId && !isWhole(whole?.reading?.row?.processId ?? 1) ? null : whole;
};

/** Broken where no shape tells it, in an endpoint or before a digit of the state: right if the two have a process. */
const joinedAnyhow = (piece: Piece, row: NetstatRow | null, line: string): Piece | null => {
  if (line.length > LONGEST_ROW) return null;
  if (row !== null && (row.protocol === "udp" || row.processId !== null)) return null;
  const whole = joinedInside(piece, line);
  return row === null || (whole?.reading?.row?.processId ?? null) !== null ? whole : null;
};

/** The two as one row, or null where the second line is none of the first. */
export const joined = (piece: Piece, line: string, wrap: Wrap): Piece | null => {
  const { text, number, width, reading } = piece;
  if (!startsRow(text) || startsRow(line) || text.length > LONGEST_ROW) return null;
  const continuation = continuationOf(line);
  const row = reading?.row ?? null;
  const lack = row === null || continuation === null ? null : lackOf(text, row, line, continuation);
  const isHard = wrap.widths.has(width);
  if (lack === null) return isHard ? joinedAnyhow(piece, row, line) : null;
  if (lack === "rest") return isHard ? joinedWord(piece, line) : null;
  const isSoft = lack === "state" ? wrap.states : wrap.processIds;
  return isHard || isSoft ? pieceOf(`${text} ${line.trim()}`, number, line.length) : null;
};

interface Counts {
  having: number;
  lacking: number;
  /** Rows that lack it where the next line has it. */
  continued: number;
}

interface Broken {
  rows: number;
  /** Process ids whose first part is no whole one, and those that are none when put together. */
  parts: number;
  misfits: number;
}

export interface WrapTally {
  readonly row: (piece: Piece, next: string) => void;
  /** How the text is broken, null where that was known before. */
  readonly wrap: () => Wrap | null;
}

/** One such line may be a count that follows a row; most rows that lack something are not followed by counts. */
const isBroken = ({ having, lacking, continued }: Counts): boolean =>
  continued * 2 > lacking && (having > 0 || continued > 1);

const addBroken = (broken: Broken, { word: _word, processId }: NetstatRow, next: Continuation): void => {
  broken.rows += 1;
  if (processId === null) {
    broken.parts += 1;
    return;
  }
  if (!isWhole(processId)) broken.parts += 1;
  if (!isWhole(Number(`${processId}${next.processId}`))) broken.misfits += 1;
};

const isSame = (one: Wrap, other: Wrap): boolean =>
  one.states === other.states && one.processIds === other.processIds && one.widths.size === other.widths.size;

export const createWrapTally = (before: Wrap): WrapTally => {
  const states: Counts = { having: 0, lacking: 0, continued: 0 };
  const processIds: Counts = { having: 0, lacking: 0, continued: 0 };
  const byWidth = new Map<number, Broken>();
  let longest = 0;

  const count = (counts: Counts, isThere: boolean, isContinued: boolean): void => {
    if (isThere) counts.having += 1;
    else counts.lacking += 1;
    if (isContinued) counts.continued += 1;
  };

  return {
    row: ({ text, width, reading }, next) => {
      const row = reading?.row ?? null;
      if (row === null) return;
      longest = Math.max(longest, width);
      const continuation = startsRow(next) ? null : continuationOf(next);
      const lack = continuation === null ? null : lackOf(text, row, next, continuation);
      if (row.protocol === "tcp") count(states, row.word !== "", lack === "state");
      const hasNext = lack === "processId" || (lack === "state" && continuation?.processId !== null);
      count(processIds, row.processId !== null, hasNext);
      if (lack !== "rest" || continuation === null) return;
      const broken = byWidth.get(width) ?? { rows: 0, parts: 0, misfits: 0 };
      byWidth.set(width, broken);
      addBroken(broken, row, continuation);
    },
    wrap: () => {
      const broken = byWidth.get(longest);
      const isHard = broken !== undefined && broken.rows > 1 && broken.parts > 0 && broken.misfits === 0;
      const wrap: Wrap = {
        states: before.states || isBroken(states),
        processIds: before.processIds || isBroken(processIds),
        widths: isHard ? new Set([...before.widths, longest]) : before.widths,
      };
      return isSame(wrap, before) ? null : wrap;
    },
  };
};
