/** Connects as AFD logs them: the remote address is on the request, the status on the completion. */
import { isSuccess, STATUS } from "../model/ntstatus.ts";
import { SLOT } from "../providers/slots.ts";
import { ENTER, EXIT, failedCall, hasAddress, socketOf } from "./afd-row.ts";
import { begin, complete } from "./call-state.ts";
import { NO_REMOTE } from "./remotes.ts";
import type { SocketTools } from "./socket-tools.ts";
import type { EventRow } from "./subscription.ts";

const requested = (tools: SocketTools, row: EventRow): void => {
  const { processes, remotes } = tools;
  const { values, view } = row;
  const socket = socketOf(tools, row);
  processes.inferPid(socket.process, row.processId);
  if (begin(socket.connect, row.id)) socket.remote = NO_REMOTE;
  if (!hasAddress(row)) return;
  socket.remote = remotes.ofSockaddr(view, values[SLOT.address] as number, values[SLOT.address + 1] as number);
  tools.connectRequested(socket.remote, socket.process);
};

const completed = (tools: SocketTools, row: EventRow): void => {
  const socket = socketOf(tools, row);
  const status = row.values[SLOT.status] as number;
  if (status === STATUS.pending || !complete(socket.connect, row.id)) return;
  if (isSuccess(status)) tools.table.connected(socket, row.ticks);
  else tools.failed(failedCall(row, socket, { operation: "connect", remote: tools.remotes.text(socket.remote) }));
};

export const onConnect = (tools: SocketTools, row: EventRow): void => {
  const enterExit = row.values[SLOT.enterExit];
  if (enterExit === ENTER) requested(tools, row);
  else if (enterExit === EXIT) completed(tools, row);
};
