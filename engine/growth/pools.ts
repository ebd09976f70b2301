/** The pools of a comparison: a port of any capture's pool counts in all of them, or a change of the range would pass for use. */
import { PORTS, SMALLEST_DYNAMIC_PORTS } from "../model/port.ts";
import type { Family, Transport } from "../model/socket-row.ts";
import type { PoolShape } from "../pools/pool.ts";
import type { PortRow } from "./columns.ts";
import type { Moment } from "./moment.ts";

export interface ComparedPool {
  readonly protocol: Transport;
  readonly family: Family | null;
  readonly isOpen: Uint8Array;
  /** In the last capture that tells the range; null where none does. */
  readonly capacity: number | null;
  /** Range or excluded ranges are not the same in all captures. */
  readonly isChanged: boolean;
}

const isTold = ({ isAssumed, ports }: PoolShape): boolean => !isAssumed && ports >= SMALLEST_DYNAMIC_PORTS;

const openIn = (shapes: Iterable<PoolShape>): Uint8Array => {
  const isOpen = new Uint8Array(PORTS);
  for (const shape of shapes)
    for (let port = 0; port < PORTS; port += 1) isOpen[port] = (isOpen[port] ?? 0) | (shape.isOpen[port] ?? 0);
  return isOpen;
};

const capacityOf = ({ isOpen }: PoolShape): number => isOpen.reduce((sum, open) => sum + open, 0);

/** `shapes` are those of one pool, in the order of the captures; equal ones are one object. */
const pooled = (protocol: Transport, family: Family | null, shapes: readonly PoolShape[]): ComparedPool => {
  const told = shapes.filter(isTold);
  const last = told.at(-1);
  return {
    protocol,
    family,
    isOpen: openIn(new Set(shapes)),
    capacity: last === undefined ? null : capacityOf(last),
    isChanged: new Set(told).size > 1,
  };
};

const familiesOf = (shapes: readonly PoolShape[]): string => shapes.map(({ family }) => family).join(" ");

/** One for each pool; one for the protocol where the captures do not agree whether the families share a pool. */
export const comparedPools = (moments: readonly Moment[], protocol: Transport): readonly ComparedPool[] => {
  const all = moments.map(({ shapes }) => shapes[protocol]);
  const [first = []] = all;
  if (new Set(all.map(familiesOf)).size > 1)
    return [{ ...pooled(protocol, null, all.flat()), capacity: null, isChanged: true }];
  return first.map(({ family }, index) =>
    pooled(
      protocol,
      family,
      all.flatMap((shapes) => shapes[index] ?? []),
    ),
  );
};

/** As isInPool of pools/pool.ts. */
export const isIn = ({ protocol, family, isOpen }: ComparedPool, row: PortRow): boolean =>
  row.protocol === protocol &&
  isOpen[row.port] === 1 &&
  (family === null || row.family === family || (family === "ipv4" && row.isWildcardIpv6));
