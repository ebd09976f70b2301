/** Lines of CSV as Export-Csv writes them: cells in quotes, quotes doubled inside (RFC 4180), separators of the culture. */

const SEPARATORS = [",", ";", "\t"] as const;

/** Where the quoted cell that begins here ends: at the quote that is not doubled, or at the line's end. */
const endOfQuoted = (line: string, start: number): number => {
  let at = line.indexOf('"', start + 1);
  while (at >= 0 && line.charAt(at + 1) === '"') at = line.indexOf('"', at + 2);
  return at < 0 ? line.length : at;
};

export const splitCsv = (line: string, separator: string): readonly string[] => {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let start = 0;
  while (start <= line.length) {
    const isQuoted = line.charAt(start) === '"';
    const close = isQuoted ? endOfQuoted(line, start) : start;
    const found = line.indexOf(separator, close);
    const end = found < 0 ? line.length : found;
    const cell = isQuoted ? line.slice(start + 1, close).replaceAll('""', '"') : line.slice(start, end);
    cells.push(cell.trim());
    start = end + 1;
  }
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
