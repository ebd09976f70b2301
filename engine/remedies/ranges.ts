/** The ranges of a machine as netsh sets them, and which of its ports no range may take. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import { PORTS } from "../model/port.ts";
import type { Family, Transport } from "../model/socket-row.ts";
import { tellsTwoRanges } from "../verdict/capture/ranges.ts";
import { type Blocks, HIGHEST_PORT, LOWEST_PORT, type Span } from "./port-plan.ts";

export const FAMILIES: readonly Family[] = ["ipv4", "ipv6"];

export interface FamilyRange {
  readonly family: Family;
  readonly span: Span;
}

/** By family; none where sources contradict each other, since nobody knows then what there is to change. */
export const rangesOf = (snapshot: Snapshot, protocol: Transport): readonly FamilyRange[] => {
  if (tellsTwoRanges(snapshot, protocol)) return [];
  return FAMILIES.flatMap((family) => {
    const range = snapshot.ranges.find(
      (each) => each.protocol === protocol && (each.family === null || each.family === family),
    );
    return range === undefined ? [] : [{ family, span: { start: range.start, ports: range.ports } }];
  });
};

/** Within what netsh accepts: a range of before may lie a port outside of it (MaxUserPort makes one from 1024 on). */
const accepted = ({ start, ports }: Span): Span => {
  const first = Math.max(start, LOWEST_PORT);
  return { start: first, ports: Math.min(start + ports - first, HIGHEST_PORT - first + 1) };
};

export const setDynamicPort = (protocol: Transport, family: Family, span: Span): string => {
  const { start, ports } = accepted(span);
  return `netsh int ${family} set dynamicport ${protocol} start=${start} num=${ports}`;
};

export const showDynamicPort = (protocol: Transport, family: Family): string =>
  `netsh int ${family} show dynamicport ${protocol}`;

export const showExclusions = (protocol: Transport, family: Family): string =>
  `netsh int ${family} show excludedportrange protocol=${protocol}`;

/** It is known what is excluded, be it nothing. */
export const areExclusionsRead = ({ exclusions, exclusionsRead }: Snapshot, protocol: Transport): boolean =>
  exclusions.some((each) => (each.protocol ?? protocol) === protocol) ||
  exclusionsRead.some((each) => each.protocol === protocol);

/** TCP: listeners. UDP has none: endpoints, but those that took any port, which the range gave. */
const isFixed = ({ sockets }: Snapshot, protocol: Transport): ReadonlySet<number> =>
  new Set(
    sockets
      .filter((row) => row.protocol === protocol)
      .filter((row) => (protocol === "tcp" ? row.state === "listening" : row.isPortExplicit !== false))
      .map(({ localPort }) => localPort),
  );

/** Ports that a program listens at, that are excluded in either family, or that outgoing connections share. */
export const blocksOf = (snapshot: Snapshot, protocol: Transport): Blocks => {
  const blocked = new Uint8Array(PORTS);
  for (const port of isFixed(snapshot, protocol)) blocked[port] = 1;
  for (const each of snapshot.exclusions) {
    if (each.protocol === null || each.protocol === protocol) blocked.fill(1, each.startPort, each.endPort + 1);
  }
  if (protocol === "tcp") {
    for (const { start, ports } of snapshot.autoReuseRanges) blocked.fill(1, start, start + ports);
  }
  return (port) => blocked[port] === 1;
};
