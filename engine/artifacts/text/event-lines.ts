/**
 * Lines of event texts in any language, told by the name of the source, which is never translated, and the id's number:
 * "label: 4231" (Event Viewer's copy, wevtutil /f:text, Format-List, JSON), rows of tables (Get-EventLog, Event Viewer's CSV,
 * Get-WinEvent under "ProviderName: Tcpip").
 */

import { eventIdOf, isPortEvent, SOURCE } from "./event-ids.ts";
import { integerOf } from "./lines.ts";

export interface Labelled {
  readonly label: string;
  readonly value: string;
}

const MARKS = new Set(['"', "'", ",", " ", "\t"]);

/** Without what JSON puts around its strings. */
const bare = (text: string): string => {
  let [start, end] = [0, text.length];
  while (start < end && MARKS.has(text.charAt(start))) start += 1;
  while (end > start && MARKS.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end).trim();
};

/** Event Viewer's friendly view: "[ Name]  Tcpip", "- EventID 4231", "[ SystemTime]  2026-...". */
const friendlyOf = (line: string): Labelled | null => {
  const [, bracketed, value] = /^\[\s*(Name|SystemTime)\s*\]\s+(\S{1,60})$/.exec(line.trim()) ?? [];
  if (bracketed !== undefined) return { label: bracketed === "Name" ? "source" : "systemtime", value: value ?? "" };
  const id = /^(?:- )?EventID\s+(\d{1,10})$/.exec(line.trim())?.[1];
  return id === undefined ? null : { label: "eventid", value: id };
};

/** "label: value", the colon followed by a blank, so that times are no labels. */
export const labelledOf = (line: string): Labelled | null => friendlyOf(line) ?? byColon(line);

const byColon = (line: string): Labelled | null => {
  const colon = line.search(/[:\uff1a]/);
  if (colon <= 0 || colon > 60) return null;
  const label = bare(line.slice(0, colon));
  const value = line.slice(colon + 1);
  if (!/^\p{L}/u.test(label) || !(line.charAt(colon) === "\uff1a" || /^(\s|$)/.test(value))) return null;
  return { label: label.toLowerCase(), value: bare(value) };
};

/** Labels whose numbers are of something else; those of PowerShell and of wevtutil are English everywhere. */
const OTHER_NUMBERS = /process|thread|record|index|activity|pid|opcode|task|level|version|keyword|bookmark|categor/i;

/** The id of an event about ports that a label and its value give, else null. */
export const idOfLabel = ({ label, value }: Labelled): number | null => {
  const number = integerOf(value);
  if (number === null || OTHER_NUMBERS.test(label)) return null;
  return isPortEvent(eventIdOf(number)) ? eventIdOf(number) : null;
};

export const isSource = (value: string): boolean => value.toLowerCase() === SOURCE;

/** A command that was echoed names source and ids too. */
const isCommand = (line: string): boolean =>
  /Get-(EventLog|WinEvent)|wevtutil|FilterHashtable|^\s*(PS\b[^>]*|[A-Za-z]:\\[^>]*)>/i.test(line);

const SEPARATORS_OF_ROW = 3;

const isTableRow = (line: string): boolean =>
  /\d{1,2}[:.]\d{2}|\S\s{2,}\S/.test(line) || (line.match(/[,;\t]/g) ?? []).length >= SEPARATORS_OF_ROW;

/**
 * The id of a row with the source in it: the number right behind the source (Event Viewer, Get-EventLog), else the only one
 * in the row that is of these events.
 */
export const idOfRow = (line: string): number | null => {
  if (!/tcpip/i.test(line) || isCommand(line) || !isTableRow(line)) return null;
  const words = line.split(/[\s,;"{}[\]:]+/);
  const source = words.findIndex(isSource);
  if (source < 0) return null;
  const next = integerOf(words[source + 1] ?? "");
  if (next !== null) return isPortEvent(eventIdOf(next)) ? eventIdOf(next) : null;
  const ids = new Set(words.map((word) => integerOf(word)).filter((word) => word !== null && isPortEvent(word)));
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
};

/** The id of a row in a table that is all of the source: the first number that stands alone. */
export const idOfRowBelowSource = (line: string): number | null => {
  if (!isTableRow(line)) return null;
  const id = line.split(/\s+/).find((word) => /^\d+$/.test(word));
  return id === undefined ? null : integerOf(id);
};
