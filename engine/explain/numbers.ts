/**
 * Recognises entries by numbers: decimal, with a sign or without, and hex, with 0x or as eight bare digits. The same 32 bits are one
 * code however they are written: 0xC0000209, C0000209, 3221225993, -1073741303.
 */
import type { Entry, Proof } from "./entry.ts";
import type { Match } from "./match.ts";
import { isErrorCode, isEventId, surroundings } from "./number-proof.ts";

/** No word or number goes on beside it. Each part has a fixed greatest length. */
const NUMBER = /(?<![a-z0-9_])(?:0x([0-9a-f]{1,16})|([0-9]{1,10})|([8cd][0-9a-f]{7}))(?![a-z0-9_])/g;

/** A text that is nothing but numbers: then each is asked about. Longer ones are no question. */
const LONE_LENGTH = 500;
const LONE = /^[-+]?(?:0x)?[0-9a-f]+(?:[ ,;|]+[-+]?(?:0x)?[0-9a-f]+)*$/;

interface Written {
  /** As the digits say, in the base that they are written in. */
  readonly value: number;
  readonly isHex: boolean;
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
  const inHex = (digits: string): Written => {
    const bits = hexBits(digits);
    return { value: bits ?? Number.POSITIVE_INFINITY, isHex: true, bits, start: found.index, end };
  };
  if (hex !== undefined) return [inHex(hex)];
  if (bare !== undefined) return [inHex(bare)];
  const sign = isNegative(text, found.index) ? -1 : 1;
  const value = sign * Number(decimal);
  const start = sign < 0 ? found.index - 1 : found.index;
  const asDecimal: Written = { value, isHex: false, bits: decimalBits(value), start, end };
  // 80072747: eight digits that happen to be decimal ones.
  return decimal?.length === 8 && decimal.startsWith("8") ? [asDecimal, inHex(decimal)] : [asDecimal];
};

type Index = ReadonlyMap<string, Entry>;

const keyOf = (by: Proof, value: number): string => `${by} ${value}`;

const indexOf = (entries: readonly Entry[]): Index =>
  new Map(entries.flatMap((entry) => entry.numbers.map(({ value, by }) => [keyOf(by, value), entry])));

/** Asked in this order; bits need no proof, so they come first. */
const DECIMAL_PROOFS: readonly Proof[] = ["error", "event", "lone"];

export interface NumberContext {
  readonly folded: string;
  readonly isLone: boolean;
  readonly isAboutTcpip: boolean;
}

/** PIDs of Windows are multiples of four, and nobody writes them in hex. */
const couldBePid = ({ value, isHex }: Written): boolean => !isHex && value % 4 === 0;

const isProved = (context: NumberContext, number: Written, by: Proof): boolean => {
  if (context.isLone) return true;
  const around = surroundings(context.folded, number.start, number.end);
  if (by === "event") return isEventId(around, context.isAboutTcpip);
  return by !== "lone" && isErrorCode(around, couldBePid(number));
};

const entryOf = (index: Index, context: NumberContext, number: Written): Entry | null => {
  const byBits = number.bits === null ? undefined : index.get(keyOf("bits", number.bits));
  if (byBits !== undefined) return byBits;
  for (const by of number.isHex ? (["hex"] as const) : DECIMAL_PROOFS) {
    const entry = index.get(keyOf(by, number.value));
    if (entry === undefined || !isProved(context, number, by)) continue;
    if (context.isLone || entry.beside === null || context.folded.includes(entry.beside)) return entry;
  }
  return null;
};

export type FindNumbers = (folded: string) => readonly Match[];

export const numberFinder = (entries: readonly Entry[]): FindNumbers => {
  const index = indexOf(entries);
  return (folded) => {
    const isLone = folded.length <= LONE_LENGTH && LONE.test(folded);
    const context = { folded, isLone, isAboutTcpip: folded.includes("tcpip") };
    const matches: Match[] = [];
    for (const found of folded.matchAll(NUMBER))
      for (const number of writtenOf(folded, found)) {
        const entry = entryOf(index, context, number);
        if (entry !== null) matches.push({ entry, start: number.start, end: number.end });
      }
    return matches;
  };
};
