/**
 * Reads the AFD events of Windows 7 and later (ids 1000 and up) as steps in the life of a socket.
 *
 * EnterExit 0 is the request, 1 its completion; the status counts on completions only. A call may be logged with or
 * without its address (two ids), and its request and completion may differ in that: both ids are one call. The address on
 * a bind's request is what the program asked for (port 0: any), the one on its completion what it got. A completion
 * without a port means that the port is chosen at connect.
 */
import { formatEndpoint, readSockaddr, sockaddrPort } from "../bytes/sockaddr.ts";
import { type FailedCall, PORT_UNKNOWN } from "../model/call.ts";
import { isSuccess, STATUS } from "../model/ntstatus.ts";
import { socketKind } from "../model/protocol.ts";
import { AFD } from "../providers/afd.ts";
import { SLOT } from "../providers/slots.ts";
import type { BindCounts } from "./call-counts.ts";
import type { Processes } from "./processes.ts";
import { NO_REMOTE, type Remotes } from "./remotes.ts";
import type { CallState, Socket, SocketTable } from "./socket-table.ts";
import type { EventRow, Subscription } from "./subscription.ts";

export interface SocketTools {
  readonly table: SocketTable;
  readonly processes: Processes;
  readonly remotes: Remotes;
  readonly binds: BindCounts;
  readonly failed: (call: FailedCall) => void;
  readonly connectRequested: (remote: number) => void;
  /** A port number known from a socket address. */
  readonly portSeen: (port: number) => void;
}

