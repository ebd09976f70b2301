/** Ports of the pools that a capture shows being held, and by whom, where that is certain. */
import { NO_PROCESS } from "../../model/process.ts";
import { PORTS } from "../../model/port.ts";
import { TRANSPORTS, type Transport } from "../../model/socket-row.ts";
import { type Claim, claimsOf } from "../claims.ts";
import { createOwnership, type Ownership } from "../holders.ts";
import { isInPool, type PoolShape, poolShapes } from "../pool.ts";
import { LISTENING, TIME_WAIT } from "../port-class.ts";
import { type BesideCapture, isToldRange } from "./beside.ts";

export interface HeldPort {
  readonly protocol: Transport;
  readonly port: number;
  readonly portClass: number;
  /** Null where nobody is certain to hold it. */
  readonly processId: number | null;
  readonly created: bigint | null;
}

/** By port and transport. */
export type HeldPorts = ReadonlyMap<number, HeldPort>;

const keyOf = ({ protocol, port }: Claim): number => port + (protocol === "udp" ? PORTS : 0);

const joined = (known: HeldPort | undefined, claim: HeldPort): HeldPort => {
  if (known === undefined) return claim;
  return {
    ...claim,
    portClass: Math.min(known.portClass, claim.portClass),
    processId: known.processId === claim.processId ? claim.processId : null,
    created: known.created ?? claim.created,
  };
};

/** Of several that inherited it none is more likely than the others. */
const certainOwner = ({ holder, sharers, processId, creator }: Ownership): number | null => {
  if (holder !== null) return sharers.length === 0 ? holder : null;
  return creator === "running" && processId !== NO_PROCESS ? processId : null;
};

const UNTOLD = { ranges: [], exclusions: [], exclusionsRead: [] } as const;

/** Where one of two captures tells no range, or another one, a port of either counts: it was somebody's in any case. */
export const poolsOfAll = (captures: readonly BesideCapture[]): readonly PoolShape[] =>
  captures.flatMap(({ snapshot }) =>
    TRANSPORTS.flatMap((protocol) => {
      const shapes = poolShapes(protocol, snapshot);
      return shapes.every(isToldRange) ? shapes : [...shapes, ...poolShapes(protocol, UNTOLD)];
    }),
  );

/** Without those that listen or were asked for by number, which are a program's choice, and those in TIME_WAIT. */
export const heldPorts = ({ snapshot }: BesideCapture, shapes: readonly PoolShape[]): HeldPorts => {
  const { claims, afdSockets } = claimsOf(snapshot);
  const ownershipOf = createOwnership(snapshot, afdSockets);
  const held = new Map<number, HeldPort>();
  const chosen = new Set<number>();
  for (const claim of claims) {
    const { protocol, port, portClass, created, isPortExplicit } = claim;
    if (portClass === TIME_WAIT || !shapes.some((shape) => isInPool(shape, claim))) continue;
    const key = keyOf(claim);
    const processId = certainOwner(ownershipOf(claim));
    if (portClass === LISTENING || isPortExplicit) chosen.add(key);
    held.set(key, joined(held.get(key), { protocol, port, portClass, processId, created }));
  }
  for (const key of chosen) held.delete(key);
  return held;
};
