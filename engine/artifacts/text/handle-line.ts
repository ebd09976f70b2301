/**
 * Lines of lists of handles. handle.exe prints a process ("name pid: 1234 user") and its handles ("1A4: File  (RW-)   name"),
 * or, where it searches, both in one line ("name  pid: 1234   type: File   1A4: name"); with -v CSV, whose names are not
 * quoted (help of handle.exe 5.0; outputs in read_file ids 60327618639, 70962937760; version 3.02 in tests/fixtures/evidence).
 * Process Explorer saves "Process: name Pid: 1234" and lines parted by tabs under "Type" and "Name": from memory of its
 * logs in forums, for no output was found to check it against.
 */

import { integerOf, processIdOf } from "./lines.ts";

export interface ListedHandle {
  readonly type: string;
  readonly name: string;
  /** Null where the list does not show it. */
  readonly value: number | null;
}

export interface ListedProcess {
  readonly processId: number;
  readonly processName: string;
}

export interface HandleLine {
  readonly process: ListedProcess | null;
  readonly handle: ListedHandle | null;
}

const PID = " pid: ";

const isPath = (name: string): boolean => /^(\\|[A-Za-z]:(\\|$)|\/)/.test(name);

/** Names of object types are words in capitals and small letters; the protocols of a numbered netstat are not. */
const TYPE = /^((?=[A-Z]+[a-z])[A-Za-z]+|ALPC Port)(?=\s|$)/;
const SHARE = /^\([R-][W-][D-]\)/;

const numberOfHex = (hex: string): number => Number.parseInt(hex, 16);

/** "1A4: File  (RW-)   \Device\Afd"; old versions print no sharing, and objects may have no name. */
const handleOf = (trimmed: string): ListedHandle | null => {
  const start = /^(?:0x)?([0-9A-Fa-f]{1,8}):\s+/.exec(trimmed);
  if (start === null) return null;
  const rest = trimmed.slice(start[0].length);
  const type = TYPE.exec(rest)?.[1];
  if (type === undefined) return null;
  const afterType = rest.slice(type.length).trim();
  const name = afterType.replace(SHARE, "").trim();
  if (type === "File" && name === afterType && name !== "" && !isPath(name)) return null;
  return { type, name, value: numberOfHex(start[1] ?? "") };
};

/** "type: File   user   1A4: \Device\Afd": what a search found; without a type, a path is a file. */
const foundOf = (rest: string): ListedHandle | null => {
  const found = /(?:^|\s)([0-9A-Fa-f]{1,8}):\s+(\S.*)$/s.exec(rest);
  if (found === null) return null;
  const name = found[2] ?? "";
  const type = /^type:\s+(ALPC Port|\S+)/.exec(rest)?.[1] ?? (isPath(name) ? "File" : null);
  return type === null ? null : { type, name, value: numberOfHex(found[1] ?? "") };
};

/** "name pid: 1234 ..." of handle.exe, "Process: name Pid: 1234" of Process Explorer. */
const processOf = (trimmed: string): HandleLine | null => {
  const at = trimmed.toLowerCase().indexOf(PID);
  if (at <= 0) return null;
  const [number = "", ...words] = trimmed
    .slice(at + PID.length)
    .trim()
    .split(/(\s+)/);
  const processId = processIdOf(number);
  if (processId === null) return null;
  const rest = words.join("").trim();
  const before = trimmed.slice(0, at).trim();
  const isOfExplorer = /^Process:\s/.test(before);
  // Other tools print more behind the process ("Address: 0x...").
  if (isOfExplorer && rest !== "") return null;
  const processName = isOfExplorer ? before.slice("Process:".length).trim() : before;
  return { process: { processId, processName }, handle: foundOf(rest) };
};

export const readHandleLine = (trimmed: string): HandleLine | null => {
  const handle = handleOf(trimmed);
  return handle === null ? processOf(trimmed) : { process: null, handle };
};

/** Columns of a list whose header names them, by their place. */
export interface HandleColumns {
  readonly separator: "," | "\t";
  readonly count: number;
  readonly places: Readonly<Record<ColumnName, number>>;
  readonly isNameLast: boolean;
}

type ColumnName = "process" | "pid" | "type" | "handle" | "name";

const columnsOf = (separator: "," | "\t", names: readonly string[]): HandleColumns => ({
  separator,
  count: names.length,
  places: {
    process: names.indexOf("process"),
    pid: names.indexOf("pid"),
    type: names.indexOf("type"),
    handle: names.indexOf("handle"),
    name: names.indexOf("name"),
  },
  isNameLast: names.at(-1) === "name",
});

/** "Process,PID,...,Type,...,Handle,...,Name" of handle.exe -v, or "Type<tab>Name..." of Process Explorer. */
export const handleColumnsOf = (trimmed: string): HandleColumns | null => {
  if (!/\bname\b/i.test(trimmed)) return null;
  const separator = trimmed.includes("\t") ? "\t" : ",";
  const names = trimmed
    .toLowerCase()
    .split(separator)
    .map((name) => name.trim());
  if (!names.includes("type") || !names.includes("name")) return null;
  if (separator === "," && !(names.includes("process") && names.includes("pid"))) return null;
  return columnsOf(separator, names);
};

const hexOf = (text: string): number | null => (/^(0x)?[0-9A-Fa-f]{1,16}$/.test(text) ? numberOfHex(text) : null);

/** A name may hold commas, which handle.exe does not quote: as the last column it takes the rest of the line. */
export const readHandleCells = (line: string, columns: HandleColumns): HandleLine | null => {
  const { separator, count, places, isNameLast } = columns;
  const parts = line.trim().split(separator);
  if (parts.length < Math.min(count, 2)) return null;
  const cells =
    isNameLast && separator === "," ? [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)] : parts;
  const cell = (name: ColumnName): string => cells[places[name]]?.trim() ?? "";
  const type = TYPE.exec(cell("type"))?.[1];
  if (type === undefined) return null;
  const processId = integerOf(cell("pid"));
  if (separator === "," && processId === null) return null;
  return {
    process: processId === null ? null : { processId, processName: cell("process") },
    handle: { type, name: cell("name"), value: hexOf(cell("handle")) },
  };
};

/** A line copied from Process Explorer alone. */
export const readCopiedCells = (line: string): HandleLine | null => {
  const [type = "", name = ""] = line.trim().split("\t");
  return type === "File" && isPath(name) ? { process: null, handle: { type, name, value: null } } : null;
};
