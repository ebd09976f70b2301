/**
 * A row of a port table, whatever printed it: GetExtendedTcpTable, the bound tables, netstat, Get-NetTCPConnection.
 * States are those of MIB_TCP_STATE (Windows SDK, tcpmib.h) with 100 = Bound (MSFT_NetTCPConnection.State).
 */

export type SocketState =
  | "listening"
  | "bound"
  | "synSent"
  | "synReceived"
  | "established"
  | "finWait1"
  | "finWait2"
  | "closeWait"
  | "closing"
  | "lastAck"
  | "timeWait"
  | "closed"
  /** A connection whose state is named in a language that is not known here. */
  | "connected"
  | "udp";

export type Family = "ipv4" | "ipv6";
export const TRANSPORTS = ["tcp", "udp"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The remote port is there, but as a name. */
export const PORT_BY_NAME = -1;

export interface SocketRow {
  readonly protocol: Transport;
  readonly family: Family;
  readonly localAddress: string;
  readonly localPort: number;
  /** Null for UDP and for sockets without a peer. */
  readonly remoteAddress: string | null;
  /** 0 without a peer. */
  readonly remotePort: number;
  readonly state: SocketState;
  /** Who opened it, by Windows' memory; null where the source does not say. */
  readonly processId: number | null;
  /** FILETIME of its making; null where the source does not say. */
  readonly created: bigint | null;
  /** UDP only: the program asked for this very port; null where the source does not say. */
  readonly isPortExplicit: boolean | null;
}

/** MIB_TCP_STATE -> state; DELETE_TCB (12) holds no port any more (domain: transient). */
const BY_NUMBER: Readonly<Record<number, SocketState>> = {
  1: "closed",
  2: "listening",
  3: "synSent",
  4: "synReceived",
  5: "established",
  6: "finWait1",
  7: "finWait2",
  8: "closeWait",
  9: "closing",
  10: "lastAck",
  11: "timeWait",
  12: "closed",
  100: "bound",
};

/** Null for a number that tcpmib.h does not have. */
export const stateOfNumber = (state: number): SocketState | null => BY_NUMBER[state] ?? null;
