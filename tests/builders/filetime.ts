// FILETIME: 100 ns since 1601-01-01 UTC. Unix ms = FILETIME / 10^4 - 11644473600000 (etl-format 1.4).

const UNIX_EPOCH = 116_444_736_000_000_000n;

/** 100 ns units in a second; every duration of the builders is counted in them. */
export const SECOND = 10_000_000;

/** An ISO time in UTC, to the millisecond. */
export const filetimeOf = (iso: string): bigint => {
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not an ISO time: ${iso}`);
  return BigInt(milliseconds) * 10_000n + UNIX_EPOCH;
};
