/**
 * Reads the AFD events of the Vista generation (ids 1 to 41) as steps in the life of a socket. Each is logged once, when
 * the call is over. They are still in later manifests beside ids 1000 and up: a socket known from those is left to them.
 *
 * A failed bind may show as 2 or 3 with a status, as 40, or as both: the second report of the same failure is dropped.
 * The byte order of Port is not documented; only whether it is zero is used.
 */
import { formatIpv4, formatIpv6 } from "../bytes/sockaddr.ts";
import { PORT_UNKNOWN } from "../model/call.ts";
import { swapBytes } from "../model/port.ts";
import { isSuccess } from "../model/ntstatus.ts";
import { socketKind } from "../model/protocol.ts";
import { AFD } from "../providers/afd.ts";
import { SLOT } from "../providers/slots.ts";
import type { SocketTools } from "./afd-sockets.ts";
import type { Socket } from "./socket-table.ts";
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

/** Remote address as text; the port in network byte order, as everywhere else in AFD events (inferred). */
const remoteText = ({ id, values, view }: EventRow): string => {
  const at = values[SLOT.address] as number;
  const port = swapBytes(values[SLOT.port] as number);
  return id === ID.connectV4 ? `${formatIpv4(view, at)}:${port}` : `[${formatIpv6(view, at)}]:${port}`;
};

export const afdVistaSubscriptions = (tools: SocketTools): readonly Subscription[] => {
  const { table, processes, remotes, binds } = tools;

  /** The live socket, null where the later generation describes it. */
  const vistaSocket = ({ values }: EventRow): Socket | null => {
    const socket = table.live(values[SLOT.endpoint] as number, values[SLOT.process] as number);
    return socket.isModern ? null : socket;
  };

  const onCreate = (row: EventRow): void => {
    const { values, ticks } = row;
    const endpoint = values[SLOT.endpoint] as number;
    if (table.find(endpoint)?.isModern === true) return;
    table.create(
      endpoint,
      values[SLOT.process] as number,
      socketKind(
        values[SLOT.addressFamily] as number,
        values[SLOT.socketType] as number,
        values[SLOT.protocol] as number,
      ),
      ticks,
    );
  };

  const bindFailed = (row: EventRow, socket: Socket, requestedPort: number): void => {
    const status = row.values[SLOT.status] as number;
    const isSecondReport = socket.failedId !== 0 && socket.failedId !== row.id && socket.failedStatus === status;
    socket.failedId = isSecondReport ? 0 : row.id;
    socket.failedStatus = status;
    if (isSecondReport) return;
    binds.attempted += 1;
    binds.failed += 1;
    const { ticks, threadId } = row;
    tools.failed({
      ticks,
      threadId,
      operation: "bind",
      protocol: socket.protocol,
      status,
      process: socket.process,
      requestedPort,
      local: null,
      remote: null,
    });
  };

  const onBind = (row: EventRow): void => {
    const socket = vistaSocket(row);
    if (socket === null) return;
    processes.inferPid(socket.process, row.processId);
    const port = row.values[SLOT.port] as number;
    if (!isSuccess(row.values[SLOT.status] as number)) return bindFailed(row, socket, port);
    binds.attempted += 1;
    binds.succeeded += 1;
    socket.failedId = 0;
    socket.wasBound = true;
    if (port > 0) table.takePort(socket, row.ticks, { isExplicit: false, isDeferred: false });
  };

  const onBindFailed = (row: EventRow): void => {
    const socket = vistaSocket(row);
    if (socket !== null) bindFailed(row, socket, PORT_UNKNOWN);
  };

  const onConnect = (row: EventRow): void => {
    const socket = vistaSocket(row);
    if (socket === null) return;
    processes.inferPid(socket.process, row.processId);
    socket.remote = remotes.ofText(remoteText(row));
    tools.connectRequested(socket.remote);
  };

  const onConnected = (row: EventRow): void => {
    const socket = vistaSocket(row);
    if (socket === null) return;
    const status = row.values[SLOT.status] as number;
    const { ticks, threadId } = row;
    if (!isSuccess(status)) {
      const remote = remotes.text(socket.remote);
      tools.failed({
        ticks,
        threadId,
        operation: "connect",
        protocol: socket.protocol,
        status,
        process: socket.process,
        requestedPort: PORT_UNKNOWN,
        local: null,
        remote,
      });
      return;
    }
    const isKnown = socket.wasCreated || socket.wasBound;
    if (isKnown && socket.isInternet && !socket.holdsPort)
      table.takePort(socket, ticks, { isExplicit: false, isDeferred: true });
    table.connected(socket);
  };

  const onDisconnect = (row: EventRow): void => {
    const socket = vistaSocket(row);
    if (socket !== null) table.peerClosed(socket);
  };

  return [
    { provider: AFD, ids: [ID.create], on: onCreate },
    { provider: AFD, ids: [ID.bindV4, ID.bindV6], on: onBind },
    { provider: AFD, ids: [ID.bindFailed], on: onBindFailed },
    { provider: AFD, ids: [ID.connectV4, ID.connectV6], on: onConnect },
    { provider: AFD, ids: [ID.connected], on: onConnected },
    {
      provider: AFD,
      ids: [ID.close, ID.cleanup],
      on: ({ values, ticks }) => {
        table.release(values[SLOT.endpoint] as number, values[SLOT.process] as number, ticks);
      },
    },
    { provider: AFD, ids: [ID.disconnect], on: onDisconnect },
  ];
};
