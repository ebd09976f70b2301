/** How bad it is: the level of a pool and the reason for it. The rules and their order stand in docs/design.md. */

import type { PortEvent } from "../../artifacts/decoded.ts";
import { isAllSeen } from "../../artifacts/sight.ts";
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { CaptureProbe, Level } from "../../generated/records.ts";
import { portEventMeaning } from "../../model/port-events.ts";
import { type Family, TRANSPORTS, type Transport } from "../../model/socket-row.ts";
import type { PoolAccounts } from "../../pools/accounts.ts";
import type { Pool } from "../../pools/pool.ts";
import type { CaptureEvidence } from "./evidence.ts";

/** Microsoft's own scripts warn from 50 % and 80 % on (psSDP, TS_PortUsage.ps1). */
export const ELEVATED = 0.5;
export const CRITICAL = 0.8;
/** 128 of the default pool are a few seconds of work; and what is free is in pieces, or asked for by several at once. */
const EXHAUSTED = 0.98;

/** Why a pool has its level. */
export type LevelCause =
  /** Asked for a port just now, Windows had none. */
  | "probe"
  /** It had none, but ports are free. */
  | "memory"
  | "percent"
  /** Windows logged that it had none. */
  | "event"
  /** It did, and there are free ones now. */
  | "recovered"
  /** Not all of the ports in use can be seen. */
  | "unseen"
  /** The range is assumed, and many ports in use lie outside it. */
  | "range"
  | "healthy";

