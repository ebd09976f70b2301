/** How old sockets were when the machine was read: an old mass is a leak, ports that are all young are churn. */
import type { PortAges } from "../generated/records.ts";

const MINUTE = 600_000_000n;

/**
 * 4 minutes are the longest that Microsoft documents for TIME_WAIT by default ("TCP/IP port exhaustion troubleshooting"); what
 * is older is no remnant of a short connection.
 */
const LIMITS = [
  ["minutes", 4n * MINUTE],
  ["hour", 60n * MINUTE],
  ["day", 1440n * MINUTE],
] as const;

type AgeName = keyof PortAges;

/** The age of a socket; unknown where its source tells no time, or one after the snapshot. */
export const ageOf = (created: bigint | null, now: bigint | null): AgeName => {
  if (created === null || now === null || created > now) return "unknown";
  return LIMITS.find(([, limit]) => now - created <= limit)?.[0] ?? "older";
};

export const countAges = (created: Iterable<bigint | null>, now: bigint | null): PortAges => {
  const ages = { minutes: 0, hour: 0, day: 0, older: 0, unknown: 0 };
  for (const each of created) ages[ageOf(each, now)] += 1;
  return ages;
};
