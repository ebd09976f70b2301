/**
 * Objects with a LocalPort, however PowerShell printed them: as table, list, CSV or JSON, one after the other in one text.
 * Which cmdlet or class they are of is taken from the nearest line above that names one (an echoed command, #TYPE).
 */

import type { Transport } from "../../model/socket-row.ts";
import { type CsvHeader, csvHeaderOf, splitCsv } from "./csv.ts";
import { forEachLine, isElision, portOf } from "./lines.ts";
import type { ProblemList } from "./problems.ts";
import { readJsonObjects } from "./property-json.ts";
import { createListReader } from "./property-list.ts";
import { CORE, mentionOf, type PropertyRecord } from "./property-record.ts";
import { type Column, columnsOf, isDashes, readTableRow } from "./property-table.ts";

const PORT = "localport";

type Open =
  | { readonly form: "table"; readonly columns: readonly Column[] }
  | { readonly form: "csv"; readonly header: CsvHeader }
  | null;

const NUMBERS: readonly string[] = ["localport", "remoteport", "owningprocess"];

/** A row's numbers where its columns want them; the process may be cut off at the edge of a console. */
const isSound = (values: ReadonlyMap<string, string>): boolean =>
  portOf(values.get(PORT) ?? "") !== null &&
  NUMBERS.every((name) => !values.has(name) || /^(\d+(\.{3}|\u2026)?)?$/.test(values.get(name) ?? ""));

const isAddress = (word: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(word) || /^[\da-f]*:[\da-f]*:[\da-f:.%]*$/i.test(word);

/** Whether a line that fits no row was meant to be one. */
const looksLikeRow = (line: string, columns: readonly Column[]): boolean => {
  const words = line.trim().split(/\s+/);
  if (columns.some(({ name }) => name === "localaddress")) return words.some(isAddress);
  return words.length === columns.length && words.some((word) => /^\d+$/.test(word));
};

const NO_JSON = "the object is cut or no JSON";
const NO_ROW = "the row does not fit its columns";

interface Reader {
  readonly line: (line: string, number: number) => void;
  readonly end: () => void;
}

const createReader = (keep: (record: PropertyRecord) => void, problems: ProblemList): Reader => {
  const list = createListReader(keep);
  let mention: Transport | null = null;
  let open: Open = null;
  let before = "";

  const misfit = (number: number): void => problems.add(NO_ROW, number, `${NO_ROW}.`);

  const tableRow = (columns: readonly Column[], line: string, number: number): void => {
    const values = readTableRow(columns, line, isSound);
    if (values !== null) keep({ line: number, values, protocol: mention });
    else if (looksLikeRow(line, columns)) misfit(number);
    else open = null;
  };

  const csvRow = ({ separator, names }: CsvHeader, line: string, number: number): void => {
    const cells = splitCsv(line, separator);
    if (cells.length === names.length)
      keep({
        line: number,
        values: new Map(names.flatMap((name, at) => (CORE.has(name) ? [[name, cells[at] ?? ""]] : []))),
        protocol: mentionOf(line) ?? mention,
      });
    else if (cells.length > 1) misfit(number);
    else open = null;
  };

  const start = (line: string): boolean => {
    const columns = isDashes(line) ? columnsOf(before, line) : null;
    if (columns?.some(({ name }) => name === PORT)) {
      open = { form: "table", columns };
      return true;
    }
    const header = csvHeaderOf(line, PORT);
    if (header !== null) open = { form: "csv", header };
    return header !== null;
  };

  const line = (text: string, number: number): void => {
    const said = mentionOf(text);
    if (text.trim() === "" || isElision(text.trim())) return list.end();
    if (!start(text)) {
      if (open?.form === "table") tableRow(open.columns, text, number);
      else if (open?.form === "csv") csvRow(open.header, text, number);
      else list.line(text, number, mention);
      if (open === null && said !== null) mention = said;
    }
    before = text;
  };

  return { line, end: list.end };
};

/** Every object of the text that has a port, or should have one. Gives the number of lines left out for their length. */
export const readPropertyRecords = (
  text: string,
  keep: (record: PropertyRecord) => void,
  problems: ProblemList,
): number => {
  if (!/localport/i.test(text)) return 0;
  const { objects, rest } = readJsonObjects(text, PORT);
  for (const { line, text: slice, values } of objects) {
    if (values === null) problems.add(NO_JSON, line, `${NO_JSON}.`);
    else keep({ line, values, protocol: mentionOf(slice) });
  }
  const reader = createReader(keep, problems);
  const tooLong = forEachLine(rest, reader.line);
  reader.end();
  return tooLong;
};
