/**
 * Tables of Format-Table: names of properties over rows of dashes, values left- or right-aligned to them, some empty. A
 * value shares a column of text with its dashes; where blanks were lost in a paste, only the order of values is left.
 */

export interface Column {
  readonly name: string;
  readonly start: number;
  /** Behind the last dash. */
  readonly end: number;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (line: string): readonly Word[] => {
  const words: Word[] = [];
  for (const match of line.matchAll(/\S+/g))
    words.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return words;
};

export const isDashes = (line: string): boolean => /^[\s-]+$/.test(line) && line.includes("-");

/** Columns of a header over its dashes, names of several words included; null where they do not belong together. */
export const columnsOf = (header: string, dashes: string): readonly Column[] | null => {
  const words = wordsOf(header);
  const rules = wordsOf(dashes);
  const columns = rules.map(({ start, end }) => ({ name: nameOver(words, start, end), start, end }));
  if (columns.length > 0 && columns.every(({ name }) => name !== "")) return columns;
  if (words.length !== rules.length) return null;
  return rules.map(({ start, end }, index) => ({ name: (words[index]?.text ?? "").toLowerCase(), start, end }));
};

const nameOver = (words: readonly Word[], start: number, end: number): string =>
  words
    .filter((word) => word.start < end && word.end > start)
    .map(({ text }) => text.toLowerCase())
    .join(" ");

type Values = ReadonlyMap<string, string>;

/** Null where a value stands over two columns, so that the alignment was lost. */
const byPlace = (columns: readonly Column[], words: readonly Word[]): Values | null => {
  const values = new Map<string, string>();
  let last: string | null = null;
  for (const { text, start, end } of words) {
    const over = columns.filter((column) => start < column.end && end > column.start);
    if (over.length > 1) return null;
    const name: string | null = over[0]?.name ?? last;
    if (name === null) return null;
    const before = values.get(name);
    values.set(name, before === undefined ? text : `${before} ${text}`);
    last = name;
  }
  return values;
};

/** The setting is empty for all sockets that are not connected. */
const OFTEN_EMPTY = "appliedsetting";

const byOrder = (columns: readonly Column[], words: readonly string[]): Values | null => {
  const filled = columns.length === words.length ? columns : columns.filter(({ name }) => name !== OFTEN_EMPTY);
  if (filled.length !== words.length) return null;
  return new Map(filled.map(({ name }, index) => [name, words[index] ?? ""]));
};

const byTabs = (columns: readonly Column[], line: string): Values | null => {
  const cells = line.split("\t").map((cell) => cell.trim());
  return cells.length === columns.length ? new Map(columns.map(({ name }, index) => [name, cells[index] ?? ""])) : null;
};

/** The first reading that `isSound` accepts, else null. */
export const readTableRow = (
  columns: readonly Column[],
  line: string,
  isSound: (values: Values) => boolean,
): Values | null => {
  const words = wordsOf(line);
  const tries: readonly (() => Values | null)[] = [
    () => (line.includes("\t") ? byTabs(columns, line) : byPlace(columns, words)),
    () =>
      byOrder(
        columns,
        words.map(({ text }) => text),
      ),
  ];
  for (const attempt of tries) {
    const values = attempt();
    if (values !== null && isSound(values)) return values;
  }
  return null;
};
