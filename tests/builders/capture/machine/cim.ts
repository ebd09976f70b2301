// Rows of MSFT_NetTCPConnection and MSFT_NetUDPEndpoint as CSV (docs/capture-format.md), which a collector writes where it may
// not ask for tables, or where the bound ones are missing. State is a number, as CIM has it; ConvertTo-Csv quotes every value.

import { isoOf } from "../iso-time.ts";
import type { Machine } from "../machine.ts";
import type { TcpRow } from "../tcp-table.ts";
import { boundRows, tcpRows, udpRows } from "./tables.ts";

const FAMILIES = ["ipv4", "ipv6"] as const;

const line = (values: readonly (string | number)[]): string => values.map((value) => `"${value}"`).join(",");

const csv = (names: readonly string[], rows: readonly (readonly (string | number)[])[]): Uint8Array =>
  new TextEncoder().encode([line(names), ...rows.map(line)].map((each) => `${each}\r\n`).join(""));

const TCP_NAMES = [
  "LocalAddress",
  "LocalPort",
  "RemoteAddress",
  "RemotePort",
  "State",
  "OwningProcess",
  "CreationTime",
] as const;

const madeAt = (created: bigint): string => (created === 0n ? "" : isoOf(created));

const tcpCsv = (rows: readonly TcpRow[]): Uint8Array =>
  csv(
    TCP_NAMES,
    rows.map(({ local, remote, state, processId, created }) => [
      local.address,
      local.port,
      remote.address,
      remote.port,
      state,
      processId,
      madeAt(created),
    ]),
  );

/** State 100 only. */
export const boundConnectionsCsv = (box: Machine): Uint8Array =>
  tcpCsv(FAMILIES.flatMap((family) => boundRows(box, family)));

/** All states, 100 among them. */
export const tcpConnectionsCsv = (box: Machine): Uint8Array =>
  tcpCsv(FAMILIES.flatMap((family) => [...tcpRows(box, family), ...boundRows(box, family)]));

export const udpEndpointsCsv = (box: Machine): Uint8Array =>
  csv(
    ["LocalAddress", "LocalPort", "OwningProcess", "CreationTime"],
    FAMILIES.flatMap((family) => udpRows(box, family)).map(({ local, processId, created }) => [
      local.address,
      local.port,
      processId,
      madeAt(created),
    ]),
  );
