/** A connection is local address, local port, remote address and remote port: to one endpoint there are no more than local ports. */
import type { CaptureCase } from "../findings/case.ts";
import { mainPeerOf } from "../findings/direction.ts";
import type { Finding } from "../generated/records.ts";
import type { DestinationUse } from "../pools/destinations.ts";
import { saturatedDestination } from "../verdict/capture/destination.ts";
import { endpointText } from "../verdict/capture/names.ts";
import { count } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

type Endpoint = Pick<DestinationUse, "address" | "port" | "ports">;

/** Most of what is in TIME_WAIT was to one endpoint. */
const mostClosed = ({ accounts }: CaptureCase): Endpoint | null =>
  accounts.tcp.pools
    .flatMap(({ pool, destinations }) => {
      const [most] = destinations.toSorted((a, b) => b.timeWait - a.timeWait);
      return most !== undefined && most.timeWait * 2 >= pool.byClass.timeWait ? [most] : [];
    })
    .toSorted((a, b) => b.timeWait - a.timeWait)[0] ?? null;

/** The endpoint that the finding is about. */
const endpointOf = ({ id, processId }: Finding, capture: CaptureCase): Endpoint | null => {
  switch (id) {
    case "destination-saturation":
      return saturatedDestination(capture)?.destination ?? null;
    case "connection-build-up":
      return processId === null ? null : mainPeerOf(capture, processId);
    default:
      return mostClosed(capture);
  }
};

const whereTo = (
  finding: Finding,
  { trace, capture }: RemedyCase,
): { readonly name: string; readonly detail: string } | null => {
  const remote = trace?.shortage.destination?.remote ?? null;
  if (remote !== null) return { name: remote, detail: "" };
  const endpoint = capture === null ? null : endpointOf(finding, capture);
  if (endpoint === null) return null;
  const name = endpointText(endpoint.address, endpoint.port);
  const kind = finding.id === "connection-build-up" ? "" : ", TIME_WAIT included";
  return { name, detail: ` ${count(endpoint.ports, "local port")} are connected to ${name}${kind}.` };
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
  tell: (finding, seen) => {
    const to = whereTo(finding, seen);
    if (to === null) return null;
    return {
      title: `Spread the connections to ${to.name} over more endpoints`,
      reason: `${finding.summary}${to.detail}`,
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
