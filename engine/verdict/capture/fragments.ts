/**
 * Pools with enough free ports, but no free run as long as some programs need one. HNS reserves blocks of 64 TCP ports
 * (microsoft/SDN, collectlogs.ps1 tries it the same way), WSL's mirrored network one of 4,096 (microsoft/WSL#12351).
 * Finding and verdict agree by this predicate.
 */
import type { Transport } from "../../model/socket-row.ts";
import type { Pool } from "../../pools/pool.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { runs, type VirtualNetworkKind } from "./virtual-networks.ts";

interface BlockUser {
  readonly kind: VirtualNetworkKind;
  readonly name: string;
  readonly block: number;
  readonly protocols: readonly Transport[];
  /** It asks for blocks wherever it runs; else only in a mode that nothing here shows. */
  readonly isCertain: boolean;
  readonly hasBlock: (pool: Pool) => boolean;
}

const USERS: readonly BlockUser[] = [
  {
    kind: "hns",
    name: "the Host Network Service (HNS)",
    block: 64,
    protocols: ["tcp"],
    isCertain: true,
    hasBlock: ({ free64Blocks }) => free64Blocks > 0,
  },
  {
    kind: "wsl",
    name: "WSL's mirrored network",
    block: 4096,
    protocols: ["tcp", "udp"],
    isCertain: false,
    hasBlock: ({ free4096Blocks }) => free4096Blocks > 0,
  },
];

export interface MissingBlock {
  readonly pool: Pool;
  /** Who needs such a block. */
  readonly name: string;
  readonly block: number;
  /** It runs here. */
  readonly isNeeded: boolean;
  readonly isCertain: boolean;
}

/** A range too short for such a block was never in pieces, and one without that many free ports is full rather than in pieces. */
const isMissing = (pool: Pool, { block, hasBlock }: BlockUser): boolean =>
  !pool.isAssumed && pool.ports >= block && pool.free >= block && !hasBlock(pool);

export const missingBlocks = ({ snapshot, accounts }: CaptureEvidence): readonly MissingBlock[] =>
  USERS.flatMap((user) =>
    user.protocols
      .flatMap((protocol) => accounts[protocol].pools)
      .filter(({ pool }) => isMissing(pool, user))
      .map(({ pool }) => ({
        pool,
        name: user.name,
        block: user.block,
        isNeeded: runs(snapshot, user.kind),
        isCertain: user.isCertain,
      })),
  );

/** What a verdict may rest on: a program that runs here will ask for such a block and not get it. */
export const fragmentation = (evidence: CaptureEvidence): MissingBlock | null =>
  missingBlocks(evidence).find(({ isNeeded, isCertain }) => isNeeded && isCertain) ?? null;
