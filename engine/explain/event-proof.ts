/**
 * Whether what stands around a number makes the id of a Windows event of it. Every source has its own 4231, and other programs number
 * events too: the text must name the source, or be nothing but the question.
 */
import { isHostAndPort, isListed, isPart, labelsOf, type Surroundings } from "./surroundings.ts";

const EVENT_ID =
  /(?:event[^a-z0-9]{0,5}(?:id|code)|ereignis-?id|ereigniskennung|instanceid|id\.? (?:de |do |del )?evento|identificador de evento|id de l'événement|identifiant (?:de l'|d')événement|gebeurtenis-?id|händelse-?id|identyfikator zdarzenia|код события|イベント ?id|事件 ?id|이벤트 ?id)$/;

const EVENT_WORD =
  /(?<!\p{L})(?:events?|ereignis|ereignisse|événement|evento|gebeurtenis|händelse|zdarzenie|событи[ея])$|(?:イベント|事件|이벤트)$/u;

/** "Id" alone, as Get-WinEvent and JSON have it: not that of a process. */
const BARE_ID = /(?:^|[^a-z])id$/;
const OTHER_ID = /(?:process|prozess|processus|proceso|processo|thread|session|task|user|activity|record)[ _-]?id$/;

/** What names the source of an event, as Event Viewer, wevtutil, Get-WinEvent, XML and JSON write it. */
const STATEMENT =
  /(?:provider[ _]?name|source(?:name)?|quelle|origen|origine|fonte|bron|källa|źródło|источник|ソース|来源|來源|원본)["']? ?[:=] ?["']?([a-z0-9][a-z0-9._-]*)/g;
/** A rendered event has them within so many characters; a message may stand between. */
const STATED_BEFORE = 400;
const STATED_AFTER = 250;
/** Event Viewer above a message: "Event 4231, Tcpip". */
const HEADER = /^, ?([a-z][a-z0-9._-]*)/;
/** Get-WinEvent's properties in their own order: the source comes behind. */
const STATED_BEHIND = /^ version ?: .{0,200}?providername ?: ?([a-z0-9][a-z0-9._-]*)/;

/** A table of Get-WinEvent, whose rows are below the source's name: "10:00:00 AM  4231 Warning". */
const TABLE = /providername: ([a-z0-9][a-z0-9._-]*)/g;
const ROW_BEFORE = /\d:\d\d(?: ?[ap]\.?m\.?)? $/;
const ROW_AFTER = /^ \p{L}/u;

/** A line of Snare: the id in front of the source. */
const SNARE = "mswineventlog";

/** Asked of every number, so that long texts must not be looked through. */
const QUESTION_LENGTH = 80;

/** Nobody states a source in a question: "Event ID 4231?", "events 4227 and 4231". JSON is none. */
const QUESTION = /^(?!.*(?:source|provider))(?:[\p{L}\p{N} .,:?!#'/()-]{1,30}|<eventid[^<>]*>\d+<\/eventid>)$/u;

interface Table {
  readonly start: number;
  readonly source: string;
}

/** What is the same for every number of a text. */
export interface Text {
  readonly folded: string;
  readonly tables: readonly Table[];
}

export const textOf = (folded: string): Text => ({
  folded,
  tables: [...folded.matchAll(TABLE)].map(({ index, 1: source = "" }) => ({ start: index, source })),
});

/** Where a number stands. */
export interface EventPlace extends Text {
  readonly start: number;
  readonly end: number;
  readonly around: Surroundings;
}

const lastStated = (text: string): string | null => [...text.matchAll(STATEMENT)].at(-1)?.[1] ?? null;
const firstStated = (text: string): string | null => [...text.matchAll(STATEMENT)][0]?.[1] ?? null;

const statedSource = ({ folded, start, end }: EventPlace): string | null => {
  const before = folded.slice(Math.max(0, start - STATED_BEFORE), start);
  const after = folded.slice(end, end + STATED_AFTER);
  return HEADER.exec(after)?.[1] ?? STATED_BEHIND.exec(after)?.[1] ?? lastStated(before) ?? firstStated(after);
};

const includesAny = (text: string, words: readonly string[]): boolean => words.some((word) => text.includes(word));

/** The last that begins before: a log may have as many tables as rows. */
const tableAbove = (tables: readonly Table[], at: number): Table | undefined => {
  let low = 0;
  let high = tables.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tables[middle]?.start ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return tables[low - 1];
};

const isTableRow = ({ tables, start, around }: EventPlace, sources: readonly string[]): boolean => {
  if (!ROW_BEFORE.test(around.before) || !ROW_AFTER.test(around.after)) return false;
  return includesAny(tableAbove(tables, start)?.source ?? "", sources);
};

export const isQuestion = (folded: string): boolean => folded.length <= QUESTION_LENGTH && QUESTION.test(folded);

/** "Tcpip/4231", "Tcpip[4231]", and a row of Event Viewer's CSV: ",Tcpip,4231,None,". */
const JOINED = ["/", ",", "["];
/** An id with its severity has ten digits. */
const ID_LENGTH = 4;

/** With no more than a space between, a short number may be how many events the source has logged. */
const isBehindSource = ({ folded, start, end, around }: EventPlace, sources: readonly string[]): boolean => {
  const isBehind = sources.some((source) => labelsOf(around).some((label) => label.endsWith(source)));
  if (isBehind && (end - start > ID_LENGTH || isQuestion(folded))) return true;
  return sources.some((source) => JOINED.some((joint) => around.before.endsWith(`${source}${joint}`)));
};

/** So near that it may be of the same event or message. */
export const isNear = ({ folded, start, end }: EventPlace, words: readonly string[]): boolean =>
  includesAny(folded.slice(Math.max(0, start - STATED_BEFORE), end + STATED_AFTER), words);

const isSnareLine = (place: EventPlace, sources: readonly string[]): boolean =>
  sources.some((source) => place.around.after.startsWith(` ${source} `)) && isNear(place, [SNARE]);

const beginsWithEvent = (folded: string): boolean => EVENT_WORD.test(folded.split(" ", 1)[0] ?? "");

/** "No event 4231 was logged": what this module says too. */
const DENIED =
  /(?<!\p{L})(?:no|neither|without|keine?) (?:tcpip )?(?:events?|ereignis(?:se)?)(?: id)? ?(?:[0-9]{4} ?(?:,|or|nor|and|oder|und) ?)*$/u;

const isLabelled = ({ folded, around }: EventPlace, isStated: boolean): boolean =>
  labelsOf(around).some(
    (label) =>
      EVENT_ID.test(label) ||
      (EVENT_WORD.test(label) &&
        (isStated || beginsWithEvent(folded)) &&
        (!label.endsWith("events") || isListed(around))) ||
      (isStated && BARE_ID.test(label) && !OTHER_ID.test(label)),
  );

/** `sources`: parts of the names of who logs events of this id, in small letters. */
export const isEventId = (place: EventPlace, sources: readonly string[]): boolean => {
  if (isPart(place.around) || isHostAndPort(place.around) || DENIED.test(place.around.before)) return false;
  if (isBehindSource(place, sources) || isTableRow(place, sources) || isSnareLine(place, sources)) return true;
  const stated = statedSource(place);
  if (stated !== null && !includesAny(stated, sources)) return false;
  const isStated = stated !== null || isNear(place, sources);
  return isLabelled(place, isStated) && (isStated || isQuestion(place.folded));
};
