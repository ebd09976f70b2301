/**
 * Who used up the ports, if the trace can tell. A process is only called culprit when it holds, or went through, the
 * greater part of the ports that the trace saw being opened, and enough of them to matter.
 */

import { DEFAULT_DYNAMIC_PORTS } from "../../model/port.ts";
import type { TrackedProcess } from "../../model/process.ts";
import { hasOlderPorts } from "../../pools/beside/add-captures.ts";
import { type Held, type Holding, NOTHING_BEFORE } from "../../trackers/holdings.ts";
import type { Reservation } from "../../trackers/reservations.ts";
import { MIN_CULPRIT_PORTS, MIN_CULPRIT_SHARE } from "../limits.ts";
import { count, number, percent, processText } from "../phrases.ts";
import type { TraceEvidence } from "./evidence.ts";
import {
  type FailedTransports,
  failedTransports,
  leastOfCulprit,
  portsHeld,
  portsThen,
  shortPool,
  whereOpened,
} from "./scope.ts";

export type LeakPattern = "BoundLeak" | "CloseWaitLeak" | "ConnectionBuildUp" | "UdpLeak";

export type CulpritPattern = LeakPattern | "TimeWaitChurn" | "Reservation";

export interface Suspicion {
  readonly pattern: CulpritPattern;
  readonly process: TrackedProcess;
  /** Ports that speak against it. */
  readonly ports: number;
  readonly share: number;
  readonly reason: string;
  /** Something that the trace does not show is taken for granted. */
  readonly isInference: boolean;
  /** Ports from before the trace count in it. */
  readonly isOlder: boolean;
  /** What the share is of: ports that the trace tells of, or ports in use, or in TIME_WAIT, in the capture of the end. */
  readonly of: "trace" | "use" | "timeWait";
}

/** A quarter of the pool (of the default one, where no capture shows it): blocks that everybody else misses. */
const RESERVED_PART = 4;

interface Leader<T> {
  readonly of: T;
  readonly ports: number;
  readonly all: number;
  readonly share: number;
}

/** The leader's own numbers, and what is told of them. */
const suspicionOf = (
  { of, ports, share }: Leader<{ readonly process: TrackedProcess }>,
  told: Omit<Suspicion, "process" | "ports" | "share">,
): Suspicion => ({ process: of.process, ports, share, ...told });

/** The one with most ports, if it has enough of them, half of all (theirs, or `all`), and more than anybody else. */
const leaderOf = <T>(
  candidates: readonly T[],
  portsOf: (candidate: T) => number,
  least: number,
  all = candidates.reduce((sum, candidate) => sum + portsOf(candidate), 0),
): Leader<T> | null => {
  const [first, second] = [...candidates].sort((a, b) => portsOf(b) - portsOf(a));
  if (first === undefined) return null;
  const ports = portsOf(first);
  const isAlone = second === undefined || portsOf(second) < ports;
  return ports >= least && ports >= all * MIN_CULPRIT_SHARE && isAlone
    ? { of: first, ports, all, share: ports / all }
    : null;
};

/** Ports held while calls failed, whenever they were taken. */
const withOlder = ({ atExhaustion, before }: Holding): Pick<Held, "held" | "udp" | "peerClosed" | "connected"> => ({
  held: atExhaustion.held + before.tcp + before.udp,
  udp: atExhaustion.udp + before.udp,
  peerClosed: atExhaustion.peerClosed + before.peerClosed,
  connected: atExhaustion.connected + before.connected,
});

/** What the sockets that held the ports were doing. */
export const leakPattern = (holding: Holding, transports: FailedTransports): LeakPattern => {
  const { held, udp, peerClosed, connected } = withOlder(holding);
  const tcp = held - udp;
  const isMost = (part: number): boolean => part >= tcp / 2;
  if (!transports.tcp || (transports.udp && udp >= tcp)) return "UdpLeak";
  if (isMost(peerClosed)) return "CloseWaitLeak";
  return isMost(connected) ? "ConnectionBuildUp" : "BoundLeak";
};

export const LEAK_TEXT: Readonly<Record<LeakPattern, string>> = {
  BoundLeak: "bound and not connected",
  CloseWaitLeak: "whose peer has closed while this process has not (CLOSE_WAIT)",
  ConnectionBuildUp: "with open connections",
  UdpLeak: "of UDP sockets",
};

/**
 * Held while calls failed, on average, and only ports of a transport whose calls failed: TCP and UDP have pools of their
 * own. A port that a program asked for by number is its own choice (a DNS server binds thousands) and takes part in no leak.
 */
