// The raw tables by kind: rows as builders make them, and the same rows as the engine should tell them. For tests that go
// over all kinds and do not care which one it is.

import fc from "fast-check";
import { decodeBoundTcpTable, decodeTcpTable } from "../../../engine/artifacts/tcp-table.ts";
import type { Decoded } from "../../../engine/artifacts/decoded.ts";
import { decodeUdpTable } from "../../../engine/artifacts/udp-table.ts";
import type { SocketRow } from "../../../engine/model/socket-row.ts";
import {
  boundTable,
  type Family,
  TCP_STATE,
  type TcpRow,
  type TcpState,
  tcpTable,
} from "../../builders/capture/tcp-table.ts";
import { type UdpRow, udpTable } from "../../builders/capture/udp-table.ts";

export type TableKind = {
  readonly name: string;
  /** Bytes in front of the first row, and of a row. */
  readonly start: number;
  readonly rowBytes: number;
  readonly build: (rows: readonly AnyRow[], claimed?: number) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Decoded;
  /** What a row should become. */
  readonly tell: (row: AnyRow) => Partial<SocketRow>;
  readonly family: Family;
};

/** What any table can hold; each writes the part that it has room for. */
export type AnyRow = TcpRow & UdpRow;

const NAMED: Readonly<Partial<Record<TcpState, SocketRow["state"]>>> = { deleteTcb: "closed" };

const STATES = new Map(Object.entries(TCP_STATE).map(([name, number]) => [number as number, name as TcpState]));

export const stateNamed = (number: number): SocketRow["state"] => {
  const name = STATES.get(number) ?? "closed";
  return NAMED[name] ?? (name as SocketRow["state"]);
};

const scoped = (address: string): string => (address.startsWith("fe80:") ? `${address}%12` : address);

const owner = ({ processId, created }: AnyRow, hasCreated: boolean) => ({
  processId,
  created: hasCreated && created > 0n ? created : null,
});

const tcpKind = (family: Family, tableClass: 5 | 8, rowBytes: number): TableKind => ({
  name: `TCP ${family}, class ${tableClass}`,
  start: tableClass === 8 ? 8 : 4,
  rowBytes,
  family,
  build: (rows, claimed) => tcpTable(rows, family, tableClass, claimed),
  decode: (bytes) => decodeTcpTable(bytes, family, tableClass),
  tell: (row) => ({
    protocol: "tcp",
    family,
    localAddress: scoped(row.local.address),
    localPort: row.local.port,
    state: stateNamed(row.state),
    ...owner(row, tableClass === 8),
  }),
});

const udpKind = (family: Family, tableClass: 1 | 2, rowBytes: number): TableKind => ({
  name: `UDP ${family}, class ${tableClass}`,
  start: tableClass === 2 ? 8 : 4,
  rowBytes,
  family,
  build: (rows, claimed) => udpTable(rows, family, tableClass, claimed),
  decode: (bytes) => decodeUdpTable(bytes, family, tableClass),
  tell: (row) => ({
    protocol: "udp",
    family,
    localPort: row.local.port,
    remoteAddress: null,
    state: "udp",
    isPortExplicit: tableClass === 2 ? row.isExplicit : null,
    ...owner(row, tableClass === 2),
  }),
});

const boundKind = (family: Family, rowBytes: number): TableKind => ({
  name: `bound ${family}`,
  start: 4,
  rowBytes,
  family,
  build: (rows, claimed) => boundTable(rows, family, claimed),
  decode: (bytes) => decodeBoundTcpTable(bytes, family),
  tell: ({ local, processId }) => ({
    protocol: "tcp",
    family,
    localAddress: scoped(local.address),
    localPort: local.port,
    state: "bound",
    processId,
  }),
});

/** Row sizes of the handles reference, section 4. */
export const TABLE_KINDS: readonly TableKind[] = [
  tcpKind("ipv4", 5, 24),
  tcpKind("ipv4", 8, 160),
  tcpKind("ipv6", 5, 56),
  tcpKind("ipv6", 8, 192),
  udpKind("ipv4", 1, 12),
  udpKind("ipv4", 2, 160),
  udpKind("ipv6", 1, 28),
  udpKind("ipv6", 2, 176),
  boundKind("ipv4", 28),
  boundKind("ipv6", 60),
];

const ADDRESSES: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ["0.0.0.0", "127.0.0.1", "192.168.7.20", "255.255.255.255"],
  ipv6: ["::", "::1", "2001:db8::7:0:0:20", "fe80::1"],
};

const end = (family: Family, ports: fc.Arbitrary<number>) =>
  fc.record({ address: fc.constantFrom(...ADDRESSES[family]), port: ports });

const PORT = fc.integer({ min: 1, max: 65_535 });

/** Creation times from 2001 to 2100, or none. */
const CREATED = fc.oneof(fc.constant(0n), fc.bigInt({ min: 126_227_808_000_000_000n, max: 157_469_184_000_000_000n }));

export const anyRow = (family: Family): fc.Arbitrary<AnyRow> =>
  fc.record({
    local: end(family, PORT),
    remote: end(family, PORT),
    state: fc.constantFrom(...Object.values(TCP_STATE)),
    processId: fc.nat({ max: 0xffff_fffc }),
    created: CREATED,
    isExplicit: fc.boolean(),
  });
