/** A snapshot in numbers: pools, owners and holders of ports, owners of AFD handles. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { DynamicRange } from "../model/port-range.ts";
import type { SocketRow, Transport } from "../model/socket-row.ts";
import { type AfdOwnerUse, buildAfdOwners } from "./afd-owners.ts";
import { type Claim, claimsOf } from "./claims.ts";
import { type DestinationUse, destinationsOf } from "./destinations.ts";
import { buildHoldings, type Holdings } from "./held.ts";
import { createOwnership, type Ownership } from "./holders.ts";
import { buildOwners, type Owner } from "./owners.ts";
import { buildPool, isInPool, type Pool, type PoolShape, poolShapes } from "./pool.ts";
import { likelyTimeWait } from "./time-wait.ts";

export interface PoolAccounts {
  readonly pool: Pool;
  readonly owners: readonly Owner[];
  readonly holdings: Holdings;
  readonly destinations: readonly DestinationUse[];
  /** Rows of the tables whose local port lies in its range, without accepted connections. */
  readonly rows: readonly SocketRow[];
}

export interface ProtocolAccounts {
  readonly protocol: Transport;
  /** None where nothing shows the protocol's ports; two where the families differ in range or exclusions. */
  readonly pools: readonly PoolAccounts[];
  /** Owners of ports in any of the pools. */
  readonly owners: readonly Owner[];
}

/** An auto-reuse range, and the connections whose local ports lie in it: to different endpoints they may share a port. */
export interface SharedRange {
  readonly range: DynamicRange;
  readonly destinations: readonly DestinationUse[];
}

export interface Accounts {
  readonly tcp: ProtocolAccounts;
  readonly udp: ProtocolAccounts;
  readonly shared: readonly SharedRange[];
  readonly afdOwners: readonly AfdOwnerUse[];
}

type OwnershipOf = (claim: Claim) => Ownership;

/** What the accounts of all pools are made of. */
interface Books {
  readonly snapshot: Snapshot;
  readonly rows: readonly SocketRow[];
  readonly claims: readonly Claim[];
  readonly ownership: OwnershipOf;
  readonly own: ReadonlySet<string>;
}

/** What is connected to one of these stays in the machine; a wildcard is no address of anybody. */
const ownAddresses = ({ sockets }: Snapshot): ReadonlySet<string> =>
  new Set(sockets.map(({ localAddress }) => localAddress));

const isRowIn =
  ({ protocol, family, start, ports }: PoolShape) =>
  (row: SocketRow): boolean =>
    row.protocol === protocol &&
    row.localPort >= start &&
    row.localPort < start + ports &&
    (family === null || row.family === family);

/** `claims` are those of the protocol. */
const poolAccounts = (
  shape: PoolShape,
  claims: readonly Claim[],
  { snapshot, rows, ownership, own }: Books,
): PoolAccounts => {
  const pooled = claims.filter((claim) => isInPool(shape, claim));
  return {
    pool: buildPool(shape, claims),
    owners: buildOwners(pooled, ownership, likelyTimeWait(pooled, claims, ownership)),
    holdings: buildHoldings(pooled, ownership, snapshot.time),
    destinations: destinationsOf(pooled, ownership, own),
    rows: rows.filter(isRowIn(shape)),
  };
};

const ownersOfAll = (shapes: readonly PoolShape[], claims: readonly Claim[], ownership: OwnershipOf) => {
  const pooled = claims.filter((claim) => shapes.some((shape) => isInPool(shape, claim)));
  return buildOwners(pooled, ownership, likelyTimeWait(pooled, claims, ownership));
};

const protocolAccounts = (protocol: Transport, books: Books): ProtocolAccounts => {
  const { snapshot, claims, ownership } = books;
  const own = claims.filter((claim) => claim.protocol === protocol);
  const isShown = snapshot.sight[protocol] !== "none" || own.length > 0;
  const shapes = isShown ? poolShapes(protocol, snapshot) : [];
  const pools = shapes.map((shape) => poolAccounts(shape, own, books));
  const [only, ...others] = pools;
  const owners = only !== undefined && others.length === 0 ? only.owners : ownersOfAll(shapes, own, ownership);
  return { protocol, pools, owners };
};

const isIn = ({ protocol, start, ports }: DynamicRange, claim: Claim): boolean =>
  claim.protocol === protocol && claim.port >= start && claim.port < start + ports;

const sharedRanges = ({ snapshot, claims, ownership, own }: Books): readonly SharedRange[] =>
  snapshot.autoReuseRanges.map((range) => {
    const inRange = claims.filter((claim) => isIn(range, claim));
    return { range, destinations: destinationsOf(inRange, ownership, own) };
  });

export const buildAccounts = (snapshot: Snapshot): Accounts => {
  const { rows, claims, afdSockets } = claimsOf(snapshot);
  const ownership = createOwnership(snapshot, afdSockets);
  const books: Books = { snapshot, rows, claims, ownership, own: ownAddresses(snapshot) };
  return {
    tcp: protocolAccounts("tcp", books),
    udp: protocolAccounts("udp", books),
    shared: sharedRanges(books),
    afdOwners: buildAfdOwners(snapshot, afdSockets),
  };
};
