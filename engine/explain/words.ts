/** Recognises entries by their names and by the texts that programs print for them. */
import type { Entry } from "./entry.ts";
import type { Match } from "./match.ts";
import { folded } from "./plain-text.ts";

const WORD = /[a-z_][a-z0-9_]*/g;
const WORD_CHARACTER = /[a-z0-9_]/;

export type FindWords = (text: string) => readonly Match[];

const nameIndex = (entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
  new Map(entries.flatMap((entry) => entry.names.map((name) => [folded(name), entry])));

/** A saying must not begin or end inside a word or a number of ASCII; other scripts do not part their words. */
const isCut = (text: string, start: number, end: number): boolean => {
  const inside = (a: number, b: number): boolean =>
    WORD_CHARACTER.test(text.charAt(a)) && WORD_CHARACTER.test(text.charAt(b));
  return inside(start - 1, start) || inside(end - 1, end);
};

const placesOf = (text: string, saying: string): readonly number[] => {
  const places: number[] = [];
  for (let at = text.indexOf(saying); at >= 0; at = text.indexOf(saying, at + saying.length)) places.push(at);
  return places;
};

/** `text`: folded. */
export const wordFinder = (entries: readonly Entry[]): FindWords => {
  const names = nameIndex(entries);
  const sayings = entries.flatMap((entry) => entry.sayings.map(({ text }) => ({ entry, saying: folded(text) })));
  const findNames = (text: string): readonly Match[] => {
    const matches: Match[] = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const entry = names.get(word);
      if (entry !== undefined) matches.push({ entry, start: index, end: index + word.length });
    }
    return matches;
  };
  const findSayings = (text: string): readonly Match[] =>
    sayings.flatMap(({ entry, saying }) =>
      placesOf(text, saying)
        .map((start) => ({ entry, start, end: start + saying.length }))
        .filter(({ start, end }) => !isCut(text, start, end)),
    );
  return (text) => [...findNames(text), ...findSayings(text)];
};
