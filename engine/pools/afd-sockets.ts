/**
 * AFD handles -> sockets with their ports. A handle is no port: helpers are no sockets, sockets may be unbound or of families
 * without ports, and several handles may lead to one socket.
 */
import type { AfdHandle, AfdState } from "../artifacts/afd-handles.ts";
import { AF_INET, AF_INET6 } from "../bytes/sockaddr.ts";
import type { Family, Transport } from "../model/socket-row.ts";
import type { TablePorts } from "./table-ports.ts";

/** other: of a family or type without TCP and UDP ports. unknown: not asked, or no answer. */
export type AfdKind = "bound" | "unbound" | "other" | "helper" | "unknown";

export interface AfdSocketUse {
  readonly processId: number;
  readonly handle: AfdHandle;
  readonly kind: AfdKind;
  /** Null where it is not bound, or where nothing tells its transport. */
  readonly protocol: Transport | null;
  readonly family: Family;
  readonly address: string;
  /** 0 where it is not bound. */
  readonly port: number;
  readonly state: AfdState;
}

/** Without an answer from the socket itself: the transport in whose table the port stands, if it is one only. */
const protocolByTables = (port: number, tables: TablePorts): Transport | null => {
  const isTcp = tables.has("tcp", port);
  const isUdp = tables.has("udp", port);
  if (isTcp === isUdp) return null;
  return isTcp ? "tcp" : "udp";
};

const protocolOf = ({ socket }: AfdHandle, port: number, tables: TablePorts): Transport | null => {
  if (socket !== null && socket.protocol !== "unknown") return socket.protocol;
  return socket === null ? protocolByTables(port, tables) : null;
};

const boundAddress = ({ address }: AfdHandle): { readonly text: string; readonly port: number } | null => {
  if (address === null || address.address === null || address.port === null || address.port === 0) return null;
  return { text: address.address, port: address.port };
};

const kindOf = (handle: AfdHandle, isBound: boolean): AfdKind => {
  const { socket, address, isHelper } = handle;
  if (isHelper) return "helper";
  const family = address?.family ?? socket?.family;
  const isInternet = family === AF_INET || family === AF_INET6;
  if (family !== undefined && family !== 0 && !isInternet) return "other";
  if (socket !== null && (!socket.isInternet || socket.protocol === "unknown")) return "other";
  if (isBound) return "bound";
  return socket === null ? "unknown" : "unbound";
};

/** A listening socket whose own state is not known: the table has a listener at its address. */
const stateByTables = (protocol: Transport | null, address: string, port: number, tables: TablePorts): AfdState => {
  if (protocol !== "tcp") return "idle";
  if (tables.hasListener(port, address)) return "listening";
  return tables.hasConnection(port) ? "connected" : "idle";
};

export const afdSocketUse =
  (tables: TablePorts) =>
  (handle: AfdHandle): AfdSocketUse => {
    const bound = boundAddress(handle);
    const kind = kindOf(handle, bound !== null);
    const port = kind === "bound" ? (bound?.port ?? 0) : 0;
    const address = bound?.text ?? "";
    const protocol = port === 0 ? null : protocolOf(handle, port, tables);
    return {
      processId: handle.processId,
      handle,
      kind,
      protocol,
      family: handle.address?.family === AF_INET6 ? "ipv6" : "ipv4",
      address,
      port,
      state: handle.socket?.state ?? stateByTables(protocol, address, port, tables),
    };
  };
