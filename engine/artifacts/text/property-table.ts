/**
 * Tables of Format-Table: names of properties over rows of dashes, values left- or right-aligned to them, some empty. A
 * value shares a column of text with its dashes; where blanks were lost in a paste, only the order of values is left.
 */

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where its dashes stand. */
export interface Column extends Span {
  readonly name: string;
}

interface Word extends Span {
  readonly text: string;
}

const wordsOf = (line: string): readonly Word[] => {
  const words: Word[] = [];
  for (const match of line.matchAll(/\S+/g))
    words.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return words;
};

/** The objects read here have half as many properties; more are made to be slow. */
const MOST_COLUMNS = 64;

export const isDashes = (line: string): boolean =>
  /^[\s-]+$/.test(line) && line.includes("-") && wordsOf(line).length <= MOST_COLUMNS;

/** For each word the columns whose dashes it shares, in one walk, since both stand in order. */
const columnsUnder = (words: readonly Span[], columns: readonly Span[]): readonly (readonly number[])[] => {
  let first = 0;
  return words.map(({ start, end }) => {
    while ((columns[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first += 1;
    const under: number[] = [];
    for (let at = first; (columns[at]?.start ?? Number.POSITIVE_INFINITY) < end; at += 1) under.push(at);
    return under;
  });
};

/** Columns of a header over its dashes, names of several words included; null where they do not belong together. */
export const columnsOf = (header: string, dashes: string): readonly Column[] | null => {
  const words = wordsOf(header);
  const rules = wordsOf(dashes);
  const names = namesOver(words, rules);
  const columns = rules.map(({ start, end }, at) => ({ name: (names[at] ?? []).join(" "), start, end }));
  if (columns.length > 0 && columns.every(({ name }) => name !== "")) return columns;
  if (words.length !== rules.length) return null;
  return rules.map(({ start, end }, index) => ({ name: (words[index]?.text ?? "").toLowerCase(), start, end }));
};

const namesOver = (words: readonly Word[], rules: readonly Span[]): readonly (readonly string[])[] => {
  const names = rules.map((): string[] => []);
  columnsUnder(words, rules).forEach((under, at) => {
    for (const rule of under) names[rule]?.push((words[at]?.text ?? "").toLowerCase());
  });
  return names;
};

type Values = ReadonlyMap<string, string>;

/** Null where a value stands over two columns, so that the alignment was lost. */
const byPlace = (columns: readonly Column[], words: readonly Word[]): Values | null => {
  const values = new Map<string, string>();
  let last: string | null = null;
  const under = columnsUnder(words, columns);
  for (const [at, { text }] of words.entries()) {
    const [only, second] = under[at] ?? [];
    if (second !== undefined) return null;
    const name: string | null = (only === undefined ? null : columns[only]?.name) ?? last;
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
