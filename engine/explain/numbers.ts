/**
 * Recognises entries by numbers: decimal, with a sign or without, and hex, with 0x or as eight bare digits. The same 32 bits are one
 * code however they are written: 0xC0000209, C0000209, 3221225993, -1073741303.
 */
import type { Entry, Proof } from "./entry.ts";
import type { Match } from "./match.ts";
import { isErrorCode, isPlace } from "./error-proof.ts";
import { type EventPlace, isEventId, isNear, isQuestion, type Text, textOf } from "./event-proof.ts";
import { surroundings } from "./surroundings.ts";

/** No word or number goes on beside it. Each part has a fixed greatest length. */
const NUMBER = /(?<![a-z0-9_])(?:0x([0-9a-f]{1,16})|([0-9]{1,10})|([8cd][0-9a-f]{7}))(?![a-z0-9_])/g;

/** A text that is nothing but numbers: then each is asked about. Longer ones are no question, nor are words of a hex dump. */
const LONE_LENGTH = 500;
const LONE = /^(?:[-+]?(?:0x[0-9a-f]+|[0-9]+)(?:(?:[ ,;|/]+| or | and )[-+]?(?:0x[0-9a-f]+|[0-9]+))*|[0-9a-f]{8})$/;
/** Quotes, brackets, a question mark. */
const EDGES = /^[^\p{L}\p{N}+-]+|[^\p{L}\p{N}]+$/gu;

const isNothingButNumbers = (folded: string): boolean =>
  folded.length <= LONE_LENGTH && LONE.test(folded.replace(EDGES, ""));

interface Written {
  /** As the digits say, in the base that they are written in. */
  readonly value: number;
  readonly isHex: boolean;
  /** 0x or a minus sign: what 32 bits that are a status are written with, and seldom anything else of that size. */
  readonly isMarked: boolean;
  /** The same as 32 bits without a sign; null where it has more. */
  readonly bits: number | null;
  readonly start: number;
  readonly end: number;
}

const BITS_32 = 2 ** 32;
const HIGH_BIT = 2 ** 31;

/** A negative 32-bit number that a 64-bit program prints as hex. */
const SIGN_EXTENDED = /^ffffffff(?=[89a-f][0-9a-f]{7}$)/;

const hexBits = (digits: string): number | null => {
  const short = digits.replace(SIGN_EXTENDED, "").replace(/^0+(?=.)/, "");
  return short.length > 8 ? null : Number.parseInt(short, 16);
};

const decimalBits = (value: number): number | null => (value >= -HIGH_BIT && value < BITS_32 ? value >>> 0 : null);

/** A hyphen behind a letter or a digit parts words and dates; elsewhere it is a sign. */
const isNegative = (text: string, start: number): boolean =>
  text.charAt(start - 1) === "-" && !/[\p{L}\p{N}]/u.test(text.charAt(start - 2));

const writtenOf = (text: string, found: RegExpExecArray): readonly Written[] => {
  const [whole, hex, decimal, bare] = found;
  const end = found.index + whole.length;
  const inHex = (digits: string, isMarked: boolean): Written => {
    const bits = hexBits(digits);
    return { value: bits ?? Number.POSITIVE_INFINITY, isHex: true, isMarked, bits, start: found.index, end };
  };
  if (hex !== undefined) return [inHex(hex, true)];
  if (bare !== undefined) return [inHex(bare, false)];
  const sign = isNegative(text, found.index) ? -1 : 1;
  const value = sign * Number(decimal);
  const start = sign < 0 ? found.index - 1 : found.index;
  const asDecimal: Written = { value, isHex: false, isMarked: sign < 0, bits: decimalBits(value), start, end };
  // 80072747: eight digits that happen to be decimal ones.
  return decimal?.length === 8 && decimal.startsWith("8") ? [asDecimal, inHex(decimal, false)] : [asDecimal];
};

type Index = ReadonlyMap<string, Entry>;

const keyOf = (by: Proof, value: number): string => `${by} ${value}`;

const indexOf = (entries: readonly Entry[]): Index =>
  new Map(entries.flatMap((entry) => entry.numbers.map(({ value, by }) => [keyOf(by, value), entry])));

/** Asked in this order. */
const DECIMAL_PROOFS: readonly Proof[] = ["error", "event", "lone"];

interface NumberContext extends Text {
  readonly isLone: boolean;
}

/** PIDs of Windows are multiples of four, and nobody writes them in hex. */
const couldBePid = ({ value, isHex }: Written): boolean => !isHex && value % 4 === 0;

const placeOf = ({ folded, tables }: NumberContext, { start, end }: Written): EventPlace => ({
  folded,
  tables,
  start,
  end,
  around: surroundings(folded, start, end),
});

const areBitsProved = (entry: Entry, place: EventPlace, { isMarked }: Written): boolean => {
  if (entry.system === "WindowsEvent") return isEventId(place, entry.beside);
  return isMarked ? !isPlace(place.around) : isErrorCode(place.around, false);
};

const isProved = (entry: Entry, place: EventPlace, number: Written, by: Proof): boolean => {
  if (by === "bits") return areBitsProved(entry, place, number);
  if (by === "event") return isEventId(place, entry.beside);
  if (by === "lone" || !isErrorCode(place.around, couldBePid(number))) return false;
  return entry.beside.length === 0 || isNear(place, entry.beside) || isQuestion(place.folded);
};

const entryOf = (index: Index, context: NumberContext, number: Written): Entry | null => {
  const asked: readonly Proof[] = number.isHex ? ["hex"] : DECIMAL_PROOFS;
  const candidates = [
    ...(number.bits === null ? [] : [{ by: "bits" as Proof, value: number.bits }]),
    ...asked.map((by) => ({ by, value: number.value })),
  ];
  for (const { by, value } of candidates) {
    const entry = index.get(keyOf(by, value));
    if (entry === undefined) continue;
    if (context.isLone || isProved(entry, placeOf(context, number), number, by)) return entry;
  }
  return null;
};

export type FindNumbers = (folded: string) => readonly Match[];

export const numberFinder = (entries: readonly Entry[]): FindNumbers => {
  const index = indexOf(entries);
  return (folded) => {
    const context = { ...textOf(folded), isLone: isNothingButNumbers(folded) };
    const matches: Match[] = [];
    for (const found of folded.matchAll(NUMBER))
      for (const number of writtenOf(folded, found)) {
        const entry = entryOf(index, context, number);
        if (entry !== null) matches.push({ entry, start: number.start, end: number.end });
      }
    return matches;
  };
};
