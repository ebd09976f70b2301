/**
 * Which ports somebody got in the trace, whoever it was: a port among them was not held by one and the same socket since
 * before the trace. Numbers come from socket addresses of binds (AFD) and endpoints (TCPIP).
 */
import { PORTS } from "../model/port.ts";
import type { Protocol } from "../model/protocol.ts";
import type { Transport } from "../model/socket-row.ts";

export interface TakenPorts {
  readonly add: (port: number, protocol: Protocol) => void;
  /** A bind got a port, and nothing tells which. */
  readonly addUnnumbered: (protocol: Protocol) => void;
  readonly has: (port: number, protocol: Transport) => boolean;
  /** Each bind told its port: one that is not here was not bound in the trace. */
  readonly isComplete: (protocol: Transport) => boolean;
}

export const createTakenPorts = (): TakenPorts => {
  const isTaken = { tcp: new Uint8Array(PORTS), udp: new Uint8Array(PORTS) };
  const isComplete = { tcp: true, udp: true };
  return {
    // A socket of an unknown transport may be of either.
    add: (port, protocol) => {
      if (protocol !== "udp") isTaken.tcp[port] = 1;
      if (protocol !== "tcp") isTaken.udp[port] = 1;
    },
    addUnnumbered: (protocol) => {
      if (protocol !== "udp") isComplete.tcp = false;
      if (protocol !== "tcp") isComplete.udp = false;
    },
    has: (port, protocol) => isTaken[protocol][port] === 1,
    isComplete: (protocol) => isComplete[protocol],
  };
};
