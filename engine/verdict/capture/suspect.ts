/**
 * What fills a pool, and who. A process is only called culprit when it holds at least half of the used ports, more than
 * anybody else, and enough of them to matter. The rules and their order stand in docs/design.md.
 */

import type { CaptureInspection, Pattern } from "../../generated/records.ts";
import type { PoolAccounts } from "../../pools/accounts.ts";
import type { Held } from "../../pools/held.ts";
import type { Pool } from "../../pools/pool.ts";
import type { HolderPorts } from "../../pools/tally.ts";
import { MIN_CULPRIT_PORTS, MIN_CULPRIT_SHARE } from "../limits.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { ELEVATED, type PoolLevel, usedPart } from "./level.ts";

/** What keeps a process from being called culprit although Windows names it as the one that opened the sockets. */
export type Alibi =
  /** It has ended, and its PID is another process's now. */
  | "recycled"
  /** It has fewer AFD handles than half of those ports: somebody else must hold them. */
  | "too-few-handles"
  /** Others inherited the same sockets: the ports are only free when all of them are gone. */
  | "shared";

export interface Suspect {
  readonly processId: number;
  readonly alibi: Alibi | null;
  readonly ports: number;
  /** Of the pool's used ports. */
  readonly share: number;
  /** What its handles confirm, and what others had opened; null for an inference. */
  readonly held: Held | null;
  /** How it is known: by TIME_WAIT's endpoints only, or as the only one that a sample of handles showed. */
  readonly inference: "time-wait" | "sample" | null;
}

export interface Shortage {
  readonly pattern: Pattern;
  readonly suspect: Suspect | null;
}

interface Candidate {
  readonly processId: number;
  readonly ports: number;
}

const leaderOf = <T extends Candidate>(candidates: readonly T[], used: number): T | null => {
  const [first, second] = [...candidates].sort((a, b) => b.ports - a.ports);
  if (first === undefined || first.ports < MIN_CULPRIT_PORTS || first.ports < used * MIN_CULPRIT_SHARE) return null;
  return second === undefined || second.ports < first.ports ? first : null;
};

const leakPattern = ({ byClass }: Held, isUdp: boolean): Pattern => {
  if (isUdp) return "UdpLeak";
  const { bound, closeWait } = byClass;
  const connected = byClass.connected + byClass.closing;
  if (closeWait >= bound && closeWait >= connected) return "CloseWaitLeak";
  return bound >= connected ? "BoundLeak" : "ConnectionBuildUp";
};

/** Most of them are closed by their process and wait for the peer: such connections have no handle any more. */
export const isClosing = ({ ports, byClass }: Held): boolean => byClass.closing * 2 >= ports;

/** Most of them were opened by another process. */
const isInherited = ({ ports, fromOthers }: Held): boolean => fromOthers * 2 >= ports;

/** Others that have handles to most of the same sockets. */
export const sharersOf = ({ ports, sharers }: Held): readonly HolderPorts[] =>
  sharers.filter((sharer) => sharer.ports * 2 >= ports);

/** What speaks for a process although Windows names it. */
export const alibiOf = (held: Held, { snapshot, accounts }: CaptureEvidence): Alibi | null => {
  const { processId, creator, ports, byClass, confirmed } = held;
  if (creator === "recycled") return "recycled";
  if (isInherited(held) && sharersOf(held).length > 0) return "shared";
  const handles = accounts.afdOwners.find((each) => each.processId === processId)?.handles ?? 0;
  const needed = (ports - byClass.closing) / 2;
  const isElsewhere = snapshot.inspectedWhole.has(processId) && confirmed < needed && handles < needed;
  return isElsewhere ? "too-few-handles" : null;
};

/** Nobody read which processes run, and no handle tells who holds its sockets. */
export const RUN_UNKNOWN =
  "Whether it still runs was not read: Windows goes on naming the process that opened a socket when it has ended and another one holds it.";

const LOOKED_INTO_IN_PART: readonly CaptureInspection["status"][] = ["sampled", "partial"];

/** Who was seen with sockets of a process that has ended, where not all of its handles were asked. */
const sampledHeir = (held: Held, { owners }: PoolAccounts, { snapshot }: CaptureEvidence): number | null => {
  if (held.creator !== "ended") return null;
  const heir = owners.find((each) => each.processId === held.processId && each.creator === "ended")?.holder;
  const inspection = snapshot.inspections.find(({ processId }) => processId === heir?.processId);
  return inspection !== undefined && LOOKED_INTO_IN_PART.includes(inspection.status) ? inspection.processId : null;
};

/** Whom ports speak against: the live holder, where that is another one, and what speaks for it. */
export const chargedWith = (held: Held, used: number, evidence: CaptureEvidence, accounts: PoolAccounts): Suspect => {
  const heir = sampledHeir(held, accounts, evidence);
  const share = { ports: held.ports, share: held.ports / used };
  if (heir !== null) return { processId: heir, alibi: null, ...share, held, inference: "sample" };
  return { processId: held.processId, alibi: alibiOf(held, evidence), ...share, held, inference: null };
};

const leak = (evidence: CaptureEvidence, accounts: PoolAccounts): Shortage => {
  const { used, protocol } = accounts.pool;
  const leader = leaderOf(accounts.holdings.open, used);
  if (leader === null) return { pattern: "Mixed", suspect: null };
  return { pattern: leakPattern(leader, protocol === "udp"), suspect: chargedWith(leader, used, evidence, accounts) };
};

const churn = ({ pool, owners }: PoolAccounts): Shortage => {
  const candidates = owners.flatMap(({ processId, likelyTimeWait }) =>
    processId === null || processId === 0 ? [] : [{ processId, ports: likelyTimeWait }],
  );
  const leader = leaderOf(candidates, pool.used);
  if (leader === null) return { pattern: "TimeWaitChurn", suspect: null };
  const suspect = {
    ...leader,
    alibi: null,
    share: leader.ports / pool.used,
    held: null,
    inference: "time-wait",
  } as const;
  return { pattern: "TimeWaitChurn", suspect };
};

const overlap = (evidence: CaptureEvidence, accounts: PoolAccounts): Shortage => {
  const leader = leaderOf(accounts.holdings.listening, accounts.pool.used);
  const suspect = leader === null ? null : chargedWith(leader, accounts.pool.used, evidence, accounts);
  return { pattern: "ListenerOverlap", suspect };
};

/** With what is excluded given back, there would be no shortage. */
const isReservation = ({ ports, excluded, used }: Pool): boolean => excluded * 2 >= ports && used < ports * ELEVATED;

const NONE: Shortage = { pattern: "None", suspect: null };

export const shortageOf = (evidence: CaptureEvidence, { accounts }: PoolLevel): Shortage => {
  if (accounts === null || usedPart(accounts.pool) < ELEVATED) return NONE;
  const { used, byClass } = accounts.pool;
  if (isReservation(accounts.pool)) return { pattern: "Reservation", suspect: null };
  if (byClass.timeWait * 2 >= used) return churn(accounts);
  if (byClass.listening * 2 >= used) return overlap(evidence, accounts);
  return leak(evidence, accounts);
};
