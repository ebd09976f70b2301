/** Connections to many endpoints fill the pool, and no auto-reuse range lets them share ports. */
import type { PoolAccounts } from "../pools/accounts.ts";
import { ELEVATED, usedPart } from "../verdict/capture/level.ts";
import { count, number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { nameOf, partOf, poolsOf } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

/** Half of the pool in connections: with less, something else is what fills it, and sharing would not help. */
export const CONNECTED_PART = 0.5;

/** Ports that all endpoints share are as many as the busiest endpoint needs: with half of the connections, half is saved. */
export const LARGEST_ENDPOINT_PART = 0.5;

/** Windows 10 and Server 2016, where SO_REUSE_UNICASTPORT came (Microsoft, "SOL_SOCKET Socket Options"). */
export const FIRST_BUILD = 10_240;

const sightingOf = ({ pool, destinations }: PoolAccounts): readonly Sighting[] => {
  const { connected } = pool.byClass;
  const [largest] = destinations;
  const all = destinations.reduce((sum, { ports }) => sum + ports, 0);
  const isFull = usedPart(pool) >= ELEVATED && partOf(connected, pool) >= CONNECTED_PART;
  if (!isFull || largest === undefined || largest.ports > all * LARGEST_ENDPOINT_PART) return [];
  return [
    {
      severity: "Information",
      protocol: "tcp",
      summary: `${number(connected)} of ${count(pool.capacity, `${nameOf(pool)} port`)} have connections, to ${count(destinations.length, "endpoint")}, and no auto-reuse range is set.`,
      evidence: [
        `The endpoint with most of them has ${number(largest.ports)}: to different endpoints, connections could share their ports.`,
        "Only programs that connect without a bind, or set SO_REUSE_UNICASTPORT before it, take part; .NET does since version 6.",
      ],
      process: NOBODY,
    },
  ];
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] => {
  const { snapshot } = seen;
  const canHave = (snapshot.machine?.osBuild ?? 0) >= FIRST_BUILD;
  if (!canHave || !CAPTURE_NEEDS.settings.isMet(seen) || snapshot.autoReuseRanges.length > 0) return [];
  return poolsOf(seen, "tcp").flatMap(sightingOf);
};

export const autoReuseMissing: Rule = {
  id: "auto-reuse-missing",
  title: "No auto-reuse range",
  why: "Without an auto-reuse range each outgoing connection takes a port of its own, even to endpoints that could share one.",
  advice:
    "Where the connections are meant to be that many, set an auto-reuse range for TCP; it takes a restart of the machine, and it cures no leak.",
  capture: { needs: [CAPTURE_NEEDS.settings, CAPTURE_NEEDS.tcp], see: seeCapture },
};
