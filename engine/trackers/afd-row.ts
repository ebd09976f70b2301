/**
 * What the AFD events of Windows 7 and later (ids 1000 and up) have in common. EnterExit 0 is the request, 1 its
 * completion; 2 to 4 mark what AFD or the transport did by itself and are no part of a call.
 */
import { formatEndpoint, readSockaddr, sockaddrPort } from "../bytes/sockaddr.ts";
import { type FailedCall, PORT_UNKNOWN } from "../model/call.ts";
import { SLOT } from "../providers/slots.ts";
import type { Socket } from "./socket-table.ts";
import type { SocketTools } from "./socket-tools.ts";
import type { EventRow } from "./subscription.ts";

export const AFD_ID = {
  create: 1000,
  close: 1001,
  cleanup: 1002,
  connect: 1017,
  connectAddress: 1018,
  connectEx: 1020,
  connectExAddress: 1021,
  bind: 1029,
  bindAddress: 1030,
  listen: 1037,
  disconnect: 3006,
} as const;

export const ENTER = 0;
export const EXIT = 1;

/** The event's layout has an address; it may be empty. */
export const hasAddress = ({ id }: EventRow): boolean =>
  id === AFD_ID.bindAddress || id === AFD_ID.connectAddress || id === AFD_ID.connectExAddress;

export const showsAddress = (row: EventRow): boolean => hasAddress(row) && (row.values[SLOT.address + 1] as number) > 0;

export const portOf = (row: EventRow): number =>
  hasAddress(row)
    ? sockaddrPort(row.view, row.values[SLOT.address] as number, row.values[SLOT.address + 1] as number)
    : PORT_UNKNOWN;

export const addressText = (row: EventRow): string | null =>
  hasAddress(row)
    ? formatEndpoint(readSockaddr(row.view, row.values[SLOT.address] as number, row.values[SLOT.address + 1] as number))
    : null;

/** The socket that an event is about; from here on the Vista generation's events about it are left aside. */
export const socketOf = ({ table }: SocketTools, { values, ticks }: EventRow): Socket => {
  const socket = table.live(values[SLOT.endpoint] as number, values[SLOT.process] as number, ticks);
  socket.isModern = true;
  return socket;
};

type CallDetails = Pick<FailedCall, "operation"> & Partial<Pick<FailedCall, "requestedPort" | "local" | "remote">>;

export const failedCall = (row: EventRow, socket: Socket, details: CallDetails): FailedCall => ({
  ticks: row.ticks,
  threadId: row.threadId,
  protocol: socket.protocol,
  status: row.values[SLOT.status] as number,
  process: socket.process,
  requestedPort: socket.requestedPort,
  local: null,
  remote: null,
  ...details,
});
