/** What leaks have in common: a process that holds an uncommon part of a pool in one way. */
import type { Finding, Pattern } from "../generated/records.ts";
import { KERNEL_PID } from "../model/process.ts";
import type { Transport } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Held } from "../pools/held.ts";
import type { ClassCounts } from "../pools/port-class.ts";
import type { PoolLevel } from "../verdict/capture/level.ts";
import { poolName, whoIs } from "../verdict/capture/names.ts";
import { type Alibi, chargedWith, RUN_UNKNOWN, sharersOf, type Suspect } from "../verdict/capture/suspect.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { listed, number } from "../verdict/phrases.ts";
import { agesText } from "./ages-text.ts";
import type { CaptureCase } from "./case.ts";
import { holderAdvice } from "./holder-advice.ts";
import { ofSnapshot } from "./names.ts";
import { GRAVE_PART, partOf, takenText } from "./pools.ts";
import { NOBODY, type Sighting } from "./rule.ts";

/**
 * One port in twenty of the pool (819 of the default one), and never less than can make a culprit. Programs that keep connections
 * on purpose keep hundreds: SqlClient's pool ends at 100 for each connection string (Max Pool Size), unless somebody sets more.
 */
export const LEAK_PART = 0.05;

/** A way of keeping ports. */
export interface LeakKind {
  /** What the verdict calls it. */
  readonly pattern: Pattern;
  readonly protocol: Transport;
  readonly portsOf: (byClass: ClassCounts) => number;
  /** Of the pool: from there on it is told. */
  readonly leastPart: number;
}

export interface Leak {
  readonly held: Held;
  /** Kept in this way. */
  readonly ports: number;
  /** Of all ports of the pool. */
  readonly part: number;
  readonly accounts: PoolAccounts;
  readonly level: PoolLevel;
  readonly suspect: Suspect;
  /** The pool is half full at least, and by this process in this way. */
  readonly isShortage: boolean;
  /** Most of these ports are of connections that it has closed: what else it has, it holds. */
  readonly isClosed: boolean;
}

const areClosed = ({ pattern, portsOf }: LeakKind, { byClass }: Held): boolean =>
  pattern === "ConnectionBuildUp" && byClass.closing > 0 && byClass.closing * 2 >= portsOf(byClass);

const leaksIn = (seen: CaptureCase, level: PoolLevel, accounts: PoolAccounts, kind: LeakKind): readonly Leak[] => {
  const shortage = seen.shortages.find((each) => each.level === level);
  const accused = shortage?.pattern === kind.pattern ? (shortage.suspect?.held ?? null) : null;
  return accounts.holdings.open
    .map((held): Leak => {
      const ports = kind.portsOf(held.byClass);
      const suspect = chargedWith(held, Math.max(1, accounts.pool.used), seen, accounts);
      const part = partOf(ports, accounts.pool);
      return {
        held,
        ports,
        part,
        accounts,
        level,
        suspect,
        isShortage: held === accused,
        isClosed: areClosed(kind, held),
      };
    })
    .filter(({ ports, part, isShortage }) => isShortage || (ports >= MIN_CULPRIT_PORTS && part >= kind.leastPart));
};

/** Held by processes that keep at least that many ports in that way; most first. */
export const leaksOf = (seen: CaptureCase, kind: LeakKind): readonly Leak[] =>
  seen.levels.flatMap((level) =>
    level.protocol !== kind.protocol || level.accounts === null ? [] : leaksIn(seen, level, level.accounts, kind),
  );

export const severityOf = ({ part, isShortage, level }: Leak): Finding["severity"] =>
  part >= GRAVE_PART || (isShortage && level.level === "Exhausted") ? "Critical" : "Warning";

const NAMED_SHARERS = 4;

const ALIBI_TEXT: Readonly<Record<Alibi, string>> = {
  recycled: "The process that opened them has ended, and its PID belongs to another process now.",
  "too-few-handles": "But it has too few AFD handles to hold them: another process does, which was not seen.",
  shared: "Other processes have handles to the same sockets: the ports are free only when all of them are gone.",
};

const creatorText = (seen: CaptureCase, { held, suspect, isClosed }: Leak): string | null => {
  if (suspect.alibi !== null) return ALIBI_TEXT[suspect.alibi];
  const { creator, fromOthers, ports } = held;
  if (suspect.inference === "sample")
    return `The process that opened them has ended; of those whose handles were looked at, only ${whoIs(seen.snapshot, suspect.processId)} has some of them, and its handles were looked at in part.`;
  if (creator === "ended" && isClosed)
    return "It has ended, and nobody holds these connections any more: Windows waits for the peer.";
  if (creator === "ended") return "The process that opened them has ended; who holds them now was not seen.";
  if (creator === "unknown" && held.confirmed * 2 < ports && suspect.processId !== KERNEL_PID) return RUN_UNKNOWN;
  return fromOthers > 0 ? `${number(fromOthers)} of its ${number(ports)} ports were opened by another process.` : null;
};

const sharersText = ({ snapshot }: CaptureCase, { held }: Leak): string | null => {
  const names = sharersOf(held).map(({ processId }) => whoIs(snapshot, processId));
  if (names.length === 0) return null;
  return `Handles to most of the same sockets: ${listed(names, NAMED_SHARERS)}.`;
};

/** Its own sockets, as far as is known. */
const isHolding = ({ held, isClosed }: Leak): boolean =>
  (held.creator === "running" || held.creator === "unknown") && !isClosed;

const claimText = ({ snapshot }: CaptureCase, leak: Leak): string => {
  const { processId } = leak.held;
  const { alibi } = leak.suspect;
  if (alibi === "recycled") return `An earlier process with the PID ${processId} had opened`;
  const who = whoIs(snapshot, processId);
  if (alibi === "too-few-handles") return `Windows remembers ${who} as the one that opened`;
  return `${who} ${isHolding(leak) ? "holds" : "had opened"}`;
};

const summaryOf = (seen: CaptureCase, leak: Leak, what: string): string => {
  const { protocol, family } = leak.accounts.pool;
  return `${claimText(seen, leak)} ${number(leak.ports)} ${poolName(protocol, family)} ports${what === "" ? "" : ` ${what}`}.`;
};

/** `what` follows the number of ports: "bound and not connected". */
export const leakSighting = (
  seen: CaptureCase,
  leak: Leak,
  what: string,
  more: readonly (string | null)[] = [],
): Sighting => {
  const { held, ports, suspect } = leak;
  const { protocol } = leak.accounts.pool;
  const evidence = [
    takenText(ports, leak.accounts.pool),
    ...more,
    held.confirmed > 0 ? `Its AFD handles confirm ${number(held.confirmed)} of its ${number(held.ports)} ports.` : null,
    creatorText(seen, leak),
    sharersText(seen, leak),
    agesText(held.ages),
  ];
  return {
    severity: severityOf(leak),
    protocol,
    summary: summaryOf(seen, leak, what),
    evidence: evidence.filter((each) => each !== null),
    process: suspect.alibi !== null ? NOBODY : ofSnapshot(seen.snapshot, suspect.processId),
    ...holderAdvice(suspect, leak.isClosed),
  };
};
