/**
 * Ports of a protocol's pool by the process that opened them, and by the process that holds them now: the same one unless the
 * opener has ended, its PID belongs to another process, or it gave the sockets away.
 */
import type { Transport } from "../model/socket-row.ts";
import type { Claim } from "./claims.ts";
import type { Creator, Ownership } from "./holders.ts";
import { type ClassCounts, countClasses, LISTENING, TIME_WAIT } from "./port-class.ts";

export interface HolderPorts {
  readonly processId: number;
  readonly ports: number;
}

export interface Owner {
  /** Null where the source names no process. */
  readonly processId: number | null;
  readonly creator: Creator;
  readonly ports: number;
  readonly byClass: ClassCounts;
  readonly oldest: bigint | null;
  readonly holder: HolderPorts | null;
  readonly likelyTimeWait: number;
}

/** What a process holds that can be held against it: neither listeners nor ports that it asked for by number. */
export interface Held {
  readonly processId: number;
  readonly ports: number;
  readonly byClass: ClassCounts;
  /** running, where it is the holder. ended, recycled: Windows remembers it, and who holds its sockets now is not known. */
  readonly creator: Creator;
  /** Ports of which the handles say that this process holds them. */
  readonly confirmed: number;
  /** Of the ports, those that another process had opened. */
  readonly fromOthers: number;
  /** Others with handles to sockets that another process had opened, and to how many of these ports; most first. */
  readonly sharers: readonly HolderPorts[];
  /** Beside them: ports that it asked for by number. */
  readonly explicit: number;
}

export interface Owners {
  readonly protocol: Transport;
  readonly owners: readonly Owner[];
  readonly held: readonly Held[];
}

interface OwnerTally {
  readonly processId: number | null;
  readonly creator: Creator;
  readonly classByPort: Map<number, number>;
  readonly holders: Map<number, Set<number>>;
  oldest: bigint | null;
}

interface HeldTally {
  readonly processId: number;
  readonly creator: Creator;
  readonly classByPort: Map<number, number>;
  readonly confirmed: Set<number>;
  readonly fromOthers: Set<number>;
  readonly sharers: Map<number, Set<number>>;
  readonly explicit: Set<number>;
}

const entryOf = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

const setFirstClass = (classes: Map<number, number>, port: number, portClass: number): void => {
  classes.set(port, Math.min(classes.get(port) ?? portClass, portClass));
};

/** A recycled PID is two processes: the one that is gone and the one that has the number now. */
const ownerKey = ({ processId, creator }: Ownership): number =>
  processId === null ? -1 : processId * 2 + (creator === "recycled" ? 1 : 0);

const newTally = ({ processId, creator }: Ownership): OwnerTally => ({
  processId,
  creator,
  classByPort: new Map(),
  holders: new Map(),
  oldest: null,
});

const tallyOwner = (owners: Map<number, OwnerTally>, claim: Claim, ownership: Ownership): void => {
  const tally = entryOf(owners, ownerKey(ownership), () => newTally(ownership));
  setFirstClass(tally.classByPort, claim.port, claim.portClass);
  if (ownership.holder !== null) entryOf(tally.holders, ownership.holder, () => new Set()).add(claim.port);
  if (claim.created !== null && (tally.oldest === null || claim.created < tally.oldest)) tally.oldest = claim.created;
};

/** TIME_WAIT of no process is nobody's hold. */
const tallyHeld = (held: Map<number, HeldTally>, claim: Claim, ownership: Ownership): void => {
  const processId = ownership.holder ?? ownership.processId;
  if (processId === null || processId === 0) return;
  const creator = ownership.holder === null ? ownership.creator : "running";
  const tally = entryOf(held, ownerKey({ ...ownership, processId, creator }), () => ({
    processId,
    creator,
    classByPort: new Map(),
    confirmed: new Set(),
    fromOthers: new Set(),
    sharers: new Map(),
    explicit: new Set(),
  }));
  setFirstClass(tally.classByPort, claim.port, claim.portClass);
  if (claim.isPortExplicit) tally.explicit.add(claim.port);
  if (ownership.isConfirmed) tally.confirmed.add(claim.port);
  if (ownership.holder !== null) tally.fromOthers.add(claim.port);
  for (const sharer of ownership.sharers) entryOf(tally.sharers, sharer, () => new Set()).add(claim.port);
};

const mostFirst = (portsByProcess: ReadonlyMap<number, ReadonlySet<number>>): readonly HolderPorts[] =>
  [...portsByProcess].map(([processId, ports]) => ({ processId, ports: ports.size })).sort(byPorts);

const holderOf = ({ holders }: OwnerTally): HolderPorts | null => mostFirst(holders)[0] ?? null;

const heldOf = (tally: HeldTally): Held => {
  const counted = [...tally.classByPort].filter(
    ([port, portClass]) => portClass !== LISTENING && portClass !== TIME_WAIT && !tally.explicit.has(port),
  );
  return {
    processId: tally.processId,
    ports: counted.length,
    byClass: countClasses(counted.map(([, portClass]) => portClass)),
    creator: tally.creator,
    confirmed: counted.filter(([port]) => tally.confirmed.has(port)).length,
    fromOthers: counted.filter(([port]) => tally.fromOthers.has(port)).length,
    sharers: mostFirst(tally.sharers),
    explicit: tally.explicit.size,
  };
};

const byPorts = (a: { ports: number; processId: number | null }, b: { ports: number; processId: number | null }) =>
  b.ports - a.ports || (a.processId ?? -1) - (b.processId ?? -1);

/** `claims` are those of the protocol's pools; `likely` says whose TIME_WAIT ports were. */
export const buildOwners = (
  protocol: Transport,
  claims: readonly Claim[],
  ownership: (claim: Claim) => Ownership,
  likely: ReadonlyMap<number, number>,
): Owners => {
  const owners = new Map<number, OwnerTally>();
  const held = new Map<number, HeldTally>();
  for (const claim of claims) {
    const of = ownership(claim);
    tallyOwner(owners, claim, of);
    tallyHeld(held, claim, of);
  }
  for (const processId of likely.keys()) {
    const ownership: Ownership = { processId, creator: "running", holder: null, sharers: [], isConfirmed: false };
    entryOf(owners, ownerKey(ownership), () => newTally(ownership));
  }
  const rows = [...owners.values()].map(
    (tally): Owner => ({
      processId: tally.processId,
      creator: tally.creator,
      ports: tally.classByPort.size,
      byClass: countClasses(tally.classByPort.values()),
      oldest: tally.oldest,
      holder: holderOf(tally),
      likelyTimeWait: tally.processId === null || tally.creator === "recycled" ? 0 : (likely.get(tally.processId) ?? 0),
    }),
  );
  return { protocol, owners: rows.sort(byPorts), held: [...held.values()].map(heldOf).sort(byPorts) };
};
