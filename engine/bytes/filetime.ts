/**
 * FILETIME: 100 ns steps since 1601-01-01 UTC. Exact in a bigint only: today's values exceed 2^53.
 */

const STEPS_PER_MS = 10_000n;
/** 1970-01-01 as FILETIME. */
const UNIX_EPOCH = 116_444_736_000_000_000n;
/** The last moment that JavaScript's Date can hold with a four-digit year. */
const MAX_FILETIME = 2_650_467_743_999_999_999n;

/** ISO 8601 UTC with 7 decimals, or null for values outside the years 1601 to 9999. */
export const formatFiletime = (filetime: bigint): string | null => {
  if (filetime < 0n || filetime > MAX_FILETIME) return null;
  const sinceUnix = filetime - UNIX_EPOCH;
  const fraction = ((sinceUnix % 10_000_000n) + 10_000_000n) % 10_000_000n;
  const wholeMs = (sinceUnix - fraction) / STEPS_PER_MS;
  return `${new Date(Number(wholeMs)).toISOString().slice(0, 19)}.${fraction.toString().padStart(7, "0")}Z`;
};

/** Parses an ISO 8601 moment with a zone (`Z` or an offset) and up to 7 decimals; null if it is none. */
export const parseIsoTime = (text: string): bigint | null => {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,7})\d*)?(Z|[+-]\d{2}:?\d{2})$/i.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, whole = "", fraction = "", zone = ""] = match;
  const ms = Date.parse(
    `${whole}${whole.length === 16 ? ":00" : ""}${zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2").toUpperCase()}`,
  );
  if (Number.isNaN(ms)) return null;
  return BigInt(ms) * STEPS_PER_MS + BigInt(fraction.padEnd(7, "0")) + UNIX_EPOCH;
};
