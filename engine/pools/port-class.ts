/**
 * What a used port is used for. A port has one class, the first that fits: a listener's accepted connections cost nothing, and
 * a bound row is often just the bind half of a connection (netstat's help: "bound nonlistening ports may or may not be
 * associated with an active connection").
 */
import type { SocketState } from "../model/socket-row.ts";

export const PORT_CLASSES = ["listening", "connected", "closeWait", "closing", "bound", "udp", "timeWait"] as const;
export type PortClass = (typeof PORT_CLASSES)[number];

/** By state; -1 for what holds no port. */
const CLASS_OF_STATE: Readonly<Record<SocketState, number>> = {
  listening: 0,
  synSent: 1,
  synReceived: 1,
  established: 1,
  connected: 1,
  closeWait: 2,
  finWait1: 3,
  finWait2: 3,
  closing: 3,
  lastAck: 3,
  bound: 4,
  udp: 5,
  timeWait: 6,
  closed: -1,
};

export const LISTENING = 0;
export const TIME_WAIT = 6;

/** A connection that its process has closed lives on without a handle: whoever has the number in a handle has another socket. */
export const HANDLELESS: readonly number[] = [PORT_CLASSES.indexOf("closing"), TIME_WAIT];

/** Index in PORT_CLASSES, -1 for a state without a port. Smaller ones go first where a port has several. */
export const classOf = (state: SocketState): number => CLASS_OF_STATE[state];

export type ClassCounts = Readonly<Record<PortClass, number>>;

export const countClasses = (classes: Iterable<number>): ClassCounts => {
  const counts: Record<PortClass, number> = {
    listening: 0,
    connected: 0,
    closeWait: 0,
    closing: 0,
    bound: 0,
    udp: 0,
    timeWait: 0,
  };
  for (const index of classes) {
    const name = PORT_CLASSES[index];
    if (name !== undefined) counts[name] += 1;
  }
  return counts;
};
