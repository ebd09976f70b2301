/**
 * A pool: the ports that Windows gives to those who ask for any. Capacity is the dynamic range less the excluded ranges in it;
 * used is the number of distinct ports among these. Default range since Vista: 16,384 ports from 49152 on (KB929851).
 */
import type { Snapshot } from "../artifacts/snapshot.ts";
import { DEFAULT_DYNAMIC_PORTS, DEFAULT_DYNAMIC_START, PORTS } from "../model/port.ts";
import type { DynamicRange, ExcludedRange } from "../model/port-range.ts";
import type { Family, Transport } from "../model/socket-row.ts";
import type { Claim } from "./claims.ts";
import { type ClassCounts, countClasses, LISTENING } from "./port-class.ts";

export interface PoolShape {
  readonly protocol: Transport;
  /** Null where both families have this range. */
  readonly family: Family | null;
  readonly start: number;
  readonly ports: number;
  readonly isAssumed: boolean;
  /** 1 for each port of the range that is not excluded. */
  readonly isOpen: Uint8Array;
}

export interface Pool extends Omit<PoolShape, "isOpen"> {
  readonly capacity: number;
  readonly used: number;
  readonly free: number;
  readonly excluded: number;
  readonly largestFreeRun: number;
  readonly free64Blocks: number;
  readonly free4096Blocks: number;
  readonly byClass: ClassCounts;
  readonly byFamily: Readonly<Record<Family, number>>;
  /** Distinct ports that clients use outside the range, and above the well-known ones. */
  readonly outside: number;
}

const DEFAULT_RANGE = { start: DEFAULT_DYNAMIC_START, ports: DEFAULT_DYNAMIC_PORTS } as const;

const openPorts = (
  { start, ports }: Pick<DynamicRange, "start" | "ports">,
  exclusions: readonly ExcludedRange[],
): Uint8Array => {
  const isOpen = new Uint8Array(PORTS);
  isOpen.fill(1, start, start + ports);
  for (const { startPort, endPort } of exclusions) isOpen.fill(0, startPort, endPort + 1);
  return isOpen;
};

const isOf = (family: Family | null, each: Family | null): boolean =>
  family === null || each === null || family === each;

type PoolSettings = Pick<Snapshot, "ranges" | "exclusions" | "exclusionsRead">;

const rangeOf = ({ ranges }: PoolSettings, protocol: Transport, family: Family): DynamicRange | undefined =>
  ranges.find((range) => range.protocol === protocol && isOf(range.family, family));

const shapeOf = (
  protocol: Transport,
  family: Family | null,
  range: DynamicRange | undefined,
  { exclusions }: PoolSettings,
): PoolShape => {
  const { start, ports } = range ?? DEFAULT_RANGE;
  const own = exclusions.filter((each) => each.protocol === protocol && isOf(family, each.family));
  return { protocol, family, start, ports, isAssumed: range === undefined, isOpen: openPorts({ start, ports }, own) };
};

const isSame = (a: PoolShape, b: PoolShape): boolean =>
  a.start === b.start && a.ports === b.ports && a.isOpen.every((open, port) => open === b.isOpen[port]);

/** Whether both families were asked: else what one has is taken for both. */
const areBothRead = ({ exclusionsRead }: PoolSettings, protocol: Transport): boolean =>
  new Set(exclusionsRead.filter((each) => each.protocol === protocol).map(({ family }) => family)).size === 2;

/** One pool a protocol; one a family where their ranges differ, or their exclusions, if both families' are known. */
export const poolShapes = (protocol: Transport, settings: PoolSettings): readonly PoolShape[] => {
  const ipv4 = rangeOf(settings, protocol, "ipv4");
  const ipv6 = rangeOf(settings, protocol, "ipv6");
  const families = [
    shapeOf(protocol, "ipv4", ipv4 ?? ipv6, settings),
    shapeOf(protocol, "ipv6", ipv6 ?? ipv4, settings),
  ] as const;
  const [four, six] = families;
  const haveOneRange = four.start === six.start && four.ports === six.ports;
  if (isSame(four, six) || (haveOneRange && !areBothRead(settings, protocol)))
    return [shapeOf(protocol, null, ipv4 ?? ipv6, settings)];
  return families;
};

export const isInPool = ({ protocol, family, isOpen }: PoolShape, claim: Claim): boolean =>
  claim.protocol === protocol &&
  isOpen[claim.port] === 1 &&
  (isOf(family, claim.family) || (family === "ipv4" && claim.isWildcardIpv6));

interface FreeRuns {
  readonly largest: number;
  readonly of64: number;
  readonly of4096: number;
}

/** Blocks are counted as they fit into each run, wherever the run begins. */
const freeRuns = (isFree: (port: number) => boolean, start: number, end: number): FreeRuns => {
  let [largest, of64, of4096, run] = [0, 0, 0, 0];
  for (let port = start; port <= end; port += 1) {
    if (port < end && isFree(port)) {
      run += 1;
      continue;
    }
    largest = Math.max(largest, run);
    of64 += Math.floor(run / 64);
    of4096 += Math.floor(run / 4096);
    run = 0;
  }
  return { largest, of64, of4096 };
};

const UNUSED = 255;

/** Class of each port of the pool, UNUSED for free ones: the first of all its claims. */
const classByPort = (shape: PoolShape, claims: readonly Claim[]): Uint8Array => {
  const classes = new Uint8Array(PORTS).fill(UNUSED);
  for (const { port, portClass } of claims) classes[port] = Math.min(classes[port] ?? UNUSED, portClass);
  return classes.subarray(shape.start, shape.start + shape.ports);
};

/** RFC 6335: below are the system ports, which no dynamic range holds. */
const FIRST_USER_PORT = 1024;

const isOutside = ({ start, ports }: PoolShape, { port, portClass }: Claim): boolean =>
  (port < start || port >= start + ports) && port >= FIRST_USER_PORT && portClass !== LISTENING;

const countOutside = (shape: PoolShape, claims: readonly Claim[]): number =>
  new Set(
    claims.filter((claim) => claim.protocol === shape.protocol && isOutside(shape, claim)).map(({ port }) => port),
  ).size;

const distinctPorts = (claims: readonly Claim[], family: Family): number =>
  new Set(claims.filter((claim) => claim.family === family).map(({ port }) => port)).size;

export const buildPool = (shape: PoolShape, claims: readonly Claim[]): Pool => {
  const { isOpen, start, ports, ...identity } = shape;
  const own = claims.filter((claim) => isInPool(shape, claim));
  const classes = classByPort(shape, own);
  const capacity = isOpen.reduce((sum, open) => sum + open, 0);
  const used = classes.reduce((sum, each) => sum + (each === UNUSED ? 0 : 1), 0);
  const isFree = (port: number): boolean => isOpen[port] === 1 && classes[port - start] === UNUSED;
  const runs = freeRuns(isFree, start, start + ports);
  return {
    ...identity,
    start,
    ports,
    capacity,
    used,
    free: capacity - used,
    excluded: ports - capacity,
    largestFreeRun: runs.largest,
    free64Blocks: runs.of64,
    free4096Blocks: runs.of4096,
    byClass: countClasses(classes),
    byFamily: { ipv4: distinctPorts(own, "ipv4"), ipv6: distinctPorts(own, "ipv6") },
    outside: countOutside(shape, claims),
  };
};
