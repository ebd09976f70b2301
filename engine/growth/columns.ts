/**
 * Ports of one capture and whose they are, in columns of numbers: of a thousand captures with a full pool each, objects would
 * take gigabytes.
 */
import { claimsOf, type Claim } from "../pools/claims.ts";
import { createOwnership, type Ownership } from "../pools/holders.ts";
import { TIME_WAIT } from "../pools/port-class.ts";
import { entryOf } from "../pools/tally.ts";
import type { Snapshot } from "../artifacts/snapshot.ts";
import { NO_PROCESS } from "../model/process.ts";
import type { Family, Transport } from "../model/socket-row.ts";

/** A process that has ports in a capture. */
export interface PortOwnerKey {
  readonly processId: number;
  /** The process that Windows names has ended, and who holds its sockets is not known; its PID may be another's now. */
  readonly isGone: boolean;
}

export interface PortColumns {
  readonly codes: Uint32Array;
  /** Index in `owners`; NOBODY where no process is known to hold it: TIME_WAIT above all. */
  readonly holders: Int32Array;
  /** FILETIME; 0 where the source does not say. */
  readonly created: BigInt64Array;
  readonly owners: readonly PortOwnerKey[];
}

/** What a row of the columns says. */
export interface PortRow {
  readonly protocol: Transport;
  readonly family: Family;
  readonly isWildcardIpv6: boolean;
  readonly port: number;
  readonly portClass: number;
  readonly holder: number;
  readonly created: bigint;
}

export const NOBODY = -1;

const UDP = 1 << 16;
const IPV6 = 1 << 17;
const WILDCARD = 1 << 18;
const CLASS_SHIFT = 19;
const PORT_MASK = 0xffff;

const codeOf = ({ protocol, family, isWildcardIpv6, port, portClass }: Claim): number =>
  port |
  (protocol === "udp" ? UDP : 0) |
  (family === "ipv6" ? IPV6 : 0) |
  (isWildcardIpv6 ? WILDCARD : 0) |
  (portClass << CLASS_SHIFT);

/** As pools/held.ts counts it: the live holder, else who opened it. */
const holderOf = ({ portClass }: Claim, { holder, processId, creator }: Ownership): PortOwnerKey | null => {
  const held = holder ?? processId;
  if (held === null || held === NO_PROCESS || portClass === TIME_WAIT) return null;
  return { processId: held, isGone: holder === null && (creator === "ended" || creator === "recycled") };
};

export const portColumns = (snapshot: Snapshot): PortColumns => {
  const { claims, afdSockets } = claimsOf(snapshot);
  const ownershipOf = createOwnership(snapshot, afdSockets);
  const owners: PortOwnerKey[] = [];
  const indexes = new Map<number, number>();
  const indexOf = (owner: PortOwnerKey | null): number =>
    owner === null
      ? NOBODY
      : entryOf(indexes, owner.processId * 2 + (owner.isGone ? 1 : 0), () => owners.push(owner) - 1);
  return {
    codes: Uint32Array.from(claims, codeOf),
    holders: Int32Array.from(claims, (claim) => indexOf(holderOf(claim, ownershipOf(claim)))),
    created: BigInt64Array.from(claims, ({ created }) => created ?? 0n),
    owners,
  };
};

/** Calls `visit` with each row. */
export const eachPort = ({ codes, holders, created }: PortColumns, visit: (row: PortRow) => void): void => {
  codes.forEach((code, index) => {
    visit({
      protocol: (code & UDP) === 0 ? "tcp" : "udp",
      family: (code & IPV6) === 0 ? "ipv4" : "ipv6",
      isWildcardIpv6: (code & WILDCARD) !== 0,
      port: code & PORT_MASK,
      portClass: code >>> CLASS_SHIFT,
      holder: holders[index] ?? NOBODY,
      created: created[index] ?? 0n,
    });
  });
};
