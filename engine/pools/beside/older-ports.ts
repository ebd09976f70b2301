/**
 * Ports that were taken before the trace began and held while calls failed. The capture of the end shows them best: what it
 * has, and was there before the trace, was held all the time. Without it, those of the capture of the start that the trace
 * does not show being taken.
 */
import { isAllSeen } from "../../artifacts/sight.ts";
import { TRANSPORTS } from "../../model/socket-row.ts";
import { type HeldBefore, NOTHING_BEFORE } from "../../trackers/holdings.ts";
import type { TakenPorts } from "../../trackers/taken-ports.ts";
import { PORT_CLASSES } from "../port-class.ts";
import type { BesideCapture, Ends, TraceSpan } from "./beside.ts";
import { isOfFailures } from "./end-use.ts";
import { type HeldPort, type HeldPorts, heldPorts, poolsOfAll } from "./held-ports.ts";

export interface OlderPorts {
  readonly byProcess: ReadonlyMap<number, HeldBefore>;
  /** Held by somebody, and it is not certain by whom. */
  readonly nobodys: HeldBefore;
  /** Which capture shows them. */
  readonly by: "start" | "stop" | null;
  /** They were held until calls failed for the last time, or nearly. */
  readonly isConfirmed: boolean;
  /** What became of them between a capture from before the trace and the trace is not known. */
  readonly isGapped: boolean;
}

const CONNECTIONS: readonly number[] = (["connected", "closeWait", "closing"] as const).map((name) =>
  PORT_CLASSES.indexOf(name),
);
const PEER_CLOSED = PORT_CLASSES.indexOf("closeWait");

/**
 * Its own age decides where it is known. Else the port of a bind is seen in the trace; one chosen at connect may not be, so
 * that only a capture from before the trace tells its age.
 */
const isOlder = (
  { portClass, created, protocol }: HeldPort,
  { ticks }: BesideCapture,
  taken: TakenPorts,
  { first, toTicks }: TraceSpan,
): boolean => {
  if (created !== null) return toTicks(created) < first;
  return ticks < first || (!CONNECTIONS.includes(portClass) && taken.isComplete(protocol));
};

const isStillHeld = (before: HeldPort, later: HeldPort): boolean =>
  later.created === null || before.created === null || later.created === before.created;

const add = (sum: HeldBefore | undefined, { protocol, portClass }: HeldPort): HeldBefore => {
  const { tcp, udp, connected, peerClosed } = sum ?? NOTHING_BEFORE;
  return {
    tcp: tcp + (protocol === "tcp" ? 1 : 0),
    udp: udp + (protocol === "udp" ? 1 : 0),
    connected: connected + (CONNECTIONS.includes(portClass) ? 1 : 0),
    peerClosed: peerClosed + (portClass === PEER_CLOSED ? 1 : 0),
  };
};

type Tally = Pick<OlderPorts, "byProcess" | "nobodys">;

const tally = (ports: HeldPorts, ownerOf: (key: number, port: HeldPort) => number | null | undefined): Tally => {
  const byProcess = new Map<number, HeldBefore>();
  let nobodys = NOTHING_BEFORE;
  for (const [key, port] of ports) {
    const owner = ownerOf(key, port);
    if (owner === null) nobodys = add(nobodys, port);
    else if (owner !== undefined) byProcess.set(owner, add(byProcess.get(owner), port));
  }
  return { byProcess, nobodys };
};

/** Undefined for a port that is younger than the trace. */
const ownerIn =
  (capture: BesideCapture, taken: TakenPorts, span: TraceSpan) =>
  (_key: number, port: HeldPort): number | null | undefined =>
    !taken.has(port.port, port.protocol) && isOlder(port, capture, taken, span) ? port.processId : undefined;

/** A capture of the start that saw all there was must show it too. */
const ownerThroughout = (
  stop: BesideCapture,
  start: BesideCapture | null,
  earlier: HeldPorts | null,
  taken: TakenPorts,
  span: TraceSpan,
) => {
  const ownerAtEnd = ownerIn(stop, taken, span);
  return (key: number, port: HeldPort): number | null | undefined => {
    const before = earlier?.get(key);
    if (start === null || (before === undefined && !isAllSeen(start.snapshot.sight, port.protocol)))
      return ownerAtEnd(key, port);
    if (before === undefined || !isStillHeld(before, port)) return undefined;
    const owner = ownerIn(start, taken, span)(key, before);
    return owner === undefined || owner === port.processId ? owner : null;
  };
};

/** Between the capture and the first event nothing would have been seen. */
const GAP_SECONDS = 10;

const NONE: OlderPorts = {
  byProcess: new Map(),
  nobodys: NOTHING_BEFORE,
  by: null,
  isConfirmed: false,
  isGapped: false,
};

export const olderPorts = (
  { start, stop }: Ends,
  taken: TakenPorts,
  span: TraceSpan,
  lastEvidence: number | null,
): OlderPorts => {
  const reaches = stop !== null && (stop.ticks >= (lastEvidence ?? 0) || isOfFailures(stop, lastEvidence, span));
  const isWhole = stop !== null && TRANSPORTS.every((protocol) => isAllSeen(stop.snapshot.sight, protocol));
  const pools = poolsOfAll([start, stop].filter((capture) => capture !== null));
  if (stop !== null && (start === null || (reaches && isWhole))) {
    const earlier = start === null ? null : heldPorts(start, pools);
    const ports = tally(heldPorts(stop, pools), ownerThroughout(stop, start, earlier, taken, span));
    return { ...ports, by: "stop", isConfirmed: reaches, isGapped: false };
  }
  if (start === null) return NONE;
  const isGapped = start.ticks < span.first - GAP_SECONDS * span.ticksPerSecond;
  return { ...tally(heldPorts(start, pools), ownerIn(start, taken, span)), by: "start", isConfirmed: false, isGapped };
};

/** Fewer by the sockets that the trace shows being closed, of whatever kind those were. */
export const lessClosed = (before: HeldBefore, closed: number): HeldBefore => {
  const all = before.tcp + before.udp;
  const left = all === 0 ? 0 : Math.max(0, all - closed) / all;
  return {
    tcp: Math.floor(before.tcp * left),
    udp: Math.floor(before.udp * left),
    connected: Math.floor(before.connected * left),
    peerClosed: Math.floor(before.peerClosed * left),
  };
};

export const sumBefore = (a: HeldBefore, b: HeldBefore): HeldBefore => ({
  tcp: a.tcp + b.tcp,
  udp: a.udp + b.udp,
  connected: a.connected + b.connected,
  peerClosed: a.peerClosed + b.peerClosed,
});
