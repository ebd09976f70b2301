// A FILETIME as captures write moments: ISO 8601 in UTC with seven decimals (engine/contract/common.schema.json, time).

const UNIX_EPOCH = 116_444_736_000_000_000n;
const TICKS_PER_MS = 10_000n;

export const isoOf = (filetime: bigint): string => {
  const sinceEpoch = filetime - UNIX_EPOCH;
  const milliseconds = sinceEpoch / TICKS_PER_MS;
  const rest = String(sinceEpoch % TICKS_PER_MS).padStart(4, "0");
  return new Date(Number(milliseconds)).toISOString().replace("Z", `${rest}Z`);
};
