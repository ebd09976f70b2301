/** Doubts about the range of a pool. */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { DynamicRange } from "../../model/port-range.ts";
import type { Transport } from "../../model/socket-row.ts";

const text = ({ start, ports }: DynamicRange): string => `${start} with ${ports} ports`;

/** Ranges that the sources tell of one protocol and family; more than one is a contradiction. */
export const toldRanges = ({ ranges }: Snapshot, protocol: Transport): readonly string[] => {
  const byFamily = (["ipv4", "ipv6"] as const).map((family) => [
    ...new Set(ranges.filter((range) => range.protocol === protocol && (range.family ?? family) === family).map(text)),
  ]);
  return byFamily.find((told) => told.length > 1) ?? byFamily[0] ?? [];
};

export const tellsTwoRanges = (snapshot: Snapshot, protocol: Transport): boolean =>
  toldRanges(snapshot, protocol).length > 1;

/** Some exclusions are of one family, and whether the other has them too was not read. */
export const knowsHalfOfExclusions = ({ exclusions, exclusionsRead }: Snapshot, protocol: Transport): boolean => {
  const families = new Set(exclusionsRead.filter((each) => each.protocol === protocol).map(({ family }) => family));
  const told = new Set(exclusions.filter((each) => each.protocol === protocol).map(({ family }) => family));
  return families.size < 2 && told.size === 1 && !told.has(null);
};
