/** Lines of CSV as Export-Csv writes them: cells in quotes, quotes doubled inside (RFC 4180), separators of the culture. */

const SEPARATORS = [",", ";", "\t"] as const;

export const splitCsv = (line: string, separator: string): readonly string[] => {
  const cells: string[] = [];
  let [cell, isQuoted] = ["", false];
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (isQuoted && character === '"' && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"' && (isQuoted || cell === "")) isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
};

export interface CsvHeader {
  readonly separator: string;
  /** In lower case. */
  readonly names: readonly string[];
}

/** The header that has this column among others, else null. */
export const csvHeaderOf = (line: string, column: string): CsvHeader | null => {
  if (!line.toLowerCase().includes(column)) return null;
  for (const separator of SEPARATORS) {
    const names = splitCsv(line, separator).map((name) => name.toLowerCase());
    if (names.length > 1 && names.includes(column)) return { separator, names };
  }
  return null;
};
