/** A snapshot in numbers: pools, owners of ports, owners of AFD handles. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { Transport } from "../model/socket-row.ts";
import { type AfdOwnerUse, buildAfdOwners } from "./afd-owners.ts";
import { type Claim, type Claims, claimsOf } from "./claims.ts";
import { createOwnership, type Ownership } from "./holders.ts";
import { buildOwners, type Owners } from "./owners.ts";
import { buildPool, isInPool, type Pool, poolShapes } from "./pool.ts";
import { likelyTimeWait } from "./time-wait.ts";

export interface ProtocolAccounts extends Owners {
  /** None where nothing shows the protocol's ports; two where its ranges differ between the families. */
  readonly pools: readonly Pool[];
}

export interface Accounts {
  readonly tcp: ProtocolAccounts;
  readonly udp: ProtocolAccounts;
  readonly afdOwners: readonly AfdOwnerUse[];
}

const protocolAccounts = (
  snapshot: Snapshot,
  protocol: Transport,
  { claims }: Claims,
  ownership: (claim: Claim) => Ownership,
): ProtocolAccounts => {
  const own = claims.filter((claim) => claim.protocol === protocol);
  const isShown = snapshot.sight[protocol] !== "none" || own.length > 0;
  if (!isShown) return { protocol, pools: [], owners: [], held: [] };
  const shapes = poolShapes(protocol, snapshot.ranges, snapshot.exclusions);
  const pooled = own.filter((claim) => shapes.some((shape) => isInPool(shape, claim)));
  const likely = likelyTimeWait(pooled, own, ownership);
  return {
    pools: shapes.map((shape) => buildPool(shape, own)),
    ...buildOwners(protocol, pooled, ownership, likely),
  };
};

export const buildAccounts = (snapshot: Snapshot): Accounts => {
  const claims = claimsOf(snapshot);
  const ownership = createOwnership(snapshot, claims.afdSockets);
  return {
    tcp: protocolAccounts(snapshot, "tcp", claims, ownership),
    udp: protocolAccounts(snapshot, "udp", claims, ownership),
    afdOwners: buildAfdOwners(snapshot, claims.afdSockets),
  };
};
