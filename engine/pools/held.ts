/**
 * Ports by the process that holds them now: the one that opened them, unless it has ended, its PID belongs to another process,
 * or it gave the sockets away. Ports that a program asked for by number are counted apart: they are its own choice.
 */
import type { PortAges } from "../generated/records.ts";
import { NO_PROCESS } from "../model/process.ts";
import { countAges } from "./ages.ts";
import type { Claim } from "./claims.ts";
import type { Creator, Ownership } from "./holders.ts";
import { type ClassCounts, countClasses, LISTENING, TIME_WAIT } from "./port-class.ts";
import { byPorts, entryOf, type HolderPorts, mostFirst, ownerKey, setFirstClass } from "./tally.ts";

/** Some of a process's ports. */
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
  /** Others with handles to the same sockets, and to how many of these ports; most first. */
  readonly sharers: readonly HolderPorts[];
  readonly ages: PortAges;
}

export interface Holdings {
  /** What can be held against a process: neither listeners nor ports that it asked for by number. Most first. */
  readonly open: readonly Held[];
  readonly listening: readonly Held[];
  readonly explicit: readonly Held[];
  /** Everything but TIME_WAIT. */
  readonly all: readonly Held[];
}

interface Tally {
  readonly processId: number;
  readonly creator: Creator;
  readonly classByPort: Map<number, number>;
  readonly confirmed: Set<number>;
  readonly fromOthers: Set<number>;
  readonly sharers: Map<number, Set<number>>;
  readonly explicit: Set<number>;
  /** The oldest socket of a port; null where none has a time. */
  readonly createdByPort: Map<number, bigint | null>;
}

const newTally = (processId: number, creator: Creator): Tally => ({
  processId,
  creator,
  classByPort: new Map(),
  confirmed: new Set(),
  fromOthers: new Set(),
  sharers: new Map(),
  explicit: new Set(),
  createdByPort: new Map(),
});

const setOldest = (created: Map<number, bigint | null>, port: number, time: bigint | null): void => {
  const known = created.get(port) ?? null;
  created.set(port, known === null || (time !== null && time < known) ? time : known);
};

const tallyClaim = (tallies: Map<number, Tally>, claim: Claim, ownership: Ownership): void => {
  const processId = ownership.holder ?? ownership.processId;
  if (processId === null || processId === NO_PROCESS || claim.portClass === TIME_WAIT) return;
  const creator = ownership.holder === null ? ownership.creator : "running";
  const tally = entryOf(tallies, ownerKey({ ...ownership, processId, creator }), () => newTally(processId, creator));
  setFirstClass(tally.classByPort, claim.port, claim.portClass);
  setOldest(tally.createdByPort, claim.port, claim.created);
  if (claim.isPortExplicit) tally.explicit.add(claim.port);
  if (ownership.isConfirmed) tally.confirmed.add(claim.port);
  if (ownership.holder !== null) tally.fromOthers.add(claim.port);
  for (const sharer of ownership.sharers) entryOf(tally.sharers, sharer, () => new Set()).add(claim.port);
};

type Counts = (tally: Tally, port: number, portClass: number) => boolean;

const heldOf =
  (counts: Counts, now: bigint | null) =>
  (tally: Tally): Held => {
    const counted = [...tally.classByPort].filter(([port, portClass]) => counts(tally, port, portClass));
    return {
      processId: tally.processId,
      ports: counted.length,
      byClass: countClasses(counted.map(([, portClass]) => portClass)),
      creator: tally.creator,
      confirmed: counted.filter(([port]) => tally.confirmed.has(port)).length,
      fromOthers: counted.filter(([port]) => tally.fromOthers.has(port)).length,
      sharers: mostFirst(tally.sharers),
      ages: countAges(
        counted.map(([port]) => tally.createdByPort.get(port) ?? null),
        now,
      ),
    };
  };

const IS_OPEN: Counts = ({ explicit }, port, portClass) => portClass !== LISTENING && !explicit.has(port);
const IS_LISTENING: Counts = (_, __, portClass) => portClass === LISTENING;
const IS_EXPLICIT: Counts = ({ explicit }, port) => explicit.has(port);

/** `now` is when the machine was read. */
export const buildHoldings = (
  claims: readonly Claim[],
  ownership: (claim: Claim) => Ownership,
  now: bigint | null,
): Holdings => {
  const tallies = new Map<number, Tally>();
  for (const claim of claims) tallyClaim(tallies, claim, ownership(claim));
  const counted = (counts: Counts): readonly Held[] =>
    [...tallies.values()]
      .map(heldOf(counts, now))
      .filter(({ ports }) => ports > 0)
      .sort(byPorts);
  return {
    open: counted(IS_OPEN),
    listening: counted(IS_LISTENING),
    explicit: counted(IS_EXPLICIT),
    all: counted(() => true),
  };
};
