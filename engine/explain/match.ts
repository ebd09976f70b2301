/** A place in a text where an entry was recognised. */
import type { Entry } from "./entry.ts";

export interface Match {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

/** Longest first, so that a specific text ("connectex: Only one usage ...") takes its place before the general one inside of it. */
const byLength = (a: Match, b: Match): number => b.end - b.start - (a.end - a.start) || a.start - b.start;

/** Those that remain where no two may share a character, in the order of the text. */
export const withoutOverlaps = (matches: readonly Match[], length: number): readonly Match[] => {
  const taken = new Uint8Array(length);
  return [...matches]
    .sort(byLength)
    .filter(({ start, end }) => {
      if (taken.subarray(start, end).includes(1)) return false;
      taken.fill(1, start, end);
      return true;
    })
    .sort((a, b) => a.start - b.start);
};
