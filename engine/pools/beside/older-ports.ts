/**
 * Ports that were taken before the trace began: those of the start capture that the trace does not show being taken. What
 * the capture of the end shows of the same process was held all the time.
 */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import { NO_PROCESS } from "../../model/process.ts";
import { PORTS } from "../../model/port.ts";
import { TRANSPORTS, type Transport } from "../../model/socket-row.ts";
import type { HeldBefore } from "../../trackers/holdings.ts";
import type { TakenPorts } from "../../trackers/taken-ports.ts";
import { type Claim, claimsOf } from "../claims.ts";
import { createOwnership } from "../holders.ts";
import { isInPool, poolShapes } from "../pool.ts";
import { LISTENING, PORT_CLASSES, TIME_WAIT } from "../port-class.ts";
import type { BesideCapture, Ends, TraceSpan } from "./beside.ts";

interface HeldPort {
  readonly protocol: Transport;
  readonly portClass: number;
  readonly processId: number;
  readonly created: bigint | null;
}

const keyOf = ({ protocol, port }: Claim): number => port + (protocol === "udp" ? PORTS : 0);

/** By port and transport: who holds it for certain, and neither listens nor asked for it by number. */
const heldPorts = (snapshot: Snapshot): ReadonlyMap<number, HeldPort> => {
  const { claims, afdSockets } = claimsOf(snapshot);
  const ownershipOf = createOwnership(snapshot, afdSockets);
  const shapes = TRANSPORTS.flatMap((protocol) => poolShapes(protocol, snapshot));
  const held = new Map<number, HeldPort>();
  const barred = new Set<number>();
  for (const claim of claims) {
    const { protocol, portClass, created, isPortExplicit } = claim;
    if (portClass === TIME_WAIT || !shapes.some((shape) => isInPool(shape, claim))) continue;
    const key = keyOf(claim);
    const { holder, processId: opener, creator } = ownershipOf(claim);
    const processId = holder ?? (creator === "running" ? opener : null);
    const known = held.get(key);
    const isDisputed = known !== undefined && known.processId !== processId;
    if (processId === null || processId === NO_PROCESS || portClass === LISTENING || isPortExplicit || isDisputed)
      barred.add(key);
    else if (known === undefined || portClass < known.portClass)
      held.set(key, { protocol, portClass, processId, created: created ?? known?.created ?? null });
  }
  for (const key of barred) held.delete(key);
  return held;
};

const CONNECTIONS: readonly number[] = (["connected", "closeWait", "closing"] as const).map((name) =>
  PORT_CLASSES.indexOf(name),
);
const PEER_CLOSED = PORT_CLASSES.indexOf("closeWait");

/**
 * Its own age decides where it is known. Else the port of a bind is seen in the trace; one chosen at connect may not be, so
 * that only a capture from before the trace tells its age.
 */
const isOlder = (
  { portClass, created }: HeldPort,
  { ticks }: BesideCapture,
  { first, toTicks }: TraceSpan,
): boolean => {
  if (created !== null) return toTicks(created) < first;
  return ticks < first || !CONNECTIONS.includes(portClass);
};

const isStillHeld = (port: HeldPort, later: HeldPort | undefined): boolean =>
  later !== undefined &&
  later.processId === port.processId &&
  (later.created === null || port.created === null || later.created === port.created);

const isSeenWhole = ({ snapshot }: BesideCapture, protocol: Transport): boolean => snapshot.sight[protocol] === "whole";

export interface OlderPorts {
  readonly byProcess: ReadonlyMap<number, HeldBefore>;
  /** The capture of the end confirms that they were held all the time. */
  readonly isConfirmed: boolean;
}

const add = (sum: HeldBefore | undefined, { protocol, portClass }: HeldPort): HeldBefore => {
  const { tcp = 0, udp = 0, connected = 0, peerClosed = 0 } = sum ?? {};
  return {
    tcp: tcp + (protocol === "tcp" ? 1 : 0),
    udp: udp + (protocol === "udp" ? 1 : 0),
    connected: connected + (CONNECTIONS.includes(portClass) ? 1 : 0),
    peerClosed: peerClosed + (portClass === PEER_CLOSED ? 1 : 0),
  };
};

const NONE: OlderPorts = { byProcess: new Map(), isConfirmed: false };

export const olderPorts = ({ start, stop }: Ends, taken: TakenPorts, span: TraceSpan): OlderPorts => {
  if (start === null) return NONE;
  const later = stop === null ? null : heldPorts(stop.snapshot);
  const isConfirmed = stop !== null && TRANSPORTS.every((protocol) => isSeenWhole(stop, protocol));
  const byProcess = new Map<number, HeldBefore>();
  for (const [key, port] of heldPorts(start.snapshot)) {
    if (taken.has(key % PORTS, port.protocol) || !isOlder(port, start, span)) continue;
    if (isConfirmed && later !== null && !isStillHeld(port, later.get(key))) continue;
    byProcess.set(port.processId, add(byProcess.get(port.processId), port));
  }
  return { byProcess, isConfirmed };
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
