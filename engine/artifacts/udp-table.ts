/**
 * GetExtendedUdpTable, as returned. Sources: Windows SDK udpmib.h (MIB_UDPROW_OWNER_PID, MIB_UDP6ROW_OWNER_PID,
 * MIB_UDPROW_OWNER_MODULE, MIB_UDP6ROW_OWNER_MODULE with the bit SpecificPortBind: the program asked for this port).
 */
import type { Family, SocketRow } from "../model/socket-row.ts";
import { createIpv4Texts, ipv6Text, momentAt, portAt } from "./addresses.ts";
import type { Decoded } from "./decoded.ts";
import { readRawTable, unreadable } from "./raw-table.ts";

interface TableShape {
  readonly start: number;
  readonly rowBytes: number;
  readonly port: number;
  readonly processId: number;
  /** Offsets of creation time and flags, null where the rows have none. */
  readonly module: { readonly created: number; readonly flags: number } | null;
}

const OWNER_PID = 1;
const OWNER_MODULE = 2;
const SPECIFIC_PORT_BIND = 1;

const SHAPES: Readonly<Record<Family, Readonly<Record<number, TableShape>>>> = {
  ipv4: {
    [OWNER_PID]: { start: 4, rowBytes: 12, port: 0x04, processId: 0x08, module: null },
    [OWNER_MODULE]: {
      start: 8,
      rowBytes: 160,
      port: 0x04,
      processId: 0x08,
      module: { created: 0x10, flags: 0x18 },
    },
  },
  ipv6: {
    [OWNER_PID]: { start: 4, rowBytes: 28, port: 0x14, processId: 0x18, module: null },
    [OWNER_MODULE]: {
      start: 8,
      rowBytes: 176,
      port: 0x14,
      processId: 0x18,
      module: { created: 0x20, flags: 0x28 },
    },
  },
};

const addressOf = (view: DataView, family: Family): ((row: number) => string) =>
  family === "ipv4" ? createIpv4Texts(view) : (row) => ipv6Text(view, row, row + 0x10);

export const decodeUdpTable = (bytes: Uint8Array, family: Family, tableClass: number | null): Decoded => {
  const shape = tableClass === null ? undefined : SHAPES[family][tableClass];
  if (shape === undefined) return unreadable(`UDP_TABLE_CLASS ${tableClass} is not one that is known here (1, 2).`);
  const { view, offsets, problems } = readRawTable(bytes, shape.start, shape.rowBytes);
  const address = addressOf(view, family);
  const { port, processId, module } = shape;
  const sockets = offsets.map(
    (row): SocketRow => ({
      protocol: "udp",
      family,
      localAddress: address(row),
      localPort: portAt(view, row + port),
      remoteAddress: null,
      remotePort: 0,
      state: "udp",
      processId: view.getUint32(row + processId, true),
      created: module === null ? null : momentAt(view, row + module.created),
      isPortExplicit: module === null ? null : (view.getUint32(row + module.flags, true) & SPECIFIC_PORT_BIND) !== 0,
    }),
  );
  return { rows: sockets.length, problems, sockets };
};
