// What programs do with sockets, many at a time, and what of it takes a port (domain 3.2 and 3.3): a bind or a connect takes
// one, an accept takes none, a close gives it back, at once or after TIME_WAIT.

import { type End, type Family, type Machine, type Process, type Protocol, type Socket, tick } from "../machine.ts";
import { newObject } from "./handles.ts";
import { takePorts } from "./ports.ts";

const WEB: Readonly<Record<Family, End>> = {
  ipv4: { address: "10.0.0.80", port: 443 },
  ipv6: { address: "2001:db8::80", port: 443 },
};

const OWN = { ipv4: "192.168.7.20", ipv6: "2001:db8:7::20" } as const;
const ANY = { ipv4: "0.0.0.0", ipv6: "::" } as const;
const PEERS = { ipv4: "10.9.", ipv6: "2001:db8:9::" } as const;

export type SocketOptions = {
  readonly protocol?: Protocol;
  readonly family?: Family;
  /** Asked for by number, one after the other from here; else Windows chooses. */
  readonly fromPort?: number;
  readonly address?: string;
};

export type ConnectOptions = SocketOptions & {
  readonly to?: End;
  /** ConnectEx needs a bind before it, whose row stays in the bound table. */
  readonly how?: "connect" | "connectEx";
};

const KERNEL = 4;

type Opening = Pick<Socket, "local" | "remote" | "state"> & Partial<Pick<Socket, "hasBoundTwin" | "isAccepted">>;

const open = (box: Machine, owner: Process, options: SocketOptions, opening: Opening): Socket => {
  const socket: Socket = {
    protocol: options.protocol ?? "tcp",
    // Sockets of the kernel have no handle that a program could see.
    object: newObject(box, owner.processId === KERNEL ? null : owner, "socket", "\\Device\\Afd"),
    creator: owner.processId,
    created: tick(box),
    isExplicit: options.fromPort !== undefined,
    hasBoundTwin: false,
    isAccepted: false,
    ...opening,
  };
  box.sockets.push(socket);
  return socket;
};

const portsFor = (box: Machine, count: number, options: SocketOptions): readonly number[] => {
  const { protocol = "tcp", family = "ipv4", fromPort } = options;
  if (fromPort === undefined) return takePorts(box, protocol, family, count);
  const ports = Array.from({ length: count }, (_, index) => fromPort + index);
  for (const port of ports) box.taken[protocol].add(port);
  return ports;
};

/** Bound and no more: TCP sockets in no table but the bound one, UDP sockets in theirs. */
export const binds = (box: Machine, owner: Process, count: number, options: SocketOptions = {}): readonly Socket[] =>
  portsFor(box, count, options).map((port) =>
    open(box, owner, options, {
      local: { address: options.address ?? ANY[options.family ?? "ipv4"], port },
      remote: null,
      state: options.protocol === "udp" ? "udp" : "bound",
    }),
  );

export const listens = (box: Machine, owner: Process, count: number, options: SocketOptions = {}): readonly Socket[] =>
  portsFor(box, count, options).map((port) =>
    open(box, owner, options, {
      local: { address: options.address ?? ANY[options.family ?? "ipv4"], port },
      remote: null,
      state: "listening",
    }),
  );

export const connects = (
  box: Machine,
  owner: Process,
  count: number,
  options: ConnectOptions = {},
): readonly Socket[] =>
  portsFor(box, count, options).map((port) =>
    open(box, owner, options, {
      local: { address: options.address ?? OWN[options.family ?? "ipv4"], port },
      remote: options.to ?? WEB[options.family ?? "ipv4"],
      state: "established",
      hasBoundTwin: options.how !== "connect",
    }),
  );

const FIRST_PEER_PORT = 20_000;

/** Connections of others to a listener: on its port, each from another peer. */
export const accepts = (box: Machine, listener: Socket, count: number, by?: Process): readonly Socket[] => {
  const owner = by ?? ownerOf(box, listener);
  const family = listener.local.address.includes(":") ? "ipv6" : "ipv4";
  return Array.from({ length: count }, (_, index) => {
    const peer =
      family === "ipv4" ? `${PEERS.ipv4}${index >> 8}.${index & 0xff}` : `${PEERS.ipv6}${index.toString(16)}`;
    return open(
      box,
      owner,
      { family },
      {
        local: { address: OWN[family], port: listener.local.port },
        remote: { address: peer, port: FIRST_PEER_PORT + (index % 40_000) },
        state: "established",
        isAccepted: true,
      },
    );
  });
};

const ownerOf = (box: Machine, { creator }: Socket): Process => {
  const owner = box.processes.find(({ processId }) => processId === creator);
  if (owner === undefined) throw new RangeError(`PID ${creator} does not run any more`);
  return owner;
};

const become = (sockets: readonly Socket[], state: Socket["state"]): void => {
  for (const socket of sockets) socket.state = state;
};

/** The peer ends its side; the process does not notice. */
export const peerCloses = (sockets: readonly Socket[]): void => become(sockets, "closeWait");

/** The peer does not answer. */
export const hangs = (sockets: readonly Socket[]): void => become(sockets, "synSent");

/** The handles go, and the connection with them: first here, so it waits here; or to the end that the peer began. */
export const closes = (box: Machine, sockets: readonly Socket[]): void => {
  tick(box);
  for (const { object } of sockets) object.handles.splice(0);
  closesForGood(box);
};

/** This side has closed, the peer has not: the row stays, with its old PID and no handle. */
export const halfCloses = (sockets: readonly Socket[]): void => {
  for (const socket of sockets) {
    socket.object.handles.splice(0);
    socket.hasBoundTwin = false;
    socket.state = "finWait2";
  }
};

/** Connections made and closed at once: what is left is TIME_WAIT. */
export const visits = (
  box: Machine,
  owner: Process,
  count: number,
  options: ConnectOptions = {},
): readonly Socket[] => {
  const sockets = connects(box, owner, count, options);
  closes(box, sockets);
  return sockets;
};

const LIVES_WITHOUT_HANDLE: ReadonlySet<Socket["state"]> = new Set(["timeWait", "finWait1", "finWait2", "lastAck"]);

/** What nobody has a handle to any more: connections go into TIME_WAIT, the rest is gone. */
export const closesForGood = (box: Machine): void => {
  const kept = box.sockets.filter((socket) => {
    if (socket.object.handles.length > 0 || socket.creator === KERNEL || LIVES_WITHOUT_HANDLE.has(socket.state))
      return true;
    if (socket.state === "established") {
      socket.state = "timeWait";
      socket.hasBoundTwin = false;
      return true;
    }
    if (!socket.isAccepted) box.taken[socket.protocol].delete(socket.local.port);
    return false;
  });
  box.sockets.splice(0, box.sockets.length, ...kept);
};
