/**
 * What fills a pool, and who. A process is only called culprit when it holds at least half of the used ports, more than
 * anybody else, and enough of them to matter. The rules and their order stand in docs/design.md.
 */
import type { Pattern } from "../../generated/records.ts";
import type { ProtocolAccounts } from "../../pools/accounts.ts";
import type { Held } from "../../pools/owners.ts";
import type { Pool } from "../../pools/pool.ts";
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
  /** What its handles confirm, and what others had opened; null for an inference or for listeners. */
  readonly held: Held | null;
  /** TIME_WAIT has no owner: only its other connections speak against this process. */
  readonly isInference: boolean;
}

export interface Shortage {
  readonly pattern: Pattern;
  readonly suspect: Suspect | null;
}

/** Half of the smallest range that Windows accepts (255 ports): with fewer, a process cannot be what fills any pool. */
export const MIN_CULPRIT_PORTS = 128;
/** Less than half of what is used leaves the greater part to others. */
const MIN_CULPRIT_SHARE = 0.5;

interface Candidate {
  readonly processId: number;
  readonly ports: number;
}

const leaderOf = <T extends Candidate>(candidates: readonly T[], used: number): T | null => {
  const [first, second] = [...candidates].sort((a, b) => b.ports - a.ports);
  if (first === undefined || first.ports < MIN_CULPRIT_PORTS || first.ports < used * MIN_CULPRIT_SHARE) return null;
  return second === undefined || second.ports < first.ports ? first : null;
};

const suspectOf = (
  leader: Candidate | null,
  used: number,
  more: Pick<Suspect, "held" | "isInference" | "alibi">,
): Suspect | null =>
  leader === null
    ? null
    : { processId: leader.processId, ports: leader.ports, share: Math.min(1, leader.ports / used), ...more };

const NO_HELD = { held: null, isInference: false, alibi: null } as const;

const leakPattern = ({ byClass }: Held, isUdp: boolean): Pattern => {
  if (isUdp) return "UdpLeak";
  const { bound, closeWait } = byClass;
  const connected = byClass.connected + byClass.closing;
  if (closeWait >= bound && closeWait >= connected) return "CloseWaitLeak";
  return bound >= connected ? "BoundLeak" : "ConnectionBuildUp";
};

/** A closed connection in FIN_WAIT has no handle any more; everything else must have one somewhere. */
const alibiOf = (
  { processId, creator, ports, byClass, confirmed, sharers }: Held,
  { snapshot, accounts }: CaptureEvidence,
): Alibi | null => {
  if (creator === "recycled") return "recycled";
  if (sharers.some((sharer) => sharer.ports * 2 >= ports)) return "shared";
  const isInspected = snapshot.inspections.some((each) => each.processId === processId && each.status === "inspected");
  const handles = accounts.afdOwners.find((each) => each.processId === processId)?.handles ?? 0;
  const needed = (ports - byClass.closing) / 2;
  return isInspected && confirmed < needed && handles < needed ? "too-few-handles" : null;
};

const leak = (evidence: CaptureEvidence, { protocol, held }: ProtocolAccounts, used: number): Shortage => {
  const leader = leaderOf(held, used);
  if (leader === null) return { pattern: "Mixed", suspect: null };
  const alibi = alibiOf(leader, evidence);
  const suspect = suspectOf(leader, used, { held: leader, isInference: false, alibi });
  return { pattern: leakPattern(leader, protocol === "udp"), suspect };
};

/** Candidates from the owners, by what each of them counts for. */
const candidates = (
  { owners }: ProtocolAccounts,
  portsOf: (owner: ProtocolAccounts["owners"][number]) => number,
): readonly Candidate[] =>
  owners.flatMap((owner) =>
    owner.processId === null || owner.processId === 0 ? [] : [{ processId: owner.processId, ports: portsOf(owner) }],
  );

const churn = (accounts: ProtocolAccounts, { used }: Pool): Shortage => {
  const leader = leaderOf(
    candidates(accounts, ({ likelyTimeWait }) => likelyTimeWait),
    used,
  );
  return { pattern: "TimeWaitChurn", suspect: suspectOf(leader, used, { held: null, isInference: true, alibi: null }) };
};

const overlap = (accounts: ProtocolAccounts, { used }: Pool): Shortage => {
  const leader = leaderOf(
    candidates(accounts, ({ byClass }) => byClass.listening),
    used,
  );
  return { pattern: "ListenerOverlap", suspect: suspectOf(leader, used, NO_HELD) };
};

/** With what is excluded given back, there would be no shortage. */
const isReservation = ({ ports, excluded, used }: Pool): boolean => excluded * 2 >= ports && used < ports * ELEVATED;

const NONE: Shortage = { pattern: "None", suspect: null };

export const shortageOf = (evidence: CaptureEvidence, { protocol, pool }: PoolLevel): Shortage => {
  const accounts = evidence.accounts[protocol];
  if (pool === null || usedPart(pool) < ELEVATED) return NONE;
  const { used, byClass } = pool;
  if (isReservation(pool)) return { pattern: "Reservation", suspect: null };
  if (byClass.timeWait * 2 >= used) return churn(accounts, pool);
  if (byClass.listening * 2 >= used) return overlap(accounts, pool);
  return leak(evidence, accounts, used);
};
