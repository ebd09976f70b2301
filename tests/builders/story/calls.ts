// The three calls that take and give ports: bind, connect, close. What they find in the machine's pool decides
// how they end; TCPIP's records of the same call stand between AFD's enter and exit, on the same thread.

import { SECOND } from "../filetime.ts";
import { type Endpoint, socketAddress } from "../socket-address.ts";
import { type Context, exitOf, nextCall, type Story, strangerTo, threadOf } from "../story.ts";
import { givePort, takePort } from "./ports.ts";
import { afd, ENTER, EXIT, localAddress, type Socket } from "./sockets.ts";
import { STATUS } from "./statuses.ts";
import {
  ACQUIRE_PORT,
  barePort,
  CONNECT_COMPLETE,
  CONNECT_FAILED,
  CONNECT_PORT_FAILED,
  DEFER_PORT,
  ownerValues,
  RELEASE_PORT,
  STATE_CHANGE,
  TCP_STATE,
  TCPIP_EVENT,
  tcpip,
} from "./tcpip.ts";

export type BindOptions = {
  /** A port asked for by number. */
  readonly port?: number;
  /** How the call ends if that is not for the pool to say. */
  readonly status?: number;
  /** The port is chosen at connect, as SO_REUSE_UNICASTPORT asks for. */
  readonly deferred?: boolean;
  /** The call ends in AfdBind (1029), which has no address. */
  readonly plainExit?: boolean;
};

const ledgerValues = (tale: Story, socket: Socket): Record<string, bigint | number> => ({
  PortAcquirer: socket.transport,
  PortNumber: barePort(tale, socket.port),
  OriginalAcquirer: socket.transport,
});

const logBind = (tale: Story, context: Context, socket: Socket, requested: number, status: number): void => {
  const events = TCPIP_EVENT[socket.protocol];
  const failed = status !== STATUS.success;
  const values = {
    Endpoint: socket.transport,
    LocalAddress: localAddress(socket, failed ? requested : socket.port),
    Status: status,
    ...ownerValues(socket.process),
  };
  if (!failed && socket.port === 0) tcpip(tale, context, DEFER_PORT, values);
  if (!failed && socket.port > 0 && socket.protocol === "tcp") {
    tcpip(tale, context, ACQUIRE_PORT, ledgerValues(tale, socket));
  }
  tcpip(tale, context, failed ? events.bindFailed : events.bound, values);
};

/** Gives the socket a port of the pool and says how that went. */
const takeDynamic = (tale: Story, socket: Socket): number => {
  const port = takePort(tale.pools[socket.protocol], tale.now);
  if (port === null) return STATUS.tooManyAddresses;
  socket.port = port;
  socket.dynamic = true;
  return STATUS.success;
};

const takeRequested = (tale: Story, socket: Socket, options: BindOptions): number => {
  if (options.status !== undefined && options.status !== STATUS.success) return options.status;
  if (options.deferred === true) return STATUS.success;
  if (options.port === undefined) return takeDynamic(tale, socket);
  socket.port = options.port;
  return STATUS.success;
};

/** Returns the status the program sees. */
export const binds = (tale: Story, socket: Socket, options: BindOptions = {}): number => {
  nextCall(tale);
  const context = threadOf(tale, socket.process);
  const requested = options.port ?? 0;
  afd(tale, context, socket, 1030, ENTER, { Address: localAddress(socket, requested) });
  const status = takeRequested(tale, socket, options);
  logBind(tale, context, socket, requested, status);
  const exit = exitOf(tale, context, socket.process);
  if (options.plainExit === true) {
    afd(tale, exit, socket, 1029, EXIT, { Status: status });
    return status;
  }
  const address = localAddress(socket, status === STATUS.success ? socket.port : requested);
  afd(tale, exit, socket, 1030, EXIT, { Status: status, Address: address });
  return status;
};

export type ConnectOptions = {
  readonly status?: number;
  /** ConnectEx, which needs a bound socket; plain connect binds by itself. */
  readonly ex?: boolean;
};

