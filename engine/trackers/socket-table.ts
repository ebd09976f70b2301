/**
 * The life of every AFD endpoint: created, bound, connected, released, and whether it holds a port. Takes the steps that
 * both generations of AFD events describe, tells its observer what changed.
 *
 * Endpoint addresses are reused: a create begins a new life. A port counts as given back at the first of close and
 * cleanup, whichever is logged first. Sockets without a create were open before the trace.
 */
import { createPointerMap } from "../bytes/pointer-map.ts";
import type { TrackedProcess } from "../model/process.ts";
import { PORTS } from "../model/port.ts";
import type { Protocol } from "../model/protocol.ts";
import type { CallState } from "./call-state.ts";
import { createSharedPorts, type SharedPort } from "./shared-ports.ts";

export interface Socket {
  readonly endpoint: number;
  readonly process: TrackedProcess;
  /** EPROCESS of its owner: an event of another owner at the same address is about another socket. */
  readonly eprocess: number;
  protocol: Protocol;
  /** IPv4 or IPv6 as far as known: sockets of other families (AF_UNIX, Hyper-V) take no port. */
  readonly isInternet: boolean;
  /** Events of ids 1000 and higher describe it, so that those of the Vista generation would tell the same again. */
  isModern: boolean;
  /** Its create is in the trace. */
  readonly wasCreated: boolean;
  /** The create's completion is still to come. */
  isCreating: boolean;
  /** It took a port in the trace, or tried to. */
  wasBound: boolean;
  holdsPort: boolean;
  isExplicit: boolean;
  isDeferred: boolean;
  isConnected: boolean;
  isPeerClosed: boolean;
  /** Set where it was bound to a port by number: several sockets of a process may share that (SO_REUSEADDR). */
  sharedPort: SharedPort<Socket> | null;
  readonly bind: CallState;
  readonly connect: CallState;
  /** Port asked for by the bind under way. */
  requestedPort: number;
  /** Remote endpoint of the connect under way, as the remote table numbers it; -1 for none. */
  remote: number;
  /** A failed bind that the Vista generation may report a second time: its event id and status. */
  failedId: number;
  failedStatus: number;
}

export interface SocketKind {
  readonly protocol: Protocol;
  readonly isInternet: boolean;
}

export interface SocketObserver {
  readonly opened: (socket: Socket, ticks: number) => void;
  /** It held a port, which is free now (or in TIME_WAIT). */
  readonly closed: (socket: Socket, ticks: number) => void;
  readonly connected: (socket: Socket) => void;
  readonly peerClosed: (socket: Socket) => void;
  /** A socket from before the trace was closed. */
  readonly closedFromBeforeTrace: (process: TrackedProcess, ticks: number) => void;
}

export interface SocketTable {
  readonly create: (endpoint: number, eprocess: number, kind: SocketKind, ticks: number) => Socket;
  /** The live socket at an address; one from before the trace is made where there is none. */
  readonly live: (endpoint: number, eprocess: number, ticks: number) => Socket;
  /** As `live`, null where there is none. */
  readonly find: (endpoint: number) => Socket | null;
  readonly discard: (socket: Socket) => void;
  /** A bind gave it a port; `explicitPort` is the number that the program asked for, 0 where it took any. */
  readonly bound: (socket: Socket, ticks: number, explicitPort: number) => void;
  /** A connect succeeded. A socket without a port got it here, unless it is from before the trace and may have had one. */
  readonly connected: (socket: Socket, ticks: number) => void;
  readonly peerClosed: (socket: Socket) => void;
  /** Returns the owner where the socket was not known: one from before the trace. */
  readonly release: (endpoint: number, eprocess: number, ticks: number) => TrackedProcess | null;
  /** Sockets with a port whose address was used by another socket without a close: their close was lost. */
  readonly lostCloses: () => number;
}

/** Closed endpoints remembered, so that the cleanup after a close is not taken for a socket from before the trace. */
const REMEMBERED_CLOSES = 2048;

/** What is assumed of a socket from before the trace. */
const UNSEEN: SocketKind = { protocol: "unknown", isInternet: true };

const newSocket = (
  endpoint: number,
  eprocess: number,
  process: TrackedProcess,
  { protocol, isInternet }: SocketKind,
  wasCreated: boolean,
): Socket => ({
  endpoint,
  eprocess,
  process,
  protocol,
  isInternet,
  isModern: false,
  wasCreated,
  isCreating: false,
  wasBound: false,
  holdsPort: false,
  isExplicit: false,
  isDeferred: false,
  isConnected: false,
  isPeerClosed: false,
  sharedPort: null,
  bind: { requestId: 0, completionId: 0 },
  connect: { requestId: 0, completionId: 0 },
  requestedPort: -1,
  remote: -1,
  failedId: 0,
  failedStatus: 0,
});

