/**
 * Ports of a pool by the remote endpoint that they are connected to, TIME_WAIT included. A connection is one of four numbers: to
 * one endpoint there are only as many as there are local ports, whatever else is free.
 */
import type { Claim } from "./claims.ts";
import type { Ownership } from "./holders.ts";
import { TIME_WAIT } from "./port-class.ts";
import { entryOf, type HolderPorts, mostFirst } from "./tally.ts";

export interface DestinationUse {
  readonly address: string;
  readonly port: number;
  /** Distinct local ports. */
  readonly ports: number;
  /** Of these, the ones in TIME_WAIT only. */
  readonly timeWait: number;
  /** The endpoint is of this machine: the other row of the pair belongs to a listener. */
  readonly isLocal: boolean;
  /** Who has the connections that have an owner; most first. */
  readonly processes: readonly HolderPorts[];
}

interface Tally {
  readonly open: Set<number>;
  readonly timeWait: Set<number>;
  readonly byProcess: Map<number, Set<number>>;
}

const newTally = (): Tally => ({ open: new Set(), timeWait: new Set(), byProcess: new Map() });

/** 127.0.0.0/8 and ::1 (RFC 1122, RFC 4291). */
export const isLoopback = (address: string): boolean => /^(::ffff:)?127\./.test(address) || address === "::1";

const useOf = ([remote, { open, timeWait, byProcess }]: [string, Tally], own: ReadonlySet<string>): DestinationUse => {
  const at = remote.lastIndexOf(" ");
  const address = remote.slice(0, at);
  const closed = [...timeWait].filter((port) => !open.has(port)).length;
  return {
    address,
    port: Number(remote.slice(at + 1)),
    ports: open.size + closed,
    timeWait: closed,
    isLocal: isLoopback(address) || own.has(address),
    processes: mostFirst(byProcess),
  };
};

/** `claims` are those of one pool, `own` the addresses of this machine; most ports first. */
export const destinationsOf = (
  claims: readonly Claim[],
  ownership: (claim: Claim) => Ownership,
  own: ReadonlySet<string>,
): readonly DestinationUse[] => {
  const byRemote = new Map<string, Tally>();
  for (const claim of claims) {
    if (claim.remote === null) continue;
    const tally = entryOf(byRemote, claim.remote, newTally);
    (claim.portClass === TIME_WAIT ? tally.timeWait : tally.open).add(claim.port);
    const { holder, processId } = ownership(claim);
    const owner = claim.portClass === TIME_WAIT ? null : (holder ?? processId);
    if (owner !== null) entryOf(tally.byProcess, owner, () => new Set()).add(claim.port);
  }
  return [...byRemote].map((entry) => useOf(entry, own)).sort((a, b) => b.ports - a.ports);
};