const ID = {
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
/** The kernel's own threads close sockets for others. */
const SYSTEM_PID = 4;
const ENTER = 0;
const EXIT = 1;

const hasAddress = ({ id }: EventRow): boolean =>
  id === ID.bindAddress || id === ID.connectAddress || id === ID.connectExAddress;

const showsAddress = (row: EventRow): boolean => hasAddress(row) && (row.values[SLOT.address + 1] as number) > 0;

const portOf = (row: EventRow): number =>
  hasAddress(row)
    ? sockaddrPort(row.view, row.values[SLOT.address] as number, row.values[SLOT.address + 1] as number)
    : PORT_UNKNOWN;

const addressText = (row: EventRow): string | null =>
  hasAddress(row)
    ? formatEndpoint(readSockaddr(row.view, row.values[SLOT.address] as number, row.values[SLOT.address + 1] as number))
    : null;

/** A request; false where it is the same call's request under its other id. */
const begin = (call: CallState, id: number): boolean => {
  const isSameCall = call.requestId !== 0 && call.requestId !== id;
  call.requestId = id;
  call.completionId = 0;
  return !isSameCall;
};

/** A completion; false where it is the same call's completion under its other id. */
const complete = (call: CallState, id: number): boolean => {
  const isSameCall = call.requestId === 0 && call.completionId !== 0 && call.completionId !== id;
  call.requestId = 0;
  call.completionId = id;
  return !isSameCall;
};

const failedCall = (
  row: EventRow,
  socket: Socket,
  operation: FailedCall["operation"],
  local: string | null,
  remote: string | null,
): FailedCall => ({
  ticks: row.ticks,
  threadId: row.threadId,
  operation,
  protocol: socket.protocol,
  status: row.values[SLOT.status] as number,
  process: socket.process,
  requestedPort: socket.requestedPort,
  local,
  remote,
});

export const afdSocketSubscriptions = (tools: SocketTools): readonly Subscription[] => {
  const { table, processes, remotes, binds } = tools;

  const liveSocket = (row: EventRow): Socket => {
    const socket = table.live(row.values[SLOT.endpoint] as number, row.values[SLOT.process] as number);
    socket.isModern = true;
    return socket;
  };

  const onCreate = (row: EventRow): void => {
    const { values, ticks } = row;
    const endpoint = values[SLOT.endpoint] as number;
    const enterExit = values[SLOT.enterExit];
    if (endpoint === 0 || (enterExit !== ENTER && enterExit !== EXIT)) return;
    const known = enterExit === EXIT ? table.find(endpoint) : null;
    if (known?.isCreating !== true) {
      const kind = socketKind(
        values[SLOT.addressFamily] as number,
        values[SLOT.socketType] as number,
        values[SLOT.protocol] as number,
      );
      const socket = table.create(endpoint, values[SLOT.process] as number, kind, ticks);
      socket.isModern = true;
      socket.isCreating = enterExit === ENTER;
      return;
    }
    known.isCreating = false;
    if (!isSuccess(values[SLOT.status] as number)) table.discard(known);
  };

  const bindCompleted = (row: EventRow, socket: Socket): void => {
    const status = row.values[SLOT.status] as number;
    if (status === STATUS.pending || !complete(socket.bind, row.id)) return;
    const port = portOf(row);
    if (!isSuccess(status)) {
      binds.failed += 1;
      const asked = socket.requestedPort === PORT_UNKNOWN ? port : socket.requestedPort;
      tools.failed({ ...failedCall(row, socket, "bind", addressText(row), null), requestedPort: asked });
      return;
    }
    binds.succeeded += 1;
    socket.wasBound = true;
    if (port > 0) tools.portSeen(port);
    // Without an address nothing tells whether the choice of the port was put off; that it was is the exception.
    const tookPort = socket.isInternet && (port > 0 || !showsAddress(row));
    if (tookPort) table.takePort(socket, row.ticks, { isExplicit: socket.requestedPort > 0, isDeferred: false });
  };

  const onBind = (row: EventRow): void => {
    const enterExit = row.values[SLOT.enterExit];
    if (enterExit === EXIT) bindCompleted(row, liveSocket(row));
    if (enterExit !== ENTER) return;
    const socket = liveSocket(row);
    processes.inferPid(socket.process, row.processId);
    if (begin(socket.bind, row.id)) {
      binds.attempted += 1;
      socket.requestedPort = PORT_UNKNOWN;
    }
    if (hasAddress(row)) socket.requestedPort = portOf(row);
  };

  const connectCompleted = (row: EventRow, socket: Socket): void => {
    const status = row.values[SLOT.status] as number;
    if (status === STATUS.pending || !complete(socket.connect, row.id)) return;
    if (!isSuccess(status)) {
      tools.failed(failedCall(row, socket, "connect", null, remotes.text(socket.remote)));
      return;
    }
    // A socket from before the trace may have been bound there: only one whose past is known takes its port here.
    const isKnown = socket.wasCreated || socket.wasBound;
    if (isKnown && socket.isInternet && !socket.holdsPort)
      table.takePort(socket, row.ticks, { isExplicit: false, isDeferred: true });
    table.connected(socket);
  };

  const onConnect = (row: EventRow): void => {
    const enterExit = row.values[SLOT.enterExit];
    if (enterExit === EXIT) connectCompleted(row, liveSocket(row));
    if (enterExit !== ENTER) return;
    const socket = liveSocket(row);
    processes.inferPid(socket.process, row.processId);
    const isNew = begin(socket.connect, row.id);
    if (isNew) socket.remote = NO_REMOTE;
    if (!hasAddress(row)) return;
    socket.remote = remotes.ofSockaddr(
      row.view,
      row.values[SLOT.address] as number,
      row.values[SLOT.address + 1] as number,
    );
    tools.connectRequested(socket.remote);
  };

  const onRelease = ({ values, ticks, processId }: EventRow): void => {
    const stranger = table.release(values[SLOT.endpoint] as number, values[SLOT.process] as number, ticks);
    const isCallersThread = values[SLOT.enterExit] === ENTER && processId !== SYSTEM_PID;
    if (stranger !== null && isCallersThread) processes.inferPid(stranger, processId);
  };

  const onListen = (row: EventRow): void => {
    const status = row.values[SLOT.status] as number;
    if (row.values[SLOT.enterExit] !== EXIT || isSuccess(status) || status === STATUS.pending) return;
    tools.failed(failedCall(row, liveSocket(row), "listen", null, null));
  };

  return [
    { provider: AFD, ids: [ID.create], on: onCreate },
    {
      provider: AFD,
      ids: [ID.close, ID.cleanup],
      on: onRelease,
    },
    { provider: AFD, ids: [ID.bind, ID.bindAddress], on: onBind },
    { provider: AFD, ids: [ID.connect, ID.connectAddress, ID.connectEx, ID.connectExAddress], on: onConnect },
    { provider: AFD, ids: [ID.listen], on: onListen },
    { provider: AFD, ids: [ID.disconnect], on: (row) => table.peerClosed(liveSocket(row)) },
  ];
};