const logConnect = (tale: Story, context: Context, socket: Socket, remote: Endpoint, status: number): void => {
  const failure =
    status === STATUS.tooManyAddresses || status === STATUS.addressAlreadyExists ? CONNECT_PORT_FAILED : CONNECT_FAILED;
  const id = status === STATUS.success ? CONNECT_COMPLETE : failure;
  tcpip(tale, context, id, {
    LocalAddress: localAddress(socket, socket.port),
    RemoteAddress: socketAddress(remote),
    Status: status,
    Compartment: 1,
    Tcb: socket.transport,
    ...ownerValues(socket.process),
  });
};

const connectStatus = (tale: Story, context: Context, socket: Socket, options: ConnectOptions): number => {
  if (options.status !== undefined && options.status !== STATUS.success) return options.status;
  if (socket.port > 0) return STATUS.success;
  const status = takeDynamic(tale, socket);
  if (status === STATUS.success) tcpip(tale, context, ACQUIRE_PORT, ledgerValues(tale, socket));
  return status;
};

/** Returns the status the program sees. */
export const connects = (tale: Story, socket: Socket, remote: Endpoint, options: ConnectOptions = {}): number => {
  nextCall(tale);
  const context = threadOf(tale, socket.process);
  const [withAddress, plain] = options.ex === true ? [1021, 1020] : [1018, 1017];
  afd(tale, context, socket, withAddress, ENTER, { Address: socketAddress(remote) });
  const status = connectStatus(tale, context, socket, options);
  logConnect(tale, context, socket, remote, status);
  if (status === STATUS.success) socket.remote = remote;
  afd(tale, strangerTo(tale, socket.process), socket, plain, EXIT, { Status: status });
  return status;
};

/** TIME_WAIT ends in a timer, in no process. */
const TIMER: Context = { processId: 0, threadId: 0, processor: 0 };

/** The side that closes first keeps the pair of endpoints in TIME_WAIT, and with it the port. */
const releasePort = (tale: Story, context: Context, socket: Socket): void => {
  const rests = socket.protocol === "tcp" && socket.remote !== null;
  const until = tale.now + (rests ? tale.options.timeWaitSeconds * SECOND : 0);
  if (rests) {
    const states = { OldState: TCP_STATE.established, NewState: TCP_STATE.timeWait };
    tcpip(tale, context, STATE_CHANGE, { ...states, Tcb: socket.transport });
  }
  if (socket.protocol === "tcp") {
    tcpip(tale, rests ? TIMER : context, RELEASE_PORT, ledgerValues(tale, socket), rests ? { at: until } : {});
  }
  if (socket.dynamic) givePort(tale.pools[socket.protocol], socket.port, until);
};

const logClose = (tale: Story, context: Context, socket: Socket): void => {
  const isBound = socket.port > 0;
  if (isBound) releasePort(tale, context, socket);
  const values = { Endpoint: socket.transport, LocalAddress: localAddress(socket, socket.port), Status: 0 };
  const events = TCPIP_EVENT[socket.protocol];
  tcpip(tale, context, isBound ? events.closedBound : events.closedUnbound, values);
};

export type CloseOptions = {
  /** Which of the two records of a close the trace holds, in their order. */
  readonly records?: readonly ("close" | "cleanup")[];
};

const CLOSE_ID = { close: 1001, cleanup: 1002 } as const;

export const closes = (tale: Story, socket: Socket, options: CloseOptions = {}): void => {
  nextCall(tale);
  const context = threadOf(tale, socket.process);
  for (const [index, record] of (options.records ?? ["close", "cleanup"]).entries()) {
    const id = CLOSE_ID[record];
    afd(tale, context, socket, id, ENTER);
    if (index === 0) {
      logClose(tale, context, socket);
    }
    afd(tale, strangerTo(tale, socket.process), socket, id, EXIT);
  }
};
