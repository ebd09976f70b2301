/** Which ports the tables show, and where something listens. */
import { PORTS } from "../model/port.ts";
import type { SocketRow, Transport } from "../model/socket-row.ts";
import { classOf, TIME_WAIT } from "./port-class.ts";

export interface TablePorts {
  readonly has: (protocol: Transport, port: number) => boolean;
  /** In another state than TIME_WAIT, whose rows may hide that a socket of the same port is still open. */
  readonly hasOpen: (protocol: Transport, port: number) => boolean;
  /** A TCP listener that takes connections for this local address. */
  readonly hasListener: (port: number, address: string) => boolean;
  /** A TCP connection at this local port. */
  readonly hasConnection: (port: number) => boolean;
}

const IPV4_WILDCARD = "0.0.0.0";
/** Also takes IPv4 connections where the socket is dual-mode, which the table does not show. */
const IPV6_WILDCARD = "::";

const hasPeer = ({ remoteAddress, state }: SocketRow): boolean => remoteAddress !== null && state !== "timeWait";

const withoutZone = (address: string): string => address.replace(/%.*$/, "");

const takes = (listeners: ReadonlySet<string>, address: string): boolean => {
  const isIpv6 = address.includes(":");
  return (
    listeners.has(withoutZone(address)) || listeners.has(IPV6_WILDCARD) || (!isIpv6 && listeners.has(IPV4_WILDCARD))
  );
};

export const tablePorts = (rows: readonly SocketRow[]): TablePorts => {
  const seen = { tcp: new Uint8Array(PORTS), udp: new Uint8Array(PORTS) };
  const open = { tcp: new Uint8Array(PORTS), udp: new Uint8Array(PORTS) };
  const connected = new Uint8Array(PORTS);
  const listeners = new Map<number, Set<string>>();
  for (const row of rows) {
    const portClass = classOf(row.state);
    if (portClass < 0) continue;
    seen[row.protocol][row.localPort] = 1;
    if (portClass !== TIME_WAIT) open[row.protocol][row.localPort] = 1;
    if (row.state === "listening") {
      const addresses = listeners.get(row.localPort);
      if (addresses === undefined) listeners.set(row.localPort, new Set([withoutZone(row.localAddress)]));
      else addresses.add(withoutZone(row.localAddress));
    } else if (row.protocol === "tcp" && hasPeer(row)) connected[row.localPort] = 1;
  }
  return {
    has: (protocol, port) => seen[protocol][port] === 1,
    hasOpen: (protocol, port) => open[protocol][port] === 1,
    hasListener: (port, address) => {
      const addresses = listeners.get(port);
      return addresses !== undefined && takes(addresses, address);
    },
    hasConnection: (port) => connected[port] === 1,
  };
};
