/** Ports by the process that opened them, as Windows remembers it, and who holds them where that is somebody else. */
import type { Claim } from "./claims.ts";
import type { Creator, Ownership } from "./holders.ts";
import { type ClassCounts, countClasses } from "./port-class.ts";
import { byPorts, entryOf, type HolderPorts, mostFirst, ownerKey, setFirstClass } from "./tally.ts";

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

interface OwnerTally {
  readonly processId: number | null;
  readonly creator: Creator;
  readonly classByPort: Map<number, number>;
  readonly holders: Map<number, Set<number>>;
  oldest: bigint | null;
}

const newTally = ({ processId, creator }: Ownership): OwnerTally => ({
  processId,
  creator,
  classByPort: new Map(),
  holders: new Map(),
  oldest: null,
});

const tallyClaim = (owners: Map<number, OwnerTally>, claim: Claim, ownership: Ownership): void => {
  const tally = entryOf(owners, ownerKey(ownership), () => newTally(ownership));
  setFirstClass(tally.classByPort, claim.port, claim.portClass);
  if (ownership.holder !== null) entryOf(tally.holders, ownership.holder, () => new Set()).add(claim.port);
  if (claim.created !== null && (tally.oldest === null || claim.created < tally.oldest)) tally.oldest = claim.created;
};

const likelyOf = ({ processId, creator }: OwnerTally, likely: ReadonlyMap<number, number>): number =>
  processId === null || creator === "recycled" ? 0 : (likely.get(processId) ?? 0);

/** `claims` are those of one pool, or of a protocol's pools; `likely` says whose TIME_WAIT ports were. Most ports first. */
export const buildOwners = (
  claims: readonly Claim[],
  ownership: (claim: Claim) => Ownership,
  likely: ReadonlyMap<number, number>,
): readonly Owner[] => {
  const owners = new Map<number, OwnerTally>();
  for (const claim of claims) tallyClaim(owners, claim, ownership(claim));
  for (const processId of likely.keys()) {
    const alive: Ownership = { processId, creator: "running", holder: null, sharers: [], isConfirmed: false };
    entryOf(owners, ownerKey(alive), () => newTally(alive));
  }
  const rows = [...owners.values()].map(
    (tally): Owner => ({
      processId: tally.processId,
      creator: tally.creator,
      ports: tally.classByPort.size,
      byClass: countClasses(tally.classByPort.values()),
      oldest: tally.oldest,
      holder: mostFirst(tally.holders)[0] ?? null,
      likelyTimeWait: likelyOf(tally, likely),
    }),
  );
  return rows.sort(byPorts);
};
