/**
 * What stands around a number in a text, and what it is the value of. That a number is a part of something longer (an address, a
 * version, a time, a GUID) or counts things is seen here for codes and events alike.
 */

/** Looked at before and after a number: every pattern runs on no more than that. */
const BEFORE = 80;
const AFTER = 40;

export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** The number stands at the very beginning. */
  readonly isFirst: boolean;
}

export const surroundings = (folded: string, start: number, end: number): Surroundings => ({
  before: folded.slice(Math.max(0, start - BEFORE), start),
  after: folded.slice(end, end + AFTER),
  isFirst: start === 0,
});

/** Part of an address, a version, a date, a time, a path, a GUID. */
const PART_BEFORE = /(?:[0-9][.,:/-]|[0-9a-f]{4}-)$/;
const PART_AFTER = /^(?:[.,:/-][0-9]|-[0-9a-f]{4}-)/;

/** In the plural, as "4231 Warning" is a row of a table. */
const UNITS =
  /^ ?(?:%|(?:[kmg]i?b|bytes?|ms|milliseconds|sec|seconds|min|minutes|hours|days|times|connections|sockets|ports|handles|packets|requests|responses|threads|tasks|jobs|files|items|objects|entries|rows|lines|records|documents|results|hits|users|clients|sessions|calls|messages|events|errors|warnings|exceptions|attempts|retries|zeilen|dateien|verbindungen|anfragen|sekunden|lignes|fichiers|connexions|líneas|conexiones|righe|of [0-9]+)(?!\p{L}))/u;

export const isPart = ({ before, after }: Surroundings): boolean =>
  PART_BEFORE.test(before) || PART_AFTER.test(after) || UNITS.test(after);

/** A host and its port: status.contoso.com:10048, proxy-error:10048. */
const HOST_AND_PORT = /[^\s"'([{<]*[.\d-][^\s"'([{<]*:$/;
/** Hyphens that are of the word: Event-ID:4231, error-code:10055. */
const HYPHENED = /(?:event|ereignis|error|fehler)-(?:id|code):$/;

export const isHostAndPort = ({ before }: Surroundings): boolean =>
  HOST_AND_PORT.test(before) && !HYPHENED.test(before);

const CONNECTORS = /[\s:=#"'`\\()[\]{}<>*|\-–：（【「«»„“”]+$/;
const FILLERS = /(?:^|[^a-z])(?:nr\.?|no\.?|number|num|nummer|is|was|of)$/;
/** Numbers listed in front: "errors 10048 and 10055". */
const LISTED_BEFORE = /(?:[0-9]{4,10} ?(?:,|\/|&|and|or|und|oder|et|ou|y|e|o) ?)+$/;
const LISTED_AFTER = /^ ?(?:,|\/|&|and|or|und|oder|et|ou|y|e|o) ?[0-9]{4,10}(?![0-9a-z])/;
/** The tag right in front: <EventID Qualifiers="32768">, <Data Name="ErrorCode">. */
const TAG = /<([a-z][^<>]*)> ?$/;
const TAG_NAME = /^[a-z][\w.:]*/;
const TAG_VALUE = /=["']([^"'<>]*)["']$/;

export const isListed = ({ before, after }: Surroundings): boolean =>
  LISTED_BEFORE.test(before) || LISTED_AFTER.test(after);

const stripped = (before: string): string => before.replace(LISTED_BEFORE, "").replace(CONNECTORS, "");

const withoutFiller = (label: string): string => {
  const filler = FILLERS.exec(label);
  return filler === null ? label : label.slice(0, filler.index + 1).replace(CONNECTORS, "");
};

/** What a number may be the value of: the words in front, or the names of the tag around it. */
export const labelsOf = ({ before }: Surroundings): readonly string[] => {
  const tag = TAG.exec(before)?.[1];
  if (tag !== undefined) return [TAG_NAME.exec(tag)?.[0] ?? "", TAG_VALUE.exec(tag)?.[1] ?? ""];
  return [withoutFiller(stripped(before))];
};
