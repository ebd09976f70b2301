// GetExtendedTcpTable, classes 5 (OWNER_PID_ALL) and 8 (OWNER_MODULE_ALL), and the bound tables of iphlpapi.
// Sources: handles reference, section 4 (rows and their sizes); tcpmib.h (MIB_TCP_STATE); MSDN of MIB_TCPROW: only the low
// 16 bits of a port mean something, so the high ones get what must not be read.

import { byteSink, bytesOf, type ByteSink, putBytes, putU32, putU64, putZeros } from "../byte-sink.ts";
import { addressBytes, type Endpoint, networkOrder } from "../socket-address.ts";

export type Family = "ipv4" | "ipv6";
export type TcpTableClass = 5 | 8;

/** MIB_TCP_STATE; 100 is what CIM calls Bound. */
export const TCP_STATE = {
  closed: 1,
  listening: 2,
  synSent: 3,
  synReceived: 4,
  established: 5,
  finWait1: 6,
  finWait2: 7,
  closeWait: 8,
  closing: 9,
  lastAck: 10,
  timeWait: 11,
  deleteTcb: 12,
  bound: 100,
} as const;

export type TcpState = keyof typeof TCP_STATE;

export type TcpRow = {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly state: number;
  readonly processId: number;
  /** FILETIME, 0 where Windows keeps none. */
  readonly created: bigint;
};

const OWNER_INFO_BYTES = 16 * 8;
const JUNK = 0xabcd_0000;

const KNOWN = new Map<string, Uint8Array>();

/** Tables name few addresses many times. */
export const knownAddressBytes = (address: string): Uint8Array => {
  const known = KNOWN.get(address) ?? addressBytes(address);
  KNOWN.set(address, known);
  return known;
};

/** A port as it stands in a DWORD of a table. */
export const putPort = (sink: ByteSink, port: number): void => putU32(sink, JUNK + networkOrder(port));

const putIpv4Row = (sink: ByteSink, { state, local, remote, processId }: TcpRow): void => {
  putU32(sink, state);
  putBytes(sink, knownAddressBytes(local.address));
  putPort(sink, local.port);
  putBytes(sink, knownAddressBytes(remote.address));
  putPort(sink, remote.port);
  putU32(sink, processId);
};

const IPV6_BYTES = 16;

const putIpv6End = (sink: ByteSink, { address, port }: Endpoint): void => {
  const bytes = knownAddressBytes(address);
  if (bytes.length !== IPV6_BYTES) throw new RangeError(`${address} has no place in a row of IPv6`);
  putBytes(sink, bytes);
  putU32(sink, address.startsWith("fe80:") ? 12 : 0);
  putPort(sink, port);
};

const putIpv6Row = (sink: ByteSink, { state, local, remote, processId }: TcpRow): void => {
  putIpv6End(sink, local);
  putIpv6End(sink, remote);
  putU32(sink, state);
  putU32(sink, processId);
};

const putRow = (sink: ByteSink, row: TcpRow, family: Family): void =>
  family === "ipv4" ? putIpv4Row(sink, row) : putIpv6Row(sink, row);

/** Rows of class 8 hold 64-bit numbers and begin where such a number may lie. */
export const tcpTable = (
  rows: readonly TcpRow[],
  family: Family,
  tableClass: TcpTableClass,
  claimed: number = rows.length,
): Uint8Array => {
  const sink = byteSink(8 + rows.length * 192);
  putU32(sink, claimed);
  if (tableClass === 8) putU32(sink, 0);
  for (const row of rows) {
    putRow(sink, row, family);
    if (tableClass === 5) continue;
    putU64(sink, row.created);
    putZeros(sink, OWNER_INFO_BYTES);
  }
  return bytesOf(sink);
};

/** InternalGetBoundTcpEndpointTable (MIB_TCPROW2, 28 bytes) and its IPv6 twin (MIB_TCP6ROW2, 60 bytes). */
export const boundTable = (rows: readonly TcpRow[], family: Family, claimed: number = rows.length): Uint8Array => {
  const sink = byteSink(4 + rows.length * 60);
  putU32(sink, claimed);
  for (const row of rows) {
    putRow(sink, row, family);
    putU32(sink, 0);
  }
  return bytesOf(sink);
};
