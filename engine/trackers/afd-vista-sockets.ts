/**
 * Reads the AFD events of the Vista generation (ids 1 to 41) as steps in the life of a socket. Each is logged once, when
 * the call is over. They are still in later manifests beside ids 1000 and up: a socket known from those is left to them.
 *
 * A failed bind may show as 2 or 3 with a status, as 40, or as both: the second report of the same failure is dropped.
 * The byte order of Port is not documented; only whether it is zero counts, and as text it is taken for network order.
 */
import { formatIpv4, formatIpv6 } from "../bytes/sockaddr.ts";
import { type FailedCall, PORT_UNKNOWN } from "../model/call.ts";
import { isSuccess } from "../model/ntstatus.ts";
import { swapBytes } from "../model/port.ts";
import { socketKind } from "../model/protocol.ts";
import { AFD } from "../providers/afd.ts";
import { SLOT } from "../providers/slots.ts";
import type { Socket } from "./socket-table.ts";
import type { SocketTools } from "./socket-tools.ts";
import type { EventRow, Subscription } from "./subscription.ts";

const ID = {
  create: 1,
  bindV4: 2,
  bindV6: 3,
  connectV4: 4,
  connectV6: 5,
  connected: 6,
  close: 13,
  cleanup: 14,
  bindFailed: 40,
  disconnect: 41,
} as const;

const remoteText = ({ id, values, view }: EventRow): string => {
  const at = values[SLOT.address] as number;
  const port = swapBytes(values[SLOT.port] as number);
  return id === ID.connectV4 ? `${formatIpv4(view, at)}:${port}` : `[${formatIpv6(view, at)}]:${port}`;
};

const failedCall = (
  { ticks, threadId, values }: EventRow,
  { protocol, process }: Socket,
  details: Pick<FailedCall, "operation" | "requestedPort" | "remote">,
): FailedCall => ({
  ticks,
  threadId,
  protocol,
  process,
  status: values[SLOT.status] as number,
  local: null,
  ...details,
});

const onCreate = ({ table }: SocketTools, { values, ticks }: EventRow): void => {
  const endpoint = values[SLOT.endpoint] as number;
  if (table.find(endpoint)?.isModern === true) return;
  const kind = socketKind(
    values[SLOT.addressFamily] as number,
    values[SLOT.socketType] as number,
    values[SLOT.protocol] as number,
  );
  table.create(endpoint, values[SLOT.process] as number, kind, ticks);
};

const bindFailed = ({ binds, failed }: SocketTools, row: EventRow, socket: Socket, requestedPort: number): void => {
  const status = row.values[SLOT.status] as number;
  const isSecondReport = socket.failedId !== 0 && socket.failedId !== row.id && socket.failedStatus === status;
  socket.failedId = isSecondReport ? 0 : row.id;
  socket.failedStatus = status;
  if (isSecondReport) return;
  binds.attempted += 1;
  binds.failed += 1;
  failed(failedCall(row, socket, { operation: "bind", requestedPort, remote: null }));
};

const onBind = (tools: SocketTools, row: EventRow, socket: Socket): void => {
  tools.processes.inferPid(socket.process, row.processId);
  const port = row.values[SLOT.port] as number;
  if (!isSuccess(row.values[SLOT.status] as number)) {
    bindFailed(tools, row, socket, port);
    return;
  }
  tools.binds.attempted += 1;
  tools.binds.succeeded += 1;
  socket.failedId = 0;
  socket.wasBound = true;
  if (port <= 0) return;
  tools.portSeen(port, socket.protocol);
  tools.portTaken(swapBytes(port), socket.protocol);
  tools.table.bound(socket, row.ticks, 0);
};

const onConnect = (tools: SocketTools, row: EventRow, socket: Socket): void => {
  tools.processes.inferPid(socket.process, row.processId);
  socket.remote = tools.remotes.ofText(remoteText(row));
  tools.connectRequested(socket.remote, socket.process);
};

const onConnected = ({ table, remotes, failed }: SocketTools, row: EventRow, socket: Socket): void => {
  if (isSuccess(row.values[SLOT.status] as number)) {
    table.connected(socket, row.ticks);
    return;
  }
  const remote = remotes.text(socket.remote);
  failed(failedCall(row, socket, { operation: "connect", requestedPort: PORT_UNKNOWN, remote }));
};

export const afdVistaSubscriptions = (tools: SocketTools): readonly Subscription[] => {
  const { table } = tools;
  /** For events about a socket that the later generation does not describe. */
  const ofVistaSocket = (
    ids: readonly number[],
    on: (tools: SocketTools, row: EventRow, socket: Socket) => void,
  ): Subscription => ({
    provider: AFD,
    ids,
    on: (row) => {
      const socket = table.live(row.values[SLOT.endpoint] as number, row.values[SLOT.process] as number, row.ticks);
      if (!socket.isModern) on(tools, row, socket);
    },
  });
  return [
    { provider: AFD, ids: [ID.create], on: (row) => onCreate(tools, row) },
    ofVistaSocket([ID.bindV4, ID.bindV6], onBind),
    ofVistaSocket([ID.bindFailed], (_, row, socket) => bindFailed(tools, row, socket, PORT_UNKNOWN)),
    ofVistaSocket([ID.connectV4, ID.connectV6], onConnect),
    ofVistaSocket([ID.connected], onConnected),
    ofVistaSocket([ID.disconnect], (_, __, socket) => table.peerClosed(socket)),
    {
      provider: AFD,
      ids: [ID.close, ID.cleanup],
      on: ({ values, ticks }) => {
        table.release(values[SLOT.endpoint] as number, values[SLOT.process] as number, ticks);
      },
    },
  ];
};
