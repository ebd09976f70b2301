/**
 * Texts -> what the errors in them say about ports. Each error is told once, however often it comes, the most telling ones first: whoever
 * reads has been woken up.
 */
import type { ErrorMeaning } from "../generated/records.ts";
import { ENTRIES } from "./entries.ts";
import { type Entry, type Exhaustion, sourcesOf } from "./entry.ts";
import { type Match, withoutOverlaps } from "./match.ts";
import { numberFinder } from "./numbers.ts";
import { plainText } from "./plain-text.ts";
import { wordFinder } from "./words.ts";

/** A log may hold every error there is; more than these nobody reads. */
export const MAX_MEANINGS = 20;

const RANK: Readonly<Record<Exhaustion, number>> = { Yes: 0, Maybe: 1, No: 2 };

const findNumbers = numberFinder(ENTRIES);
const findWords = wordFinder(ENTRIES);

/** Places in a text in its plain form, in their order; no two share a character. */
export const recognise = (folded: string): readonly Match[] =>
  withoutOverlaps([...findNumbers(folded), ...findWords(folded)], folded.length);

/** An inner exception's message stands behind the outer one's within so many characters, with a stack trace's first lines at most. */
const INSIDE = 500;

/** Without the outer errors of which the error inside is about something else: then so are they. In the order of the text. */
const withoutRefuted = (matches: readonly Match[]): readonly Match[] => {
  let inside: Match | null = null;
  const kept: Match[] = [];
  for (const match of [...matches].reverse()) {
    const { isOuter, isVague } = match.entry;
    const isRefuted = isOuter && inside?.entry.exhaustion === "No" && inside.start - match.end <= INSIDE;
    if (!isRefuted) kept.push(match);
    if (!isOuter && !isVague) inside = match;
  }
  return kept.reverse();
};

interface Found {
  readonly entry: Entry;
  readonly matched: string;
}

const foundIn = (text: string): readonly Found[] => {
  const { shown, folded } = plainText(text);
  return withoutRefuted(recognise(folded)).map(({ entry, start, end }) => ({
    entry,
    matched: shown.slice(start, end),
  }));
};

/** The first place of each entry. */
const firstOfEach = (found: readonly Found[]): readonly Found[] => {
  const seen = new Map<Entry, Found>();
  for (const one of found) if (!seen.has(one.entry)) seen.set(one.entry, one);
  return [...seen.values()];
};

const meaningOf = ({ entry, matched }: Found): ErrorMeaning => ({
  code: entry.code,
  system: entry.system,
  names: entry.names,
  matched,
  meaning: entry.meaning,
  exhaustion: entry.exhaustion,
  when: entry.when,
  next: entry.next,
  sources: sourcesOf(entry),
});

const byTelling = ({ entry: a }: Found, { entry: b }: Found): number =>
  RANK[a.exhaustion] - RANK[b.exhaustion] || Number(a.isOuter) - Number(b.isOuter);

/** At most MAX_MEANINGS. */
export const explain = (texts: readonly string[]): readonly ErrorMeaning[] => {
  const found = firstOfEach(texts.flatMap(foundIn));
  const telling = found.filter(({ entry }) => !entry.isVague);
  return [...(telling.length > 0 ? telling : found)].sort(byTelling).slice(0, MAX_MEANINGS).map(meaningOf);
};
