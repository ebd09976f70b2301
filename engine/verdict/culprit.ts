/**
 * Who used up the ports, if the trace can tell. A process is only called culprit when it holds, or went through, the
 * greater part of the ports that the trace saw being opened, and enough of them to matter.
 */
import { DEFAULT_DYNAMIC_PORTS } from "../model/port.ts";
import type { TrackedProcess } from "../model/process.ts";
import type { TraceFacts } from "../trackers/analysis.ts";
import type { Held, Holding } from "../trackers/holdings.ts";
import type { Reservation } from "../trackers/reservations.ts";
import { count, number, percent, processText } from "./phrases.ts";

export type CulpritPattern =
  | "BoundLeak"
  | "CloseWaitLeak"
  | "ConnectionBuildUp"
  | "UdpLeak"
  | "TimeWaitChurn"
  | "Reservation";

export interface Suspicion {
  readonly pattern: CulpritPattern;
  readonly process: TrackedProcess;
  /** Ports that speak against it. */
  readonly ports: number;
  readonly share: number;
  readonly reason: string;
}

/** Half of the smallest range that Windows accepts (255 ports): with fewer, a process cannot be what fills any pool. */
export const MIN_CULPRIT_PORTS = 128;
/** Less than half of what was seen leaves the greater part to others. */
const MIN_CULPRIT_SHARE = 0.5;
/** A quarter of the default pool (the trace does not show the configured one): blocks that everybody else misses. */
const MIN_RESERVED_PORTS = DEFAULT_DYNAMIC_PORTS / 4;

const total = (holdings: readonly Holding[], of: (holding: Holding) => number): number =>
  holdings.reduce((sum, holding) => sum + of(holding), 0);

const top = (holdings: readonly Holding[], of: (holding: Holding) => number): Holding | null =>
  holdings.reduce<Holding | null>((best, holding) => (best === null || of(holding) > of(best) ? holding : best), null);

/** What the sockets that held the ports were doing. */
const leakPattern = ({ held, udp, peerClosed, connected }: Held): CulpritPattern => {
  const isMost = (part: number): boolean => part >= held / 2;
  if (isMost(udp)) return "UdpLeak";
  if (isMost(peerClosed)) return "CloseWaitLeak";
  return isMost(connected) ? "ConnectionBuildUp" : "BoundLeak";
};

const LEAK_TEXT: Readonly<Record<CulpritPattern, string>> = {
  BoundLeak: "bound and not connected",
  CloseWaitLeak: "whose peer has closed while this process has not (CLOSE_WAIT)",
  ConnectionBuildUp: "with open connections",
  UdpLeak: "of UDP sockets",
  TimeWaitChurn: "closed again",
  Reservation: "reserved",
};

/**
 * Ports that were anybody's when calls failed. One that a program asked for by number is its own choice (a DNS server
 * binds thousands that way) and takes part in no leak.
 */
export const anyPortsHeld = ({ atExhaustion }: Holding): number => atExhaustion.held - atExhaustion.explicitHeld;

export const suspectLeak = ({ holdings }: TraceFacts): Suspicion | null => {
  const all = total(holdings, anyPortsHeld);
  const holding = top(holdings, anyPortsHeld);
  if (holding === null) return null;
  const ports = anyPortsHeld(holding);
  if (ports < MIN_CULPRIT_PORTS || ports < all * MIN_CULPRIT_SHARE) return null;
  const share = ports / all;
  const pattern = leakPattern(holding.atExhaustion);
  const reason = `${processText(holding.process)} held ${number(ports)} of the ${count(all, "port")} opened in the trace and not given back when the last call failed (${percent(share)}), mostly ${LEAK_TEXT[pattern]}; it opened ${number(holding.opened)} and closed ${number(holding.closed)}.`;
  return { pattern, process: holding.process, ports, share, reason };
};

export const suspectChurn = ({ holdings }: TraceFacts): Suspicion | null => {
  const all = total(holdings, ({ opened }) => opened);
  const holding = top(holdings, ({ opened }) => opened);
  if (holding === null || holding.opened < MIN_CULPRIT_PORTS || holding.opened < all * MIN_CULPRIT_SHARE) return null;
  if (holding.closedTcp < holding.opened / 2) return null;
  const share = holding.opened / all;
  const reason = `${processText(holding.process)} opened ${number(holding.opened)} of the ${count(all, "port")} opened in the trace (${percent(share)}) and closed ${number(holding.closed)} of them; a closed TCP connection can keep its port in TIME_WAIT.`;
  return { pattern: "TimeWaitChurn", process: holding.process, ports: holding.opened, share, reason };
};

const isGranted = ({ status }: Reservation): boolean => status === 0;

export const suspectReservation = ({ reservations }: TraceFacts): Suspicion | null => {
  const granted = reservations.filter(isGranted);
  const perProcess = new Map<TrackedProcess, number>();
  for (const { process, ports } of granted) perProcess.set(process, (perProcess.get(process) ?? 0) + ports);
  const [largest] = [...perProcess].sort(([, a], [, b]) => b - a);
  const all = granted.reduce((sum, { ports }) => sum + ports, 0);
  if (largest === undefined || largest[1] < MIN_RESERVED_PORTS || largest[1] < all * MIN_CULPRIT_SHARE) return null;
  const [process, ports] = largest;
  const reason = `${processText(process)} reserved ${number(ports)} of the ${count(all, "port")} reserved in the trace (${percent(ports / all)}).`;
  return { pattern: "Reservation", process, ports, share: ports / all, reason };
};
