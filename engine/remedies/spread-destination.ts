/** A connection is local address, local port, remote address and remote port: to one endpoint there are no more than local ports. */
import type { DestinationUse } from "../pools/destinations.ts";
import { count } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

const fullest = ({ capture }: RemedyCase): DestinationUse | null =>
  capture?.accounts.tcp.pools
    .flatMap(({ destinations }) => destinations.slice(0, 1))
    .reduce<DestinationUse | null>((best, each) => (best === null || each.ports > best.ports ? each : best), null) ??
  null;

const nameOf = ({ address, port }: DestinationUse): string =>
  address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;

const whereTo = (seen: RemedyCase): { readonly name: string; readonly detail: string } | null => {
  const remote = seen.trace?.shortage.destination?.remote ?? null;
  if (remote !== null) return { name: remote, detail: "" };
  const most = fullest(seen);
  if (most === null) return null;
  return {
    name: nameOf(most),
    detail: ` ${count(most.ports, "local port")} are connected to ${nameOf(most)}, TIME_WAIT included.`,
  };
};

export const spreadDestination: RemedyRule = {
  id: "spread-destination",
  title: "Spread the connections over more endpoints",
  phase: "Lasting",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: [
    "A program that opens a connection for each request: it needs more endpoints each time the load grows.",
    "An auto-reuse range does not help either: it lets different destinations share ports, not one.",
  ],
  sources: [SOURCES.oneDestination, SOURCES.portScalability, SOURCES.tcpSpecification],
  tell: ({ summary }, seen) => {
    const to = whereTo(seen);
    if (to === null) return null;
    return {
      title: `Spread the connections to ${to.name} over more endpoints`,
      reason: `${summary}${to.detail}`,
      commands: [],
      advice: [
        `At ${to.name}: more addresses or more ports behind which the same server answers. Each endpoint can have as many connections as there are local ports.`,
        "Here: more local addresses, of which the program binds to one before it connects, with SO_PORT_SCALABILITY or SO_REUSE_UNICASTPORT set on the socket. Each local address can use each port again.",
        "In between: a proxy or pool that keeps few connections to the server and shares them.",
      ],
      consequence: "Settings of programs, of names (DNS) or of a load balancer change.",
      undo: [],
      checkFirst: ["Get-PortOwner, which tells which process has the connections."],
    };
  },
};
