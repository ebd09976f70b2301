/**
 * Whether what stands around a number makes a code of it. 10055 can be a port, a PID, a count of bytes; only a word such as "error",
 * brackets behind a sentence, or the beginning of a message make it a code.
 */
import { isErrorLabel } from "./error-words.ts";
import { isHostAndPort, isListed, isPart, labelsOf, type Surroundings } from "./surroundings.ts";

const BRACKET_BEFORE = /[([（【]$/;
const BRACKET_AFTER = /^(?:[)\]）】:：]|,? ?u?['"])/;
/** A sentence or a part of it ends in front of the bracket. */
const SENTENCE_END = /[.,;:!)。、"'”»] ?[([（【]$/;
/** Also (10055, 'No buffer space') and (10055 "Unknown error"), as Python and MySQL have it. */
const MESSAGE_AFTER = /^(?:[)\]）】]? ?[:：]|,? ?u?['"])/;
const ENDS_AFTER = /^[)\]）】][.!。]?(?:$| (?:at|bei|в|à|en|in|after|---))/;
/** svchost.exe (10048), sshd[10048], PID (10048). */
const PROCESS_BEFORE =
  /(?:\.exe|\.dll|(?:^|[^a-z])(?:pid|tid|ports?|process|thread|line|zeile|prozess|processus|proceso|processo)) ?[([（【]$|[\w.][([]$/;
/** [10055, 10056]: values. */
const VALUES_BEFORE = /[=:] ?\[$/;

const isBracketed = ({ before, after }: Surroundings, couldBePid: boolean): boolean => {
  if (!BRACKET_BEFORE.test(before) || !BRACKET_AFTER.test(after)) return false;
  if (PROCESS_BEFORE.test(before) || VALUES_BEFORE.test(before)) return false;
  if (SENTENCE_END.test(before) || MESSAGE_AFTER.test(after)) return true;
  return !couldBePid && ENDS_AFTER.test(after);
};

/** A column of a log behind the level, which is a process or a thread: "10:00:00,123 ERROR [10048] text", "ERROR 10048 --- [main]". */
const LEVEL = /(?<!\p{L})(?:error|err|fatal|severe)[\])>|]* ?\[?$/u;
/** A time or another column in front of the level. */
const BEHIND_COLUMN =
  /(?:\d[:.,]\d{2,9}(?:z| ?[+-]\d\d:?\d\d)?|[\]|]) ?[|,-]? ?[[(<|]*(?:error|err|fatal|severe)[\])>|]* ?\[?$/;
const LEVEL_IN_BRACKETS = /[\])>|] ?\[$/;
/** Behind an error's number a colon, a full stop or nothing follows. */
const TEXT_AFTER = /^\]? ?[^\s:.,;)\]]/;
const SPRING_AFTER = " ---";

const isColumn = ({ before, after }: Surroundings, couldBePid: boolean): boolean => {
  if (!LEVEL.test(before)) return false;
  if (after.startsWith(SPRING_AFTER)) return true;
  if (!TEXT_AFTER.test(after)) return false;
  if (!before.endsWith("[")) return couldBePid && BEHIND_COLUMN.test(before);
  return couldBePid || BEHIND_COLUMN.test(before) || LEVEL_IN_BRACKETS.test(before);
};

/** "10055: An operation on a socket ..." */
const beginsMessage = ({ after, isFirst }: Surroundings): boolean => isFirst && /^ ?[:|–-] [^\d\s]/.test(after);

/** PostgreSQL's client: "No buffer space available (0x00002747/10055)". */
const IN_BOTH_BASES = /\(0x[0-9a-f]{8}\/$/;

/** `couldBePid`: then brackets behind a word are not enough, as "Registry (10048)" is a process. */
export const isErrorCode = (around: Surroundings, couldBePid: boolean): boolean => {
  if (IN_BOTH_BASES.test(around.before)) return true;
  if (isPart(around) || isColumn(around, couldBePid)) return false;
  const isNamed = labelsOf(around).some((label) => isErrorLabel(label, isListed(around), around.after));
  return (isNamed && !isHostAndPort(around)) || isBracketed(around, couldBePid) || beginsMessage(around);
};

/** Words in front of 32 bits that are no status: a place in memory, a size. */
const PLACE =
  /(?:address|adresse|adres|offset|pointer|ptr|handle|base|size|length|bytes|mask|flags?|crc|checksum|hash|seed|key|serial|colou?r|\bat|\b[re]?[abcd]x|\b[re][sbi][pi])$/;

/** 32 bits in hex with 0x, or with a minus sign: seldom anything but a status, if no word says so. */
export const isPlace = (around: Surroundings): boolean =>
  isPart(around) || labelsOf(around).some((label) => PLACE.test(label));
