/** What leaks have in common: a process that holds an uncommon part of a pool in one class of ports. */
import type { Finding, PortAges } from "../generated/records.ts";
import type { Transport } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Held } from "../pools/held.ts";
import type { PortClass } from "../pools/port-class.ts";
import { type Alibi, alibiOf } from "../verdict/capture/suspect.ts";
import { poolName, whoIs } from "../verdict/capture/names.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { count, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { ofSnapshot } from "./names.ts";
import { NOBODY, type Sighting } from "./rule.ts";

/**
 * One port in twenty of the pool (819 of the default one), and never less than can make a culprit. Programs that keep connections
 * on purpose keep hundreds: SQL Server's and IIS' own default limits of connections per process and endpoint are 100.
 */
const LEAK_PART = 0.05;

/** Half of the pool: from there on others will be refused ports soon. */
const GRAVE_PART = 0.5;

export interface Leak {
  readonly held: Held;
  /** Ports of the class. */
  readonly ports: number;
  readonly part: number;
  readonly accounts: PoolAccounts;
}

/** Held by processes that keep at least that many ports of the class; most first. */
export const leaksOf = ({ accounts }: CaptureCase, protocol: Transport, portClass: PortClass): readonly Leak[] =>
  accounts[protocol].pools.flatMap((pool) =>
    pool.holdings.open
      .map((held): Leak => {
        const ports = held.byClass[portClass];
        return { held, ports, part: pool.pool.capacity === 0 ? 1 : ports / pool.pool.capacity, accounts: pool };
      })
      .filter(({ ports, part }) => ports >= MIN_CULPRIT_PORTS && part >= LEAK_PART),
  );

export const severityOf = ({ part }: Leak): Finding["severity"] => (part >= GRAVE_PART ? "Critical" : "Warning");

const OLD_TEXT = "older than TIME_WAIT lasts, so they are kept and not in passing";

/** Nothing where no socket tells its time. */
export const agesText = ({ minutes, hour, day, older }: PortAges): string | null => {
  const known = minutes + hour + day + older;
  if (known === 0) return null;
  const old = hour + day + older;
  return `Of ${count(known, "socket")} whose age is known, ${number(minutes)} ${minutes === 1 ? "is" : "are"} at most 4 minutes old and ${number(old)} older (${number(older)} more than a day)${old > minutes ? `: ${OLD_TEXT}` : ""}.`;
};

const ALIBI_TEXT: Readonly<Record<Alibi, string>> = {
  recycled: "The process that opened them has ended, and its PID belongs to another process now.",
  "too-few-handles": "But it has too few AFD handles to hold them: another process does, which was not seen.",
  shared: "Other processes have handles to the same sockets: the ports are free only when all of them are gone.",
};

const creatorText = ({ creator, fromOthers, ports }: Held): string | null => {
  if (creator === "ended") return "The process that opened them has ended; who holds them now was not seen.";
  if (creator === "recycled")
    return "The process that opened them has ended, and its PID belongs to another process now.";
  return fromOthers > 0 ? `${number(fromOthers)} of its ${number(ports)} ports were opened by another process.` : null;
};

/** `what` follows the number of ports: "bound and not connected". */
export const leakSighting = (seen: CaptureCase, leak: Leak, what: string): Sighting => {
  const { snapshot } = seen;
  const { held, ports, accounts } = leak;
  const alibi = alibiOf(held, seen);
  const { protocol, family, capacity, used } = accounts.pool;
  const who =
    alibi === "recycled" ? `an earlier process with the PID ${held.processId}` : whoIs(snapshot, held.processId);
  const isHolding = alibi !== "too-few-handles" && (held.creator === "running" || held.creator === "unknown");
  const evidence = [
    `That is ${percent(ports / Math.max(1, used))} of the used and ${percent(leak.part)} of all ${number(capacity)} ports of the pool.`,
    held.confirmed > 0 ? `Its AFD handles confirm ${number(held.confirmed)} of its ${number(held.ports)} ports.` : null,
    alibi === null ? creatorText(held) : ALIBI_TEXT[alibi],
    agesText(held.ages),
  ];
  return {
    severity: severityOf(leak),
    protocol,
    summary: `${who[0]?.toUpperCase()}${who.slice(1)} ${isHolding ? "holds" : "had opened"} ${number(ports)} ${poolName(protocol, family)} ports ${what}.`,
    evidence: evidence.filter((each) => each !== null),
    process: alibi !== null ? NOBODY : ofSnapshot(snapshot, held.processId),
  };
};
