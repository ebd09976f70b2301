/**
 * Binds as AFD logs them. The address on the request is what the program asked for (port 0: any), the one on the
 * completion what it got. A completion without a port means that the port is chosen at connect.
 */
import { PORT_UNKNOWN } from "../model/call.ts";
import { isSuccess, STATUS } from "../model/ntstatus.ts";
import { SLOT } from "../providers/slots.ts";
import { addressText, ENTER, EXIT, failedCall, portOf, showsAddress, socketOf } from "./afd-row.ts";
import { begin, complete } from "./call-state.ts";
import type { Socket } from "./socket-table.ts";
import type { SocketTools } from "./socket-tools.ts";
import type { EventRow } from "./subscription.ts";

const requested = (tools: SocketTools, row: EventRow): void => {
  const socket = socketOf(tools, row);
  tools.processes.inferPid(socket.process, row.processId);
  if (begin(socket.bind, row.id)) {
    tools.binds.attempted += 1;
    socket.requestedPort = PORT_UNKNOWN;
  }
  if (!showsAddress(row)) return;
  socket.requestedPort = portOf(row);
  tools.binds.withPort += 1;
};

const failed = (tools: SocketTools, row: EventRow, socket: Socket): void => {
  tools.binds.failed += 1;
  const requestedPort = socket.requestedPort === PORT_UNKNOWN ? portOf(row) : socket.requestedPort;
  tools.failed(failedCall(row, socket, { operation: "bind", requestedPort, local: addressText(row) }));
};

const succeeded = (tools: SocketTools, row: EventRow, socket: Socket): void => {
  tools.binds.succeeded += 1;
  socket.wasBound = true;
  const port = portOf(row);
  if (port > 0) tools.portSeen(port, socket.protocol);
  // Without an address nothing tells whether the choice of the port was put off; that it was is the exception.
  const tookPort = socket.isInternet && (port > 0 || !showsAddress(row));
  if (tookPort && port <= 0) tools.portTaken(PORT_UNKNOWN, socket.protocol);
  if (tookPort) tools.table.bound(socket, row.ticks, Math.max(0, socket.requestedPort));
};

const completed = (tools: SocketTools, row: EventRow): void => {
  const socket = socketOf(tools, row);
  const status = row.values[SLOT.status] as number;
  if (status === STATUS.pending || !complete(socket.bind, row.id)) return;
  if (isSuccess(status)) succeeded(tools, row, socket);
  else failed(tools, row, socket);
};

export const onBind = (tools: SocketTools, row: EventRow): void => {
  const enterExit = row.values[SLOT.enterExit];
  if (enterExit === ENTER) requested(tools, row);
  else if (enterExit === EXIT) completed(tools, row);
};
