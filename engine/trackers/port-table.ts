/** Ports as TCPIP shows them, one entry a port and transport: for traces without AFD events, where no socket is known. */
import type { TrackedProcess } from "../model/process.ts";
import { PORTS } from "../model/port.ts";
import type { Protocol } from "../model/protocol.ts";
import { type Socket, type SocketObserver, unseenSocket } from "./socket-table.ts";

export interface PortTable {
  readonly take: (
    port: number,
    protocol: Protocol,
    process: TrackedProcess,
    ticks: number,
    isDeferred: boolean,
  ) => void;
  readonly connected: (port: number) => void;
  readonly release: (port: number, protocol: Protocol, ticks: number) => void;
}

const keyOf = (port: number, protocol: Protocol): number => port + (protocol === "udp" ? PORTS : 0);

export const createPortTable = (observer: SocketObserver): PortTable => {
  const sockets: (Socket | undefined)[] = new Array(PORTS * 2).fill(undefined);
  return {
    take: (port, protocol, process, ticks, isDeferred) => {
      const key = keyOf(port, protocol);
      if (sockets[key] !== undefined) return;
      const socket: Socket = {
        ...unseenSocket(key, process.eprocess ?? 0, process),
        protocol,
        wasBound: true,
        holdsPort: true,
        isDeferred,
      };
      sockets[key] = socket;
      observer.opened(socket, ticks);
    },
    connected: (port) => {
      const socket = sockets[keyOf(port, "tcp")];
      if (socket === undefined || socket.isConnected) return;
      socket.isConnected = true;
      observer.connected(socket);
    },
    release: (port, protocol, ticks) => {
      if (port <= 0) return;
      const key = keyOf(port, protocol);
      const socket = sockets[key];
      if (socket === undefined) return;
      sockets[key] = undefined;
      observer.closed(socket, ticks);
    },
  };
};
