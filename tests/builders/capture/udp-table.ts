// GetExtendedUdpTable, classes 1 (OWNER_PID) and 2 (OWNER_MODULE). Source: handles reference, section 4.

import { byteSink, bytesOf, type ByteSink, putBytes, putU32, putU64, putZeros } from "../byte-sink.ts";
import type { Endpoint } from "../socket-address.ts";
import { type Family, knownAddressBytes, putPort } from "./tcp-table.ts";

export type UdpTableClass = 1 | 2;

export type UdpRow = {
  readonly local: Endpoint;
  readonly processId: number;
  readonly created: bigint;
  /** SpecificPortBind: the program named the port. */
  readonly isExplicit: boolean;
};

const OWNER_INFO_BYTES = 16 * 8;

const putEnd = (sink: ByteSink, { address, port }: Endpoint, family: Family): void => {
  putBytes(sink, knownAddressBytes(address));
  if (family === "ipv6") putU32(sink, 0);
  putPort(sink, port);
};

const putModulePart = (sink: ByteSink, { created, isExplicit }: UdpRow): void => {
  putU32(sink, 0);
  putU64(sink, created);
  putU32(sink, isExplicit ? 1 : 0);
  putU32(sink, 0);
  putZeros(sink, OWNER_INFO_BYTES);
};

export const udpTable = (
  rows: readonly UdpRow[],
  family: Family,
  tableClass: UdpTableClass,
  claimed: number = rows.length,
): Uint8Array => {
  const sink = byteSink(8 + rows.length * 176);
  putU32(sink, claimed);
  if (tableClass === 2) putU32(sink, 0);
  for (const row of rows) {
    putEnd(sink, row.local, family);
    putU32(sink, row.processId);
    if (tableClass === 2) putModulePart(sink, row);
  }
  return bytesOf(sink);
};
