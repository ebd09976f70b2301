/**
 * A process holds an uncommon number of connections. To one peer that is a program that does not use its connections again; to
 * many it is load, and no fault of the process.
 */
import { endpointText } from "../verdict/capture/names.ts";
import { number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { type Direction, directionOf, waitingOf } from "./direction.ts";
import { LEAK_PART, type Leak, type LeakKind, leakSighting, leaksOf, severityOf } from "./leaks.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { connectedTo, type Peer, peersText, waitedFor } from "./peers.ts";
import type { Rule, Sighting } from "./rule.ts";
import { seeTraceLeak } from "./trace-leaks.ts";

const CONNECTIONS: LeakKind = {
  pattern: "ConnectionBuildUp",
  protocol: "tcp",
  portsOf: ({ connected, closing }) => connected + closing,
  leastPart: LEAK_PART,
};

const WHY: Readonly<Partial<Record<Direction, string>>> = {
  many: "Each connection takes a port, unless an auto-reuse range lets connections to different peers share it: a proxy or a crawler that is busy needs as many ports as it has connections, and that is load and not a leak.",
  waiting:
    "A connect takes its port at once and keeps it until the peer answers or Windows gives up: whoever tries again without an end takes one port after the other.",
  closing:
    "The process has closed these connections; the peers have not. Windows keeps their ports until they do, or until a timer of its own runs out.",
};

const ADVICE: Readonly<Partial<Record<Direction, string>>> = {
  many: "If this is the load that it is meant to have, give it more ports: a larger dynamic range, an auto-reuse range, or more machines; a restart brings the same load again.",
  waiting:
    "Find out why the peers do not answer (stopped, filtered, wrong address), and let the program wait between attempts.",
  closing: "Find out why the peers, or what is between, do not end the connections: nobody here holds them.",
  unknown: "Find out whom it is connected to: `netstat -ano` shows the peers.",
};

/** Load is to be known, until half of the pool is used by it. */
const severityFor = (direction: Direction, leak: Leak): Sighting["severity"] => {
  const severity = severityOf(leak);
  if (direction !== "many") return severity;
  if (severity === "Warning") return "Information";
  return leak.level.level === "Exhausted" ? "Critical" : "Warning";
};

const whatOf = (direction: Direction, [first]: readonly Peer[], ports: number): string => {
  if (direction === "closing") return "for connections that it has closed and the peers have not";
  const what = direction === "waiting" ? "for connects that wait for an answer" : "for connections";
  if ((direction !== "one" && direction !== "waiting") || first === undefined) return what;
  const part = first.ports >= ports ? "all" : `${number(first.ports)} of them`;
  return `${what}, ${part} to ${endpointText(first.address, first.port)}`;
};

const waitingText = (waiting: number): string | null =>
  waiting === 0 ? null : `${number(waiting)} of its connections wait for a first answer (SYN_SENT).`;

const sightingOf = (seen: CaptureCase, leak: Leak): Sighting => {
  const { held, ports, accounts } = leak;
  const waiting = waitingOf(seen, held.processId);
  const direction = directionOf(seen, accounts, held);
  const peersFor = direction === "waiting" ? waitedFor : connectedTo;
  const peers = peersFor(accounts, held.processId);
  const sighting = leakSighting(seen, leak, whatOf(direction, peers, ports), [peersText(peers), waitingText(waiting)]);
  const [why, advice] = [WHY[direction], sighting.advice ?? ADVICE[direction]];
  return {
    ...sighting,
    severity: severityFor(direction, leak),
    ...(why === undefined ? {} : { why }),
    ...(advice === undefined ? {} : { advice }),
  };
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  leaksOf(seen, CONNECTIONS).map((leak) => sightingOf(seen, leak));

export const connectionBuildUp: Rule = {
  id: "connection-build-up",
  title: "Many connections of one process",
  why: "Each connection to the same peer takes a port of its own. A program that keeps its connections and uses them again needs few; one that opens another each time takes all ports there are.",
  advice:
    "Its maker has to use connections again (one HttpClient, a keep-alive agent, a connection pool with a limit) and to close what is not used; a restart gives the ports back until then.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTraceLeak("ConnectionBuildUp") },
};
