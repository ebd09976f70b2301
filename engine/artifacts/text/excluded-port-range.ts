/**
 * `netsh int ipv4|ipv6 show excludedportrange tcp|udp` in any language: a heading that names the protocol, names of two
 * columns over two rows of dashes, rows of two numbers, an asterisk behind those made by an administrator, and a line that
 * explains the asterisk (domain.md 1; samples in tests/fixtures/evidence).
 */

import type { ExcludedRange } from "../../model/port-range.ts";
import type { Decoded, TextHint, TextKind } from "../decoded.ts";
import { forEachLine, isElision, LAST_PORT } from "./lines.ts";
import { createProblems, type ProblemList } from "./problems.ts";
import { createRangeContext, type RangeOwner } from "./range-context.ts";

const COMMAND = "excludedportrange";

const isRule = (trimmed: string): boolean => /^-{4,}\s+-{4,}$/.test(trimmed);

/** As netsh draws it, wide and with a gap; tables of PowerShell have a blank between columns of numbers. */
const isRuleOfNetsh = (trimmed: string): boolean => /^-{8,}(\s{4,}|\t+)-{8,}$/.test(trimmed);

/** Property names of objects, as PowerShell prints them over its tables. */
const isOfPowerShell = (header: string): boolean => /^[A-Z][a-z]+[A-Z]\w*\s|\s[A-Z][a-z]+[A-Z]\w*$/.test(header);

/** People write remarks behind rows: "50279  50378  <- here". */
const ROW = /^(\d{1,10})\s+(\d{1,10})(?:\s*(\*))?(?:\s+[<#(/\u2190].*)?$/;

interface Table {
  readonly line: number;
  readonly owner: RangeOwner;
  readonly looksRight: boolean;
  readonly rows: ExcludedRange[];
  readonly impossible: { readonly line: number; readonly start: number; readonly end: number }[];
}

interface TableStart {
  readonly line: number;
  readonly rule: string;
  readonly header: string;
  readonly owner: RangeOwner;
}

const newTable = ({ line, rule, header, owner }: TableStart): Table => ({
  line,
  owner,
  looksRight: isRuleOfNetsh(rule) && !isOfPowerShell(header),
  rows: [],
  impossible: [],
});

const addRow = (table: Table, [, first, second, asterisk]: RegExpExecArray, line: number): void => {
  const [start, end] = [Number(first), Number(second)];
  if (start > end || end > LAST_PORT) table.impossible.push({ line, start, end });
  else
    table.rows.push({
      protocol: table.owner.protocol,
      family: table.owner.family,
      startPort: start,
      endPort: end,
      isAdministered: asterisk !== undefined,
    });
};

interface TableReader {
  readonly line: (trimmed: string, number: number) => void;
  readonly end: (hasLegend: boolean) => void;
  readonly found: { readonly exclusions: ExcludedRange[]; tables: number };
}

/** Two numbers in a row may be anything: something must say that they are exclusions. */
const isExclusions = ({ owner, looksRight, rows, impossible }: Table, hasLegend: boolean): boolean => {
  if (owner.isCommanded || hasLegend) return true;
  if (rows.length === 0 && impossible.length === 0) return owner.isSaid && looksRight;
  return looksRight || rows.some(({ isAdministered }) => isAdministered);
};

const NOBODYS =
  "the text does not say whether these exclusions are TCP's or UDP's, so they are subtracted from neither";

const tellProblems = ({ line, owner, rows, impossible }: Table, problems: ProblemList): void => {
  if (owner.protocol === null && rows.length > 0) problems.add(NOBODYS, line, `${NOBODYS}.`);
  for (const each of impossible)
    problems.add("no such ports are possible", each.line, `there are no ports from ${each.start} to ${each.end}.`);
};

const createReader = (hint: TextHint, problems: ProblemList): TableReader => {
  const context = createRangeContext(COMMAND, hint);
  const found: { exclusions: ExcludedRange[]; tables: number } = { exclusions: [], tables: 0 };
  let table: Table | null = null;
  let header = "";

  const end = (hasLegend: boolean): void => {
    if (table !== null && isExclusions(table, hasLegend)) {
      found.tables += 1;
      for (const row of table.rows) found.exclusions.push(row);
      tellProblems(table, problems);
    }
    if (table !== null) context.clear();
    table = null;
  };

  const line = (trimmed: string, number: number): void => {
    const row = table === null ? null : ROW.exec(trimmed);
    if (table !== null && row !== null) return addRow(table, row, number);
    if (isElision(trimmed)) return;
    end(trimmed.startsWith("*"));
    if (isRule(trimmed)) table = newTable({ line: number, rule: trimmed, header, owner: context.owner(2) });
    else context.line(trimmed);
    header = trimmed;
  };

  return { found, end, line };
};

const decode = (text: string, hint: TextHint): Decoded | null => {
  const problems = createProblems();
  const reader = createReader(hint, problems);
  const tooLong = forEachLine(text, (line, number) => {
    const trimmed = line.trim();
    if (trimmed !== "") reader.line(trimmed, number);
  });
  reader.end(false);
  const { exclusions, tables } = reader.found;
  if (tables === 0) return null;
  return { rows: exclusions.length, problems: problems.sentences(tooLong), exclusions };
};

export const EXCLUDED_PORT_RANGE: TextKind = { kind: "excluded-port-range", decode };