export const unseenSocket = (endpoint: number, eprocess: number, process: TrackedProcess): Socket =>
  newSocket(endpoint, eprocess, process, UNSEEN, false);

const NOBODY: TrackedProcess = {
  index: -1,
  eprocess: null,
  processId: null,
  name: null,
  firstTicks: 0,
  isInferred: false,
  isStarted: false,
  endedTicks: 0,
  mergedInto: null,
  inferredFrom: null,
};

/** Stands at the address of a socket that was closed, until the address is used again. */
const RELEASED: Socket = newSocket(0, 0, NOBODY, UNSEEN, false);

export const createSocketTable = (
  ownerOf: (eprocess: number) => TrackedProcess,
  observer: SocketObserver,
): SocketTable => {
  const sockets = createPointerMap<Socket>();
  const remembered = new Float64Array(REMEMBERED_CLOSES);
  let nextRemembered = 0;
  const sharedPorts = createSharedPorts<Socket>();
  let lostCloses = 0;

  const add = (socket: Socket): Socket => {
    sockets.set(socket.endpoint, socket);
    return socket;
  };

  /** Puts the mark of a released socket in place of the socket, which is garbage from here on. */
  const remember = ({ endpoint }: Socket): void => {
    const oldest = remembered[nextRemembered] as number;
    if (sockets.get(oldest) === RELEASED) sockets.delete(oldest);
    remembered[nextRemembered] = endpoint;
    nextRemembered = (nextRemembered + 1) % REMEMBERED_CLOSES;
    sockets.set(endpoint, RELEASED);
  };

  const close = (socket: Socket, ticks: number): void => {
    const alone = socket.holdsPort ? socket : null;
    const free = socket.sharedPort === null ? alone : sharedPorts.leave(socket.sharedPort);
    if (free !== null) observer.closed(free, ticks);
    socket.holdsPort = false;
    if (!socket.wasCreated && !socket.wasBound) observer.closedFromBeforeTrace(socket.process, ticks);
    remember(socket);
  };

  const takePort = (socket: Socket, ticks: number): void => {
    socket.wasBound = true;
    socket.holdsPort = true;
    observer.opened(socket, ticks);
  };

  /** Takes a port by number; only the first of a process's sockets on it counts. */
  const sharePort = (socket: Socket, port: number, ticks: number): void => {
    const transport = socket.process.index * 2 + (socket.protocol === "udp" ? 1 : 0);
    socket.sharedPort = sharedPorts.join(transport * PORTS + port, socket);
    if (socket.sharedPort.holder === socket) takePort(socket, ticks);
  };

  /** Ends a socket whose close is not in the trace. */
  const replace = (old: Socket, ticks: number): void => {
    if (old.holdsPort || old.sharedPort !== null) lostCloses += 1;
    close(old, ticks);
  };

  return {
    create: (endpoint, eprocess, kind, ticks) => {
      const old = sockets.get(endpoint);
      if (old !== undefined && old !== RELEASED) replace(old, ticks);
      return add(newSocket(endpoint, eprocess, ownerOf(eprocess), kind, true));
    },
    live: (endpoint, eprocess, ticks) => {
      const socket = sockets.get(endpoint);
      if (socket !== undefined && socket !== RELEASED) {
        if (socket.eprocess === eprocess) return socket;
        replace(socket, ticks);
      }
      return add(unseenSocket(endpoint, eprocess, ownerOf(eprocess)));
    },
    find: (endpoint) => {
      const socket = sockets.get(endpoint);
      return socket === undefined || socket === RELEASED ? null : socket;
    },
    discard: remember,
    bound: (socket, ticks, explicitPort) => {
      if (socket.holdsPort || socket.sharedPort !== null) return;
      socket.isExplicit = explicitPort > 0;
      if (explicitPort > 0) sharePort(socket, explicitPort, ticks);
      else takePort(socket, ticks);
    },
    connected: (socket, ticks) => {
      const isKnown = socket.wasCreated || socket.wasBound;
      if (isKnown && socket.isInternet && !socket.holdsPort && socket.sharedPort === null) {
        socket.isDeferred = true;
        takePort(socket, ticks);
      }
      if (socket.isConnected) return;
      socket.isConnected = true;
      observer.connected(socket);
    },
    peerClosed: (socket) => {
      if (socket.isPeerClosed) return;
      socket.isPeerClosed = true;
      observer.peerClosed(socket);
    },
    release: (endpoint, eprocess, ticks) => {
      const socket = sockets.get(endpoint);
      if (socket === RELEASED) return null;
      if (socket !== undefined && socket.eprocess === eprocess) {
        close(socket, ticks);
        return null;
      }
      if (socket !== undefined) replace(socket, ticks);
      const stranger = unseenSocket(endpoint, eprocess, ownerOf(eprocess));
      close(stranger, ticks);
      return stranger.process;
    },
    lostCloses: () => lostCloses,
  };
};
