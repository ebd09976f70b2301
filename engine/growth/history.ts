/**
 * history.csv of a watch -> samples of each pool. The watch writes a row for each pool and sample, in quotes, in UTF-8; a crash
 * leaves a line without its end, or zeros; users may save the rows anew with Export-Csv (module/private/watch/).
 */
import { csvHeaderOf, splitCsv } from "../artifacts/text/csv.ts";
import { textOf } from "../artifacts/text/decode-text.ts";
import { parseIsoTime } from "../bytes/filetime.ts";
import { EngineError } from "../etl/errors.ts";
import { NO_PROCESS } from "../model/process.ts";
import type { Family, Transport } from "../model/socket-row.ts";
import { entryOf } from "../pools/tally.ts";

/** The process with most ports of all, TCP and UDP each for itself, as Windows remembers who opened them. */
export interface TopOwner {
  readonly processId: number;
  readonly name: string | null;
  readonly ports: number;
}

export interface HistoryRow {
  readonly protocol: Transport;
  readonly family: Family | null;
  /** FILETIME. */
  readonly time: bigint;
  readonly used: number;
  readonly capacity: number | null;
  readonly top: TopOwner | null;
}

export interface History {
  /** In the order in which they were written. */
  readonly rows: readonly HistoryRow[];
  /** Lines that are no rows: cut off, changed, or of a sample that failed. */
  readonly lost: number;
}

/** Rows of one pool. */
export interface PoolHistory {
  readonly protocol: Transport;
  readonly family: Family | null;
  readonly rows: readonly HistoryRow[];
}

const KEY_COLUMN = "capacity";
const COLUMNS = ["time", "protocol", "family", "used", KEY_COLUMN] as const;
type Column = (typeof COLUMNS)[number] | "topprocessid" | "topprocessname" | "topports";

const invalid = (file: string, why: string, advice: string): EngineError =>
  new EngineError("history-invalid", `${file} ${why}.`, advice, file);

const UTF16_MARKS: readonly number[] = [0xfeff, 0xfffe];

/** Zeros are what NTFS had noted the size of, and not yet written; UTF-16 has them in each ASCII character. */
const historyText = (bytes: Uint8Array): string => {
  const isUtf16 = UTF16_MARKS.includes((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8));
  const text = isUtf16 ? (textOf(bytes) ?? "") : new TextDecoder("utf-8").decode(bytes);
  return text.replaceAll("\0", "").replace(/^\ufeff/, "");
};

const WHOLE = /^\d{1,9}$/;

const wholeOf = (text: string): number | null => (WHOLE.test(text) ? Number(text) : null);

const familyOf = (text: string): Family | null | undefined => {
  if (text === "") return null;
  return text === "ipv4" || text === "ipv6" ? text : undefined;
};

/** A watch puts an apostrophe before what a spreadsheet would take for a formula. */
const nameOf = (text: string): string | null => (text === "" ? null : text.replace(/^'(?=\s*[=+\-@])/, ""));

const topOf = (cell: (column: Column) => string): TopOwner | null => {
  const [processId, ports] = [wholeOf(cell("topprocessid")), wholeOf(cell("topports"))];
  if (processId === null || processId === NO_PROCESS || ports === null) return null;
  return { processId, name: nameOf(cell("topprocessname")), ports };
};

/** Null where a cell cannot be what its column says. */
const rowOf = (cell: (column: Column) => string): HistoryRow | null => {
  const protocol = cell("protocol").toLowerCase();
  const family = familyOf(cell("family").toLowerCase());
  const time = parseIsoTime(cell("time"));
  const used = wholeOf(cell("used"));
  if ((protocol !== "tcp" && protocol !== "udp") || family === undefined || time === null || used === null) return null;
  return { protocol, family, time, used, capacity: wholeOf(cell("capacity")), top: topOf(cell) };
};

const ADVICE = "Give the history.csv that Register-PortWatch keeps; Get-PortWatch tells its folder.";

/** Errors: history-invalid. */
export const readHistory = (bytes: Uint8Array, file: string): History => {
  const [head = "", ...lines] = historyText(bytes).split(/\r?\n/);
  const header = csvHeaderOf(head, KEY_COLUMN);
  if (header === null || COLUMNS.some((column) => !header.names.includes(column)))
    throw invalid(file, "is no history of a watch: its first line does not name the columns of one", ADVICE);
  const { names, separator } = header;
  const isQuoted = head.endsWith('"');
  const rows: HistoryRow[] = [];
  let lost = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const cells = splitCsv(line, separator);
    // A number that was cut off looks like a smaller one.
    const isWhole = cells.length === names.length && line.endsWith('"') === isQuoted;
    const row = isWhole ? rowOf((column) => cells[names.indexOf(column)] ?? "") : null;
    if (row === null) lost += 1;
    else rows.push(row);
  }
  return { rows, lost };
};

const isBefore = (a: HistoryRow | undefined, b: HistoryRow | undefined): boolean =>
  a !== undefined && b !== undefined && a.time < b.time;

const poolKey = ({ protocol, family }: HistoryRow): string => `${protocol} ${family ?? ""}`;

/** Rows of several files, the older file first; a row that stands in two files counts once. One entry for each pool, TCP first. */
export const poolHistories = (histories: readonly History[]): readonly PoolHistory[] => {
  const inOrder = histories
    .filter(({ rows }) => rows.length > 0)
    .toSorted((a, b) => (isBefore(a.rows.at(-1), b.rows.at(-1)) ? -1 : 1));
  const known = new Set<string>();
  const pools = new Map<string, HistoryRow[]>();
  for (const row of inOrder.flatMap(({ rows }) => rows)) {
    const key = `${poolKey(row)} ${row.time}`;
    if (known.has(key)) continue;
    known.add(key);
    entryOf(pools, poolKey(row), () => []).push(row);
  }
  return [...pools]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) => {
      const [first] = rows;
      return first === undefined ? [] : [{ protocol: first.protocol, family: first.family, rows }];
    });
};
