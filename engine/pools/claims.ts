/**
 * Who claims which port: rows of the tables without those that cost nothing, and the sockets behind AFD handles that no table
 * shows. PID 0 in a table means that no process owns the row any more: TIME_WAIT on Windows.
 */

import type { Snapshot } from "../artifacts/snapshot.ts";
import { NO_PROCESS } from "../model/process.ts";
import type { Family, SocketRow, SocketState, Transport } from "../model/socket-row.ts";
import { type AfdSocketUse, afdSocketUse } from "./afd-sockets.ts";
import { classOf } from "./port-class.ts";
import { type TablePorts, tablePorts } from "./table-ports.ts";

export interface Claim {
  readonly protocol: Transport;
  readonly family: Family;
  /** Also takes the number in IPv4, where the socket is dual-mode. */
  readonly isWildcardIpv6: boolean;
  readonly port: number;
  /** Index in PORT_CLASSES. */
  readonly portClass: number;
  /** Whom Windows remembers; null where the source does not say. */
  readonly processId: number | null;
  readonly created: bigint | null;
  readonly isPortExplicit: boolean;
  /** Remote endpoint as one text, null without a peer. */
  readonly remote: string | null;
}

export interface Claims {
  /** Rows of the tables that hold a port; accepted connections share their listener's. */
  readonly rows: readonly SocketRow[];
  readonly claims: readonly Claim[];
  readonly afdSockets: readonly AfdSocketUse[];
}

const remoteOf = ({ remoteAddress, remotePort }: SocketRow): string | null =>
  remoteAddress === null || remotePort === 0 ? null : `${remoteAddress} ${remotePort}`;

const hasConnectionState = (state: SocketState): boolean =>
  state !== "listening" && state !== "bound" && state !== "udp";

/** Connections that a listener accepted share its port. */
const isAccepted = (row: SocketRow, tables: TablePorts): boolean =>
  row.protocol === "tcp" && hasConnectionState(row.state) && tables.hasListener(row.localPort, row.localAddress);

const claimOfRow = (row: SocketRow): Claim => ({
  protocol: row.protocol,
  family: row.family,
  isWildcardIpv6: row.family === "ipv6" && row.localAddress === "::",
  port: row.localPort,
  portClass: classOf(row.state),
  processId: row.processId === NO_PROCESS && row.state !== "timeWait" ? null : row.processId,
  created: row.created,
  isPortExplicit: row.isPortExplicit === true,
  remote: remoteOf(row),
});

const AFD_STATE = { listening: "listening", connected: "connected", idle: "bound" } as const;

/** A socket whose connection is in TIME_WAIT and whose handle is open keeps the port when that is over. */
const stateOf = ({ state, port }: AfdSocketUse, protocol: Transport, tables: TablePorts): SocketState => {
  if (protocol === "udp") return "udp";
  return tables.has(protocol, port) ? "bound" : AFD_STATE[state];
};

const claimOfHandle = (socket: AfdSocketUse, protocol: Transport, tables: TablePorts): Claim => ({
  protocol,
  family: socket.family,
  isWildcardIpv6: socket.family === "ipv6" && socket.address === "::",
  port: socket.port,
  portClass: classOf(stateOf(socket, protocol, tables)),
  processId: socket.processId,
  created: null,
  isPortExplicit: false,
  remote: null,
});

const onlyInHandles = (sockets: readonly AfdSocketUse[], tables: TablePorts): readonly Claim[] =>
  sockets.flatMap((socket) =>
    socket.protocol === null || tables.hasOpen(socket.protocol, socket.port)
      ? []
      : [claimOfHandle(socket, socket.protocol, tables)],
  );

const keyOf = ({ protocol, port, portClass }: Claim): string => `${protocol} ${port} ${portClass}`;

/** Of two texts, one may name the process of a socket and the other not: then the one that does is enough. */
const named = (claims: readonly Claim[]): readonly Claim[] => {
  const nameless = claims.filter(({ processId }) => processId === null);
  if (nameless.length === 0 || nameless.length === claims.length) return claims;
  const known = new Set(claims.filter(({ processId }) => processId !== null).map(keyOf));
  return claims.filter((claim) => claim.processId !== null || !known.has(keyOf(claim)));
};

const rowKey = ({ protocol, localPort, processId }: SocketRow): string => `${protocol} ${localPort} ${processId}`;

/**
 * Bound tables tell no times. The bind half of a connection is no younger than the connection itself, and so was not opened by
 * a process that has got the PID since.
 */
const withTimesOfConnections = (rows: readonly SocketRow[]): readonly SocketRow[] => {
  const created = new Map<string, bigint>();
  for (const row of rows) if (row.remotePort !== 0 && row.created !== null) created.set(rowKey(row), row.created);
  return rows.map((row) =>
    row.state === "bound" && row.created === null ? { ...row, created: created.get(rowKey(row)) ?? null } : row,
  );
};

export const claimsOf = ({ sockets, afdHandles }: Snapshot): Claims => {
  const tables = tablePorts(sockets);
  const afdSockets = afdHandles.map(afdSocketUse(tables));
  const rows = sockets.filter((row) => row.localPort !== 0 && classOf(row.state) >= 0 && !isAccepted(row, tables));
  return {
    rows,
    claims: [...named(withTimesOfConnections(rows).map(claimOfRow)), ...onlyInHandles(afdSockets, tables)],
    afdSockets,
  };
};
