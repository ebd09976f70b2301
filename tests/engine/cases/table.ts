// A table written as text, one case a line: columns between bars, which align by hand.

export type Row = {
  readonly name: string;
  /** Of a machine now; of a recording, whether ports ran out in it. */
  readonly level: string;
  readonly pattern: string;
  /** Null: nobody may be accused. */
  readonly culprit: string | null;
  /** The finding that matters most; null where there is none to be had. */
  readonly finding: string | null;
  /** The remedy to look at first. */
  readonly remedy: string | null;
  /** Where the situation comes from. */
  readonly source: string;
};

const COLUMNS = 7;

const orNull = (cell: string): string | null => (cell === "-" ? null : cell);

const rowOf = (line: string): Row => {
  const cells = line.split("|").map((cell) => cell.trim());
  const [name = "", level = "", pattern = "", culprit = "", finding = "", remedy = "", source = ""] = cells;
  if (cells.length !== COLUMNS || cells.includes("")) throw new RangeError(`not a case: ${line}`);
  return {
    name,
    level,
    pattern,
    culprit: orNull(culprit),
    finding: orNull(finding),
    remedy: orNull(remedy),
    source,
  };
};

export const rowsOf = (table: string): readonly Row[] =>
  table
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(rowOf);
