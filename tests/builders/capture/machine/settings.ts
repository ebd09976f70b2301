// How a machine is set up, what its log says, and what of it Windows did not give away.

import { SECOND } from "../../filetime.ts";
import type { Absence, Family, Machine, Probe, Protocol } from "../machine.ts";

const FAMILIES: readonly Family[] = ["ipv4", "ipv6"];

/** Both families, or one of them. */
export const range = (box: Machine, protocol: Protocol, start: number, ports: number, family?: Family): void => {
  for (const each of family === undefined ? FAMILIES : [family]) box.ranges[`${protocol}-${each}`] = { start, ports };
};

export const excludes = (
  box: Machine,
  protocol: Protocol,
  startPort: number,
  endPort: number,
  isAdministered = false,
): void => {
  box.exclusions.push({ protocol, startPort, endPort, isAdministered });
};

/** Blocks of 100 as WinNAT takes them, from `startPort` up to and with `endPort`. */
export const excludesBlocks = (box: Machine, protocol: Protocol, startPort: number, endPort: number): void => {
  for (let port = startPort; port <= endPort; port += 100) excludes(box, protocol, port, Math.min(port + 99, endPort));
};

/** Ports that outgoing connections to different endpoints may share; 0 of them switch it off. */
export const sharesPorts = (box: Machine, start: number, ports: number): void => {
  box.autoReuse = { start, ports };
};

/** An event of source Tcpip, so many hours before now. */
export const logged = (box: Machine, id: number, hoursAgo: number): void => {
  box.events.push({ id, time: box.now - BigInt(Math.round(hoursAgo * 3600 * SECOND)) });
};

export const WSAENOBUFS = 10_055;

/** What the probe of a protocol meets, whatever the pool says: 10055 is also want of memory. */
export const probeMeets = (box: Machine, protocol: Protocol, error: number | null): void => {
  const others: readonly Probe[] = (box.probes ?? []).filter((probe) => probe.protocol !== protocol);
  box.probes = [...others, ...FAMILIES.map((family) => ({ protocol, family, error }))];
};

/** Nobody probed. */
export const withoutProbe = (box: Machine): void => {
  box.probes = [];
};

/** An artifact that Windows did not give, by its name in a capture. */
export const lacks = (
  box: Machine,
  name: string,
  status: Absence["status"],
  reason = "Windows did not give it.",
): void => {
  box.absences.set(name, { status, reason });
};
