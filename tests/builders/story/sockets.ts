// Sockets: the calls that programs make, as AFD traces them. A call is an enter record (EnterExit 0) in the
// caller's context and an exit record (1) that may run in anybody's (etl-format 3.1, 4.1). Connects and closes
// complete in a stranger's context here on purpose: an analysis that trusts the header's PID goes wrong.

import { layoutOf } from "../layout-table.ts";
import type { FieldValues } from "../payload.ts";
import { type Endpoint, familyOf, socketAddress } from "../socket-address.ts";
import {
  type Context,
  exitOf,
  kernelObject,
  logManifest,
  nextCall,
  type Process,
  type Story,
  strangerTo,
  threadOf,
} from "../story.ts";

export type Protocol = "tcp" | "udp";

export type Socket = {
  readonly process: Process;
  readonly protocol: Protocol;
  readonly endpoint: bigint;
  /** The transport's own object below AFD's endpoint. */
  readonly transport: bigint;
  readonly local: string;
  /** 0 as long as it has none. */
  port: number;
  remote: Endpoint | null;
  /** Whether the port came from the dynamic range. */
  dynamic: boolean;
};

export type SocketOptions = {
  readonly protocol?: Protocol;
  /** Local address, which also gives the family; the wildcard if left out. */
  readonly local?: string;
  /** An endpoint address that was freed before, as the pool allocator likes to give back. */
  readonly endpoint?: bigint;
};

export const EXIT = 1;
export const ENTER = 0;
/** Caused by the TCP/IP driver, not by a call. */
const INDICATION = 3;

/** Endpoint states of the opcode map: what the descriptor carries, and what no reader may key on. */
const OPCODE = { open: 10, bound: 11, connected: 12, closed: 15 } as const;

const LOCATION: Readonly<Record<number, readonly [number, number]>> = {
  1000: [1002, 1012],
  1001: [2000, 2001],
  1002: [2002, 2003],
  1017: [5023, 5100],
  1018: [5023, 5100],
  1020: [5031, 5101],
  1021: [5031, 5101],
  1027: [6100, 6101],
  1029: [7010, 7022],
  1030: [7010, 7022],
  1037: [7100, 7101],
};

/** Nothing where the session does not listen to AFD. */
export const afd = (
  tale: Story,
  context: Context,
  socket: Socket,
  id: number,
  enterExit: number,
  values: FieldValues = {},
): void => {
  if (tale.options.witness === "tcpip") return;
  const [enter, exit] = LOCATION[id] ?? [3000, 3001];
  const common = {
    EnterExit: enterExit,
    Location: enterExit === ENTER ? enter : exit,
    Process: socket.process.eprocess,
    Endpoint: socket.endpoint,
  };
  logManifest(
    tale,
    context,
    layoutOf("afd", id, 0),
    { ...common, ...values },
    {
      bits: socket.process.bits,
      opcode: socket.remote !== null ? OPCODE.connected : socket.port > 0 ? OPCODE.bound : OPCODE.open,
      keyword: 0x8000_0000_0000_0004n,
    },
  );
};

/** A socket that exists; no event tells of it. */
export const silentSocket = (tale: Story, process: Process, options: SocketOptions = {}): Socket => ({
  process,
  protocol: options.protocol ?? "tcp",
  endpoint: options.endpoint ?? kernelObject(tale, process.bits),
  transport: kernelObject(tale, process.bits),
  local: options.local ?? "0.0.0.0",
  port: 0,
  remote: null,
  dynamic: false,
});

export const opens = (tale: Story, process: Process, options: SocketOptions = {}): Socket => {
  nextCall(tale);
  const socket = silentSocket(tale, process, options);
  const values = {
    AddressFamily: familyOf(socket.local),
    SocketType: socket.protocol === "tcp" ? 1 : 2,
    Protocol: socket.protocol === "tcp" ? 6 : 17,
    ProcessId: process.processId,
  };
  const context = threadOf(tale, process);
  afd(tale, context, socket, 1000, ENTER, values);
  afd(tale, exitOf(tale, context, process), socket, 1000, EXIT, values);
  return socket;
};

export const localAddress = (socket: Socket, port: number): Uint8Array =>
  socketAddress({ address: socket.local, port });

export const listens = (tale: Story, socket: Socket): void => {
  nextCall(tale);
  const context = threadOf(tale, socket.process);
  afd(tale, context, socket, 1037, ENTER, { Backlog: 128 });
  afd(tale, context, socket, 1037, EXIT, { Backlog: 128 });
};

/** An accepted connection lives on the listener's port and takes none of its own. */
export const accepts = (tale: Story, listener: Socket, remote: Endpoint): Socket => {
  const accepted = opens(tale, listener.process, { local: listener.local });
  const values = { Address: socketAddress(remote), AcceptEndpoint: accepted.endpoint };
  afd(tale, threadOf(tale, listener.process), listener, 1027, ENTER, {});
  accepted.remote = remote;
  afd(tale, strangerTo(tale, listener.process), listener, 1027, EXIT, values);
  return accepted;
};

export const peerCloses = (tale: Story, socket: Socket): void => {
  nextCall(tale);
  afd(tale, strangerTo(tale, socket.process), socket, 3006, INDICATION, {});
};

/** One send and one receive: the bulk of a real trace, and nothing to do with ports. */
export const talks = (tale: Story, socket: Socket): void => {
  nextCall(tale);
  const context = threadOf(tale, socket.process);
  const values = { BufferCount: 1, Buffer: 0x1_4a20_7c00n, BufferLength: 512 };
  for (const id of [1003, 1004]) {
    afd(tale, context, socket, id, ENTER, values);
    afd(tale, strangerTo(tale, socket.process), socket, id, EXIT, values);
  }
};
