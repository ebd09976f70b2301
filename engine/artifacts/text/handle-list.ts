/**
 * AFD handles of processes as handle.exe and Process Explorer list them. Names are those of section 2 of handles.md: exactly
 * \Device\Afd or below it, and below it the helpers of event loops, which are no sockets (domain.md 3.9).
 */

import type { Decoded, ListedHandles, TextKind } from "../decoded.ts";
import {
  handleColumnsOf,
  type HandleColumns,
  type HandleLine,
  type ListedHandle,
  type ListedProcess,
  readCopiedCells,
  readHandleCells,
  readHandleLine,
} from "./handle-line.ts";
import { forEachLine } from "./lines.ts";
import { createProblems } from "./problems.ts";

const AFD = "\\device\\afd";

const HELPERS: ReadonlySet<string> = new Set(["asyncconnecthlp", "asyncselecthlp", "mio", "wepoll", "trio", "router"]);

/** What stands below \Device\Afd, "" for the device itself, null for other names. */
const afdSuffixOf = (name: string): string | null => {
  const lower = name.trim().toLowerCase();
  if (lower === AFD) return "";
  return lower.startsWith(`${AFD}\\`) ? lower.slice(AFD.length + 1) : null;
};

interface Tally {
  readonly process: ListedProcess | null;
  readonly seen: Set<number>;
  rows: number;
  fileHandles: number;
  afdHandles: number;
  helpers: number;
}

const addHandle = (tally: Tally, { type, name, value }: ListedHandle): void => {
  // A list appended to an older one shows the same handles again; without a process, equal values are different handles.
  if (tally.process !== null && value !== null) {
    if (tally.seen.has(value)) return;
    tally.seen.add(value);
  }
  tally.rows += 1;
  if (type !== "File") return;
  tally.fileHandles += 1;
  const suffix = afdSuffixOf(name);
  if (suffix === null) return;
  tally.afdHandles += 1;
  if (HELPERS.has(suffix)) tally.helpers += 1;
};

interface Reader {
  readonly line: (line: string) => void;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly isList: () => boolean;
}

const createReader = (): Reader => {
  const tallies = new Map<string, Tally>();
  let current: ListedProcess | null = null;
  let columns: HandleColumns | null = null;
  let isList = false;

  const tallyOf = (process: ListedProcess | null): Tally => {
    const key = process === null ? "" : `${process.processId} ${process.processName}`;
    const tally = tallies.get(key) ?? { process, seen: new Set(), rows: 0, fileHandles: 0, afdHandles: 0, helpers: 0 };
    tallies.set(key, tally);
    return tally;
  };

  const take = ({ process, handle }: HandleLine): void => {
    if (process !== null && handle === null) current = process;
    if (handle === null) return;
    isList ||= handle.type === "File" || process !== null || current !== null;
    addHandle(tallyOf(process ?? current), handle);
  };

  const line = (text: string): void => {
    const trimmed = text.trim();
    if (trimmed === "") return;
    const header = handleColumnsOf(trimmed);
    if (header !== null) {
      columns = header;
      return;
    }
    const cells = columns !== null && text.includes(columns.separator) ? readHandleCells(text, columns) : null;
    const found = cells ?? (text.includes("\t") ? readCopiedCells(text) : null) ?? readHandleLine(trimmed);
    if (found !== null) take(found);
  };

  return { line, tallies, isList: () => isList };
};

const decode = (text: string): Decoded | null => {
  const reader = createReader();
  const tooLong = forEachLine(text, reader.line);
  if (!reader.isList()) return null;
  const tallies = [...reader.tallies.values()];
  const handles: readonly ListedHandles[] = tallies.map(({ process, fileHandles, afdHandles, helpers }) => ({
    processId: process?.processId ?? null,
    processName: process?.processName ?? null,
    fileHandles,
    afdHandles,
    helpers,
  }));
  const rows = tallies.reduce((sum, tally) => sum + tally.rows, 0);
  return { rows, problems: createProblems().sentences(tooLong), handles };
};

export const HANDLE_LIST: TextKind = { kind: "handle-list", decode };
