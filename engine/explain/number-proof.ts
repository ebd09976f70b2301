/**
 * Whether what stands around a number makes a code of it. 10055 can be a port, a PID, a count of bytes; only a word such as "error",
 * brackets behind a sentence, or the beginning of a message make it a code of Winsock, and only "event" or the source's name make
 * an event of 4231. The words are those of Windows and of runtimes in the languages that Windows is mostly used in.
 */

/** Looked at before and after a number: every pattern below runs on no more than that. */
const BEFORE = 80;
const AFTER = 24;

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

/** Part of an address, a version, a date, a time, a path. */
const PART_BEFORE = /[0-9][.,:/-]$/;
const PART_AFTER = /^[.,:/-][0-9]/;

const UNITS =
  /^ ?(?:%|(?:bytes?|[kmg]i?b|ms|sec|seconds?|min|minutes?|connections?|sockets?|ports?|handles?|times|packets?|requests?|threads?|files?|items?|rows?|lines?|records?|attempts?|retries)(?![a-z]))/;

/** Words at the end of which a code begins, also as the end of a longer word: SocketErrorCode, Fehlercode. */
const ERROR_END =
  /(?:errors?|errno|exception|fehler|fehlernummer|(?<!zip|zip |post|postal )code|hresult|status|ошибк[аи]|код|エラー|コード|错误|代码|錯誤|代碼|오류|코드)$/;

/** Words that count only as words. */
const ERROR_WORD =
  /(?:^|[^a-zà-ÿ])(?:err|hr|erreur|errore|erro|código|codigo|codice|kod|kód|hata|fout|fel|feil|fejl|błąd|błędu|chyba|virhe|winsock|wsa|win32|returned|rc|(?:failed|exited|ended) with)$/;

const EVENT_END =
  /(?:event[ -_]?id|ereignis-?id|ereigniskennung|instanceid|id\.? (?:de |do |del )?evento|identificador de evento|id de l'événement|identifiant (?:de l'|d')événement|gebeurtenis-?id|händelse-?id|identyfikator zdarzenia|код события|イベント ?id|事件 ?id|이벤트 ?id)$/;

const EVENT_WORD =
  /(?:^|[^a-zà-ÿ])(?:events?|ereignis|ereignisse|événement|evento|gebeurtenis|händelse|zdarzenie|событи[ея]|tcpip|netlogon|grouppolicy)$|(?:イベント|事件|이벤트)$/;

/** "Id" alone, as Get-WinEvent and JSON have it: not that of a process. */
const BARE_ID = /(?:^|[^a-z])id$/;
const OTHER_ID = /(?:process|prozess|processus|proceso|processo|thread|session|task|user|activity|record)[ _-]?id$/;

const CONNECTORS = /[\s:=#"'`\\()[\]{}<>*|\-–：（【「]+$/;
const FILLERS = /(?:^|[^a-z])(?:nr\.?|no\.?|number|num|nummer|is|was|of)$/;
/** Numbers listed in front: "errors 10048 and 10055". */
const LISTED = /(?:[0-9]{4,10} ?(?:,|\/|&|and|or|und|oder|et|ou|y|e|o) ?)+$/;
/** The tag right in front: <EventID Qualifiers="32768">, <Data Name="ErrorCode">. */
const TAG = /<([a-z][^<>]*)> ?$/;
const TAG_NAME = /^[a-z][\w.:]*/;
const TAG_VALUE = /=["']([^"'<>]*)["']$/;

const stripped = (before: string): string => before.replace(LISTED, "").replace(CONNECTORS, "");

const withoutFiller = (label: string): string => {
  const filler = FILLERS.exec(label);
  return filler === null ? label : label.slice(0, filler.index + 1).replace(CONNECTORS, "");
};

/** What a number may be the value of: the words in front, or the names of the tag around it. */
const labelsOf = (before: string): readonly string[] => {
  const tag = TAG.exec(before)?.[1];
  if (tag !== undefined) return [TAG_NAME.exec(tag)?.[0] ?? "", TAG_VALUE.exec(tag)?.[1] ?? ""];
  return [withoutFiller(stripped(before))];
};

/** A host and its port: status.contoso.com:10048, proxy-error:10048. */
const HOST_AND_PORT = /[^\s"'([{<]*[.\d-][^\s"'([{<]*:$/;
/** Hyphens that are of the word: Event-ID:4231, error-code:10055. */
const HYPHENED = /(?:event|ereignis|error|fehler)-(?:id|code):$/;

const isHostAndPort = (before: string): boolean => HOST_AND_PORT.test(before) && !HYPHENED.test(before);

const isErrorLabel = (label: string): boolean => ERROR_END.test(label) || ERROR_WORD.test(label);

const BRACKET_BEFORE = /[([（【]$/;
const BRACKET_AFTER = /^[)\]）】:：]/;
/** A sentence or a part of it ends in front of the bracket. */
const SENTENCE_END = /[.,;:!)。、"'”»] ?[([（【]$/;
const MESSAGE_AFTER = /^[)\]）】]? ?[:：]/;
/** svchost.exe (10048), sshd[10048], PID (10048). */
const PROCESS_BEFORE =
  /(?:\.exe|\.dll|(?:^|[^a-z])(?:pid|tid|ports?|process|thread|prozess|processus|proceso|processo)) ?[([（【]$|[\w.][([]$/;

const isBracketed = ({ before, after }: Surroundings, couldBePid: boolean): boolean => {
  if (!BRACKET_BEFORE.test(before) || !BRACKET_AFTER.test(after) || PROCESS_BEFORE.test(before)) return false;
  return !couldBePid || SENTENCE_END.test(before) || MESSAGE_AFTER.test(after);
};

/** "10055: An operation on a socket ..." */
const beginsMessage = ({ after, isFirst }: Surroundings): boolean => isFirst && /^ ?[:|–-] ?[^\d\s]/.test(after);

const isPart = ({ before, after }: Surroundings): boolean =>
  PART_BEFORE.test(before) || PART_AFTER.test(after) || UNITS.test(after);

/** `couldBePid`: then brackets behind a word are not enough, as "Registry (10048)" is a process. */
export const isErrorCode = (around: Surroundings, couldBePid: boolean): boolean => {
  if (isPart(around)) return false;
  if (!isHostAndPort(around.before) && labelsOf(around.before).some(isErrorLabel)) return true;
  return isBracketed(around, couldBePid) || beginsMessage(around);
};

const isEventLabel = (label: string, isAboutTcpip: boolean): boolean =>
  EVENT_END.test(label) || EVENT_WORD.test(label) || (isAboutTcpip && BARE_ID.test(label) && !OTHER_ID.test(label));

/** `isAboutTcpip`: the text names the source that the events are of. */
export const isEventId = (around: Surroundings, isAboutTcpip: boolean): boolean =>
  !isPart(around) &&
  !isHostAndPort(around.before) &&
  labelsOf(around.before).some((label) => isEventLabel(label, isAboutTcpip));