export const suspectLeak = (evidence: TraceEvidence): Suspicion | null => {
  const { facts, reading } = evidence;
  const transports = failedTransports(facts);
  const then = portsThen(evidence);
  const leader = leaderOf(facts.holdings, portsHeld(transports), leastOfCulprit(evidence), then.ports);
  if (leader === null) return null;
  const { of: holding, ports, all, share } = leader;
  const pattern = leakPattern(holding, transports);
  const older = hasOlderPorts(facts) ? " or before it" : "";
  const of = then.isOfCapture
    ? `${count(all, "port")} in use when the snapshot of the end was taken`
    : `${count(all, "port")} opened ${whereOpened(reading)}${older} and not closed`;
  const reason = `${processText(holding.process)} held ${number(ports)} of the ${of} while calls failed (${percent(share)}), mostly ${LEAK_TEXT[pattern]}; it opened ${number(holding.opened)} and closed ${number(holding.closed)}.`;
  // Without requests there is no telling which ports were asked for by number.
  const isInference = facts.binds.succeeded > 0 && facts.binds.withPort === 0;
  const isOlder = holding.before !== NOTHING_BEFORE;
  return suspicionOf(leader, {
    pattern,
    reason,
    isInference,
    isOlder,
    of: then.isOfCapture ? "use" : "trace",
  });
};

/** What the capture of the end says of churn: most used ports were in TIME_WAIT, or they were not; null where it cannot say. */
export const isChurnAtEnd = ({ facts, beside }: TraceEvidence): boolean | null => {
  const use = failedTransports(facts).tcp ? (beside?.use.tcp ?? null) : null;
  return use === null ? null : use.timeWait >= use.used / 2;
};

/** Only a connection leaves its port in TIME_WAIT. A trace without any connect cannot show which sockets had one. */
const suspectOpener = (evidence: TraceEvidence): Suspicion | null => {
  const { facts, reading } = evidence;
  const showsConnections = facts.holdings.some(({ connected, closedConnected }) => connected + closedConnected > 0);
  const leader = leaderOf(facts.holdings, ({ opened }) => opened, leastOfCulprit(evidence));
  if (leader === null) return null;
  const { of: holding, ports, all, share } = leader;
  const churned = showsConnections ? holding.closedConnected : holding.closedTcp;
  if (churned < holding.opened / 2) return null;
  const how = showsConnections
    ? "connections, each of which can leave its port in TIME_WAIT"
    : "TCP sockets; the trace shows no connects, so that TIME_WAIT is a guess";
  const reason = `${processText(holding.process)} opened ${number(ports)} of the ${count(all, "port")} opened ${whereOpened(reading)} (${percent(share)}) and closed ${number(churned)} ${how}.`;
  return suspicionOf(leader, {
    pattern: "TimeWaitChurn",
    reason,
    isInference: !showsConnections,
    isOlder: false,
    of: "trace",
  });
};

/** Whose the ports in TIME_WAIT were, by their remote endpoints. Who had connections before the trace has to be known. */
const suspectOfTimeWait = (evidence: TraceEvidence): Suspicion | null => {
  const { facts, beside } = evidence;
  if (beside?.timeWait.isChecked !== true) return null;
  const leader = leaderOf(facts.holdings, ({ timeWait }) => timeWait, leastOfCulprit(evidence), beside.timeWait.ports);
  if (leader === null) return null;
  const { of: holding, ports, all, share } = leader;
  const reason = `${processText(holding.process)} alone asked for connections to the remote endpoints of ${number(ports)} of the ${count(all, "port")} in TIME_WAIT when the snapshot of the end was taken (${percent(share)}); that they are its own is an inference.`;
  return suspicionOf(leader, {
    pattern: "TimeWaitChurn",
    reason,
    isInference: true,
    isOlder: false,
    of: "timeWait",
  });
};

/** Ports that nobody holds any more; where a capture shows what the pool was used for, they have to be the most of it. */
export const suspectChurn = (evidence: TraceEvidence): Suspicion | null => {
  const isChurn = isChurnAtEnd(evidence);
  if (!failedTransports(evidence.facts).tcp || isChurn === false) return null;
  return suspectOpener(evidence) ?? (isChurn === true ? suspectOfTimeWait(evidence) : null);
};

interface Reserver {
  readonly process: TrackedProcess;
  readonly ports: number;
}

const reserversOf = (granted: readonly Reservation[]): readonly Reserver[] => {
  const perProcess = new Map<TrackedProcess, number>();
  for (const { process, ports } of granted) perProcess.set(process, (perProcess.get(process) ?? 0) + ports);
  return [...perProcess].map(([process, ports]) => ({ process, ports }));
};

export const suspectReservation = (evidence: TraceEvidence): Suspicion | null => {
  const { facts } = evidence;
  const { tcp, udp } = failedTransports(facts);
  const matters = ({ status, protocol }: Reservation): boolean =>
    status === 0 && (protocol === "unknown" || (protocol === "tcp" ? tcp : udp));
  const least = Math.max(MIN_CULPRIT_PORTS, (shortPool(evidence)?.ports ?? DEFAULT_DYNAMIC_PORTS) / RESERVED_PART);
  const leader = leaderOf(reserversOf(facts.reservations.filter(matters)), ({ ports }) => ports, least);
  if (leader === null) return null;
  const { of: reserver, ports, all, share } = leader;
  const reason = `${processText(reserver.process)} reserved ${number(ports)} of the ${count(all, "port")} reserved in the trace (${percent(share)}).`;
  return suspicionOf(leader, {
    pattern: "Reservation",
    reason,
    isInference: false,
    isOlder: false,
    of: "trace",
  });
};
