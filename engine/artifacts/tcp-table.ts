/**
 * GetExtendedTcpTable and the bound tables, as returned. Sources: Windows SDK tcpmib.h, iprtrmib.h (MIB_TCPROW_OWNER_PID,
 * MIB_TCP6ROW_OWNER_PID, MIB_TCPROW_OWNER_MODULE, MIB_TCP6ROW_OWNER_MODULE, MIB_TCPROW2, MIB_TCP6ROW2); the bound tables
 * (InternalGetBoundTcpEndpointTable, InternalGetBoundTcp6EndpointTable) are undocumented and known from System Informer's
 * netprv.h. Owner module rows begin at offset 8, as their FILETIME asks for alignment.
 */
import { type Family, type SocketRow, type SocketState, stateOfNumber } from "../model/socket-row.ts";
import { createIpv4Texts, ipv6Text, momentAt, portAt } from "./addresses.ts";
import type { Decoded } from "./decoded.ts";
import { type RawTable, readRawTable, unreadable } from "./raw-table.ts";

interface TableShape {
  readonly start: number;
  readonly rowBytes: number;
  /** Offset of the creation time, null where the rows have none. */
  readonly created: number | null;
}

const OWNER_PID_ALL = 5;
const OWNER_MODULE_ALL = 8;

const SHAPES: Readonly<Record<Family, Readonly<Record<number, TableShape>>>> = {
  ipv4: {
    [OWNER_PID_ALL]: { start: 4, rowBytes: 24, created: null },
    [OWNER_MODULE_ALL]: { start: 8, rowBytes: 160, created: 0x18 },
  },
  ipv6: {
    [OWNER_PID_ALL]: { start: 4, rowBytes: 56, created: null },
    [OWNER_MODULE_ALL]: { start: 8, rowBytes: 192, created: 0x38 },
  },
};

const BOUND_SHAPES: Readonly<Record<Family, TableShape>> = {
  ipv4: { start: 4, rowBytes: 28, created: null },
  ipv6: { start: 4, rowBytes: 60, created: null },
};

/** State, remote port, process id: fields by family. */
const FIELDS = {
  ipv4: { state: 0, localPort: 0x08, remotePort: 0x10, processId: 0x14 },
  ipv6: { state: 0x30, localPort: 0x14, remotePort: 0x2c, processId: 0x34 },
} as const;

type Addresses = (row: number) => readonly [local: string, remote: string];

const addressesOf = (view: DataView, family: Family): Addresses => {
  if (family === "ipv6") return (row) => [ipv6Text(view, row, row + 0x10), ipv6Text(view, row + 0x18, row + 0x28)];
  const ipv4Text = createIpv4Texts(view);
  return (row) => [ipv4Text(row + 0x04), ipv4Text(row + 0x0c)];
};

type StateAt = (row: number) => SocketState | null;

const hasNoPeer = (state: SocketState): boolean => state === "listening" || state === "bound";

const rowsOf = ({ view, offsets }: RawTable, family: Family, created: number | null, stateAt: StateAt): SocketRow[] => {
  const addresses = addressesOf(view, family);
  const { localPort, remotePort, processId } = FIELDS[family];
  const rows: SocketRow[] = [];
  for (const row of offsets) {
    const state = stateAt(row);
    if (state === null) continue;
    const [local, remote] = addresses(row);
    rows.push({
      protocol: "tcp",
      family,
      localAddress: local,
      localPort: portAt(view, row + localPort),
      remoteAddress: hasNoPeer(state) ? null : remote,
      remotePort: hasNoPeer(state) ? 0 : portAt(view, row + remotePort),
      state,
      processId: view.getUint32(row + processId, true),
      created: created === null ? null : momentAt(view, row + created),
      isPortExplicit: null,
    });
  }
  return rows;
};

const decodedOf = (table: RawTable, sockets: readonly SocketRow[]): Decoded => {
  const strange = table.offsets.length - sockets.length;
  const problems =
    strange === 0 ? table.problems : [...table.problems, `${strange} rows have a state that no TCP socket has.`];
  return { rows: sockets.length, problems, sockets };
};

export const decodeTcpTable = (bytes: Uint8Array, family: Family, tableClass: number | null): Decoded => {
  const shape = tableClass === null ? undefined : SHAPES[family][tableClass];
  if (shape === undefined) return unreadable(`TCP_TABLE_CLASS ${tableClass} is not one that is known here (5, 8).`);
  const table = readRawTable(bytes, shape.start, shape.rowBytes);
  const { state } = FIELDS[family];
  const stateAt: StateAt = (row) => stateOfNumber(table.view.getUint32(row + state, true));
  return decodedOf(table, rowsOf(table, family, shape.created, stateAt));
};

/** Every row of a bound table is a bound socket, whatever its state says. */
export const decodeBoundTcpTable = (bytes: Uint8Array, family: Family): Decoded => {
  const { start, rowBytes } = BOUND_SHAPES[family];
  const table = readRawTable(bytes, start, rowBytes);
  return decodedOf(
    table,
    rowsOf(table, family, null, () => "bound"),
  );
};