export interface PoolLevel {
  readonly protocol: Transport;
  /** Null where nothing shows the protocol's ports. */
  readonly pool: Pool | null;
  readonly accounts: PoolAccounts | null;
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
/** Log and snapshot have one clock, and the log is read after the tables. */
const STEPS_PER_HOUR = 36_000_000_000n;

/** Of the day before the snapshot; without one of the two times it is not known to be older. */
export const isRecent = ({ time }: PortEvent, now: bigint | null): boolean =>
  time === null || now === null || (now - time <= STEPS_PER_DAY && time - now <= STEPS_PER_HOUR);

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

/** Ports of an auto-reuse range serve many destinations at once: all their numbers in use is no shortage yet. */
const sharesPorts = ({ autoReuseRanges }: Snapshot, { start, ports }: Pool): boolean =>
  autoReuseRanges.some((range) => range.start < start + ports && range.start + range.ports > start);

/** As many clients outside the range as would fill half of the smallest one: then it is not the range. */
const MIN_OUTSIDE = 128;

interface Sighting {
  readonly pool: Pool | null;
  readonly part: number;
  readonly hasFailed: boolean;
  readonly hasSucceeded: boolean;
  readonly isSeen: boolean;
  readonly isProved: boolean;
  /** The proof is not of the last hour: it may be over. */
  readonly isOldProof: boolean;
}

/** When an event was logged, in relation to the snapshot; an undated one may be new, and a dated one of an undated snapshot old. */
const isOld = ({ time }: PortEvent, now: bigint | null): boolean =>
  time !== null && (now === null || now - time > STEPS_PER_HOUR);

const hasFailed = (probes: readonly CaptureProbe[]): boolean => probes.some(({ error }) => error === WSAENOBUFS);

/**
 * Whose shortage an event is: it tells no family. Where each has a pool of its own, that of which Windows had no port just now, or
 * else the fuller one.
 */
const provedPool = (snapshot: Snapshot, protocol: Transport, pools: readonly PoolAccounts[]): PoolAccounts | null => {
  const rank = ({ pool }: PoolAccounts): number =>
    usedPart(pool) + (hasFailed(probesOf(snapshot, protocol, pool)) ? 1 : 0);
  return pools.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
};

const sightingOf = (snapshot: Snapshot, protocol: Transport, pool: Pool | null, isMeant: boolean): Sighting => {
  const probes = probesOf(snapshot, protocol, pool);
  const events = isMeant ? provingEvents(snapshot, protocol) : [];
  return {
    pool,
    part: pool === null ? 0 : usedPart(pool),
    hasFailed: hasFailed(probes),
    hasSucceeded: probes.some(({ error, port }) => error === null && port !== null),
    isSeen: pool !== null && isAllSeen(snapshot.sight, protocol),
    isProved: events.length > 0,
    isOldProof: events.every((event) => isOld(event, snapshot.time)),
  };
};

/** Null where nothing speaks of a shortage. */
const shortage = (snapshot: Snapshot, sighting: Sighting): readonly [Level, LevelCause] | null => {
  const { pool, part, hasSucceeded, isSeen, isProved, isOldProof } = sighting;
  if (sighting.hasFailed)
    return part >= CRITICAL || !(isSeen || hasSucceeded) ? ["Exhausted", "probe"] : ["Unknown", "memory"];
  if (part >= EXHAUSTED) {
    const isShared = pool !== null && hasSucceeded && sharesPorts(snapshot, pool);
    return [isShared ? "Critical" : "Exhausted", "percent"];
  }
  const isOver = hasSucceeded || (isOldProof && isSeen && part < ELEVATED);
  if (isProved && !isOver) return ["Exhausted", "event"];
  if (part >= ELEVATED) return [levelOfPart(part), "percent"];
  return isProved ? ["Elevated", "recovered"] : null;
};

/** `isMeant`: events of the protocol are of this pool. */
const poolLevel = (
  snapshot: Snapshot,
  protocol: Transport,
  accounts: PoolAccounts | null,
  isMeant: boolean,
): PoolLevel => {
  const pool = accounts?.pool ?? null;
  const is = (level: Level, cause: LevelCause): PoolLevel => ({ protocol, pool, accounts, level, cause });
  const sighting = sightingOf(snapshot, protocol, pool, isMeant);
  const short = shortage(snapshot, sighting);
  if (short !== null) return is(...short);
  if (pool === null || snapshot.sight[protocol] !== "whole") return is("Unknown", "unseen");
  if (pool.isAssumed && pool.outside >= MIN_OUTSIDE) return is("Unknown", "range");
  return sighting.isSeen || sighting.hasSucceeded ? is("Healthy", "healthy") : is("Unknown", "unseen");
};

const RANK: Readonly<Record<Level, number>> = { Exhausted: 4, Critical: 3, Elevated: 2, Healthy: 1, Unknown: 0 };

const part = ({ pool }: PoolLevel): number => (pool === null ? -1 : usedPart(pool));

const worse = (a: PoolLevel, b: PoolLevel): number => RANK[b.level] - RANK[a.level] || part(b) - part(a);

/** A level for each pool; one without a pool for a protocol whose ports nothing shows. */
export const poolLevels = ({ snapshot, accounts }: CaptureEvidence): readonly PoolLevel[] =>
  TRANSPORTS.flatMap((protocol) => {
    const { pools } = accounts[protocol];
    const proved = provedPool(snapshot, protocol, pools);
    return (pools.length === 0 ? [null] : pools).map((pool) => poolLevel(snapshot, protocol, pool, pool === proved));
  });

/** The pool as what proves its level tells of it: an event tells no family. */
export const provenFamily = ({ pool, cause }: PoolLevel): Family | null =>
  cause === "event" || cause === "recovered" ? null : (pool?.family ?? null);

const isTrouble = ({ level }: PoolLevel): boolean => RANK[level] >= RANK.Elevated;

/** The pool that the verdict is about. */
export const decisiveLevel = (levels: readonly PoolLevel[]): PoolLevel | null => {
  const sorted = [...levels].sort(worse);
  const [worst] = sorted;
  if (worst !== undefined && isTrouble(worst)) return worst;
  const doubted = levels.find(({ cause }) => cause === "memory" || cause === "range");
  const unseenTcp = levels.find(({ protocol, level }) => protocol === "tcp" && level === "Unknown");
  return doubted ?? unseenTcp ?? worst ?? null;
};
