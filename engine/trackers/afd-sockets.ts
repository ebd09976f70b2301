/**
 * Reads the AFD events of Windows 7 and later (ids 1000 and up) as steps in the life of a socket. Binds and connects have
 * files of their own. The status counts on completions only, so that no call is counted twice.
 */

import { isSuccess, STATUS } from "../model/ntstatus.ts";
import { KERNEL_PID } from "../model/process.ts";
import { socketKind } from "../model/protocol.ts";
import { AFD } from "../providers/afd.ts";
import { SLOT } from "../providers/slots.ts";
import { onBind } from "./afd-binds.ts";
import { onConnect } from "./afd-connects.ts";
import { AFD_ID, ENTER, EXIT, failedCall, socketOf } from "./afd-row.ts";
import type { SocketTools } from "./socket-tools.ts";
import type { EventRow, Subscription } from "./subscription.ts";

const begins = ({ table }: SocketTools, { values, ticks }: EventRow, isCreating: boolean): void => {
  const kind = socketKind(
    values[SLOT.addressFamily] as number,
    values[SLOT.socketType] as number,
    values[SLOT.protocol] as number,
  );
  const socket = table.create(values[SLOT.endpoint] as number, values[SLOT.process] as number, kind, ticks);
  socket.isModern = true;
  socket.isCreating = isCreating;
};

/** A completion belongs to the request before it; one without a request begins a socket, since the request was lost. */
const onCreate = (tools: SocketTools, row: EventRow): void => {
  const endpoint = row.values[SLOT.endpoint] as number;
  const enterExit = row.values[SLOT.enterExit];
  if (endpoint === 0) return;
  if (enterExit === ENTER) begins(tools, row, true);
  if (enterExit !== EXIT) return;
  const socket = tools.table.find(endpoint);
  const isSucceeding = isSuccess(row.values[SLOT.status] as number);
  if (socket?.isCreating !== true) {
    if (isSucceeding) begins(tools, row, false);
    return;
  }
  socket.isCreating = false;
  if (!isSucceeding) tools.table.discard(socket);
};

const onRelease = ({ table, processes }: SocketTools, { values, ticks, processId }: EventRow): void => {
  const stranger = table.release(values[SLOT.endpoint] as number, values[SLOT.process] as number, ticks);
  // The kernel's own threads close sockets for others.
  const isCallersThread = values[SLOT.enterExit] === ENTER && processId !== KERNEL_PID;
  if (stranger !== null && isCallersThread) processes.inferPid(stranger, processId);
};

const onListen = (tools: SocketTools, row: EventRow): void => {
  const status = row.values[SLOT.status] as number;
  if (row.values[SLOT.enterExit] !== EXIT || isSuccess(status) || status === STATUS.pending) return;
  tools.failed(failedCall(row, socketOf(tools, row), { operation: "listen" }));
};

const onDisconnect = (tools: SocketTools, row: EventRow): void => tools.table.peerClosed(socketOf(tools, row));

export const afdSocketSubscriptions = (tools: SocketTools): readonly Subscription[] => {
  const subscribe = (ids: readonly number[], on: (tools: SocketTools, row: EventRow) => void): Subscription => ({
    provider: AFD,
    ids,
    on: (row) => on(tools, row),
  });
  return [
    subscribe([AFD_ID.create], onCreate),
    subscribe([AFD_ID.close, AFD_ID.cleanup], onRelease),
    subscribe([AFD_ID.bind, AFD_ID.bindAddress], onBind),
    subscribe([AFD_ID.connect, AFD_ID.connectAddress, AFD_ID.connectEx, AFD_ID.connectExAddress], onConnect),
    subscribe([AFD_ID.listen], onListen),
    subscribe([AFD_ID.disconnect], onDisconnect),
  ];
};
