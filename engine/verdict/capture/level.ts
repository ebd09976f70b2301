/** How bad it is: the level of a pool and the reason for it. The rules and their order stand in docs/design.md. */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { PortEvent } from "../../artifacts/decoded.ts";
import type { CaptureProbe, Level } from "../../generated/records.ts";
import { portEventMeaning } from "../../model/port-events.ts";
import type { Transport } from "../../model/socket-row.ts";
import type { Pool } from "../../pools/pool.ts";
import { type CaptureEvidence, isAllSeen, TRANSPORTS } from "./evidence.ts";

/** Microsoft's own scripts warn from 50 % and 80 % on (psSDP, TS_PortUsage.ps1). */
export const ELEVATED = 0.5;
export const CRITICAL = 0.8;
/** 128 of the default pool are a few seconds of work; and what is free is in pieces, or asked for by several at once. */
export const EXHAUSTED = 0.98;

/** The probe failed; it failed, but not for ports; full; an event says so; filling; an event said so, it is over; not to be seen. */
export type LevelCause = "probe" | "memory" | "percent" | "event" | "recovered" | "unseen" | "healthy";

export interface PoolLevel {
  readonly protocol: Transport;
  /** Null where nothing shows the protocol's ports. */
  readonly pool: Pool | null;
  readonly level: Level;
  readonly cause: LevelCause;
}

/** Of capacity; 1 where every port of the range is excluded. */
export const usedPart = ({ used, capacity }: Pick<Pool, "used" | "capacity">): number =>
  capacity === 0 ? 1 : used / capacity;

/** WSAENOBUFS: what a bind to port 0 ends in when there is no port (Microsoft, "Troubleshoot port exhaustion issues"). */
const WSAENOBUFS = 10055;

const isOf = (pool: Pool | null, family: CaptureProbe["family"]): boolean =>
  pool === null || pool.family === null || pool.family === family;

const probesOf = ({ probes }: Snapshot, protocol: Transport, pool: Pool | null): readonly CaptureProbe[] =>
  probes.filter((probe) => probe.protocol === protocol && isOf(pool, probe.family));

const STEPS_PER_DAY = 864_000_000_000n;

/** Of the day before the snapshot; without one of the two times it is not known to be older. */
const isRecent = ({ time }: PortEvent, now: bigint | null): boolean =>
  time === null || now === null || now - time <= STEPS_PER_DAY;

export const provingEvents = ({ events, time }: Snapshot, protocol: Transport): readonly PortEvent[] =>
  events.filter((event) => {
    const meaning = portEventMeaning(event.id);
    return meaning?.provesExhaustion === true && meaning.protocol === protocol && isRecent(event, time);
  });

const levelOfPart = (part: number): Level => {
  if (part >= EXHAUSTED) return "Exhausted";
  if (part >= CRITICAL) return "Critical";
  return part >= ELEVATED ? "Elevated" : "Healthy";
};

export const poolLevel = (snapshot: Snapshot, protocol: Transport, pool: Pool | null): PoolLevel => {
  const is = (level: Level, cause: LevelCause): PoolLevel => ({ protocol, pool, level, cause });
  const probes = probesOf(snapshot, protocol, pool);
  const part = pool === null ? 0 : usedPart(pool);
  const hasSucceeded = probes.some(({ error }) => error === null);
  const isSeen = pool !== null && isAllSeen(snapshot, protocol);
  const isProved = provingEvents(snapshot, protocol).length > 0;
  if (probes.some(({ error }) => error === WSAENOBUFS))
    return part >= CRITICAL || !isSeen ? is("Exhausted", "probe") : is("Unknown", "memory");
  if (part >= EXHAUSTED) return is("Exhausted", "percent");
  if (isProved && !hasSucceeded) return is("Exhausted", "event");
  if (part >= ELEVATED) return is(levelOfPart(part), "percent");
  if (isProved) return is("Elevated", "recovered");
  if (pool === null || snapshot.sight[protocol] !== "whole") return is("Unknown", "unseen");
  return isSeen || hasSucceeded ? is("Healthy", "healthy") : is("Unknown", "unseen");
};

const RANK: Readonly<Record<Level, number>> = { Exhausted: 4, Critical: 3, Elevated: 2, Healthy: 1, Unknown: 0 };

const part = ({ pool }: PoolLevel): number => (pool === null ? -1 : usedPart(pool));

const worse = (a: PoolLevel, b: PoolLevel): number => RANK[b.level] - RANK[a.level] || part(b) - part(a);

/** A level for each pool; one without a pool for a protocol whose ports nothing shows. */
export const poolLevels = ({ snapshot, accounts }: CaptureEvidence): readonly PoolLevel[] =>
  TRANSPORTS.flatMap((protocol) => {
    const { pools } = accounts[protocol];
    return (pools.length === 0 ? [null] : pools).map((pool) => poolLevel(snapshot, protocol, pool));
  });

const isTrouble = ({ level }: PoolLevel): boolean => RANK[level] >= RANK.Elevated;

/** The pool that the verdict is about. */
export const decisiveLevel = (levels: readonly PoolLevel[]): PoolLevel | null => {
  const sorted = [...levels].sort(worse);
  const [worst] = sorted;
  if (worst !== undefined && isTrouble(worst)) return worst;
  const doubted = levels.find(({ cause }) => cause === "memory");
  const unseenTcp = levels.find(({ protocol, level }) => protocol === "tcp" && level === "Unknown");
  return doubted ?? unseenTcp ?? worst ?? null;
};
