/** Excluded ranges inside the dynamic one: whose they are, and how many ports they take. */
import type { ExcludedRange } from "../model/port-range.ts";
import { TRANSPORTS, type Transport } from "../model/socket-row.ts";
import type { RemedyCase } from "./case.ts";
import { lastOf, overlaps, type Span } from "./port-plan.ts";
import { FAMILIES, rangesOf } from "./ranges.ts";

export interface Exclusion extends Span {
  readonly protocol: Transport;
  readonly isAdministered: boolean;
}

/**
 * HNS reserves ports by blocks of 64 (microsoft/SDN, Kubernetes/windows/debug), WinNAT by 100. What is smaller, as Windows' own 50000 to
 * 50059, matters to no pool.
 */
export const SMALLEST_BLOCK = 64;

const spanOf = ({ startPort, endPort }: ExcludedRange): Span => ({ start: startPort, ports: endPort - startPort + 1 });

/** Each once, where both families have it. */
const distinct = (exclusions: readonly Exclusion[]): readonly Exclusion[] => [
  ...new Map(exclusions.map((each) => [`${each.protocol} ${each.start} ${each.ports}`, each])).values(),
];

/** Of the protocol, or of both, in the dynamic range of either family; largest first. */
export const excludedInRange = ({ capture }: RemedyCase, protocol: Transport | null): readonly Exclusion[] => {
  if (capture === null) return [];
  const { snapshot } = capture;
  const of = TRANSPORTS.filter((each) => protocol === null || each === protocol);
  const found = of.flatMap((each) => {
    const ranges = rangesOf(snapshot, each);
    return snapshot.exclusions
      .filter((exclusion) => exclusion.protocol === null || exclusion.protocol === each)
      .map((exclusion) => ({ ...spanOf(exclusion), protocol: each, isAdministered: exclusion.isAdministered }))
      .filter((exclusion) => ranges.some(({ span }) => overlaps(span, exclusion)));
  });
  return distinct(found).toSorted((a, b) => b.ports - a.ports || a.start - b.start);
};

export const portsOf = (exclusions: readonly Exclusion[]): number =>
  exclusions.reduce((sum, { ports }) => sum + ports, 0);

/** The families that have it; both where the source does not say. */
export const familiesOf = ({ capture }: RemedyCase, exclusion: Exclusion) =>
  FAMILIES.filter((family) =>
    capture?.snapshot.exclusions.some(
      (each) =>
        (each.family === null || each.family === family) &&
        (each.protocol ?? exclusion.protocol) === exclusion.protocol &&
        each.startPort === exclusion.start &&
        each.endPort === lastOf(exclusion),
    ),
  );
