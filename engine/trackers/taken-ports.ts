/**
 * Which ports somebody got in the trace, whoever it was: a port among them was not held by one and the same socket since
 * before the trace. Numbers come from socket addresses of binds (AFD) and endpoints (TCPIP).
 */
import { PORTS } from "../model/port.ts";
import type { Protocol } from "../model/protocol.ts";
import type { Transport } from "../model/socket-row.ts";

export interface TakenPorts {
  readonly add: (port: number, protocol: Protocol) => void;
  /** A bind of AFD got a port, and does not tell which. */
  readonly addUnnumbered: (protocol: Protocol) => void;
  /** TCPIP tells a bind, and its port: the number may be what AFD does not tell. */
  readonly addSecond: (port: number, protocol: Protocol) => void;
  readonly has: (port: number, protocol: Transport) => boolean;
  /** Each bind told its port: one that is not here was not bound in the trace. */
  readonly isComplete: (protocol: Transport) => boolean;
}

export const createTakenPorts = (): TakenPorts => {
  const isTaken = { tcp: new Uint8Array(PORTS), udp: new Uint8Array(PORTS) };
  /** Binds without a number, less those that TCPIP tells. */
  const unnumbered = { tcp: 0, udp: 0 };
  // A socket of an unknown transport may be of either.
  const add = (port: number, protocol: Protocol): void => {
    if (protocol !== "udp") isTaken.tcp[port] = 1;
    if (protocol !== "tcp") isTaken.udp[port] = 1;
  };
  return {
    add,
    addUnnumbered: (protocol) => {
      if (protocol !== "udp") unnumbered.tcp += 1;
      if (protocol !== "tcp") unnumbered.udp += 1;
    },
    addSecond: (port, protocol) => {
      add(port, protocol);
      if (protocol !== "udp") unnumbered.tcp -= 1;
      if (protocol !== "tcp") unnumbered.udp -= 1;
    },
    has: (port, protocol) => isTaken[protocol][port] === 1,
    isComplete: (protocol) => unnumbered[protocol] <= 0,
  };
};
