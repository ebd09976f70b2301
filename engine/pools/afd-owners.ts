/** AFD handles by process: what they are, and how many sockets and ports are behind them. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { AfdOwner, CaptureInspection } from "../generated/records.ts";
import type { AfdSocketUse } from "./afd-sockets.ts";

export type AfdOwnerUse = Omit<AfdOwner, "processName" | "services" | "share">;

/** One socket: by its object where Windows shows that, else by what it is bound to, where it is known to be shared. */
const socketKey = (socket: AfdSocketUse, index: number): bigint | string => {
  const { handle, protocol, address, port, state } = socket;
  if (handle.object !== null) return handle.object;
  // Accepted connections share their listener's address, so equal addresses of connections prove nothing.
  const isTold = handle.handleCount > 1 && port !== 0 && state !== "connected";
  return isTold ? `${protocol} ${address} ${port} ${state}` : `handle ${index}`;
};

interface Distinct {
  readonly socket: AfdSocketUse;
  handles: number;
}

const distinctSockets = (sockets: readonly AfdSocketUse[]): readonly Distinct[] => {
  const byKey = new Map<bigint | string, Distinct>();
  sockets.forEach((socket, index) => {
    if (socket.kind === "helper" || socket.kind === "unknown") return;
    const key = socketKey(socket, index);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { socket, handles: 1 });
    else known.handles += 1;
  });
  return [...byKey.values()];
};

const countWhere = <T>(items: readonly T[], holds: (item: T) => boolean): number => items.filter(holds).length;

/** Distinct (protocol, port); where nothing tells the protocol, that is one of its own. */
const countPorts = (bound: readonly AfdSocketUse[]): number => {
  const ports = { tcp: new Set<number>(), udp: new Set<number>(), unknown: new Set<number>() };
  for (const { protocol, port } of bound) ports[protocol ?? "unknown"].add(port);
  return ports.tcp.size + ports.udp.size + ports.unknown.size;
};

type Shared = (distinct: Distinct) => boolean;

const NOT_INSPECTED = { fileHandles: 0, inspected: 0, refused: 0, timedOut: 0, status: "not-inspected" } as const;

const useOf = (
  processId: number,
  sockets: readonly AfdSocketUse[],
  inspection: CaptureInspection | undefined,
  allHandles: number,
  isShared: Shared,
): AfdOwnerUse => {
  const distinct = distinctSockets(sockets);
  const bound = distinct.map(({ socket }) => socket).filter(({ kind }) => kind === "bound");
  const tcp = bound.filter(({ protocol }) => protocol === "tcp");
  const { fileHandles, inspected, refused, timedOut, status } = inspection ?? NOT_INSPECTED;
  return {
    processId,
    handles: sockets.length,
    sockets: distinct.length,
    ports: countPorts(bound),
    boundOnly: countWhere(tcp, ({ state }) => state === "idle"),
    connected: countWhere(tcp, ({ state }) => state === "connected"),
    listening: countWhere(tcp, ({ state }) => state === "listening"),
    udp: countWhere(bound, ({ protocol }) => protocol === "udp"),
    unbound: countWhere(distinct, ({ socket }) => socket.kind === "unbound"),
    otherSockets: countWhere(distinct, ({ socket }) => socket.kind === "other"),
    helpers: countWhere(sockets, ({ kind }) => kind === "helper"),
    unknown: countWhere(sockets, ({ kind }) => kind === "unknown"),
    shared: countWhere(distinct, isShared),
    fileHandles,
    allHandles,
    inspected,
    refused,
    timedOut,
    status,
  };
};

const groupByProcess = (sockets: readonly AfdSocketUse[]): ReadonlyMap<number, readonly AfdSocketUse[]> => {
  const groups = new Map<number, AfdSocketUse[]>();
  for (const socket of sockets) {
    const group = groups.get(socket.processId);
    if (group === undefined) groups.set(socket.processId, [socket]);
    else group.push(socket);
  }
  return groups;
};

const SEVERAL = -1;

/** Held by another process too: its object is, or there are more handles to it than this process has. */
const sharedIn = (sockets: readonly AfdSocketUse[]): Shared => {
  const processByObject = new Map<bigint, number>();
  for (const { handle, processId } of sockets) {
    if (handle.object === null) continue;
    const known = processByObject.get(handle.object);
    if (known !== processId) processByObject.set(handle.object, known === undefined ? processId : SEVERAL);
  }
  return ({ socket: { handle }, handles }) => {
    // Most sockets have all their handles in one process: no need to look further.
    if (handle.handleCount === handles) return false;
    return handle.handleCount > handles || (handle.object !== null && processByObject.get(handle.object) === SEVERAL);
  };
};

/** From a text that lists handles by name: no addresses, so no ports; what is no helper is unknown. */
const listedOwners = ({ listedHandles }: Snapshot): readonly AfdOwnerUse[] =>
  listedHandles.map(({ processId, fileHandles, afdHandles, helpers }) => ({
    processId,
    handles: afdHandles,
    sockets: 0,
    ports: 0,
    boundOnly: 0,
    connected: 0,
    listening: 0,
    udp: 0,
    unbound: 0,
    otherSockets: 0,
    helpers,
    unknown: afdHandles - helpers,
    shared: 0,
    fileHandles,
    allHandles: 0,
    inspected: fileHandles,
    refused: 0,
    timedOut: 0,
    status: "listed",
  }));

/** Rows for every process that has AFD handles, or whose File handles could not all be looked at; most handles first. */
export const buildAfdOwners = (snapshot: Snapshot, sockets: readonly AfdSocketUse[]): readonly AfdOwnerUse[] => {
  const groups = groupByProcess(sockets);
  const inspections = new Map(snapshot.inspections.map((inspection) => [inspection.processId, inspection]));
  const isShared = sharedIn(sockets);
  const processIds = new Set([...groups.keys(), ...inspections.keys()]);
  const owners = [...processIds].map((processId) =>
    useOf(
      processId,
      groups.get(processId) ?? [],
      inspections.get(processId),
      snapshot.handleCounts.get(processId) ?? 0,
      isShared,
    ),
  );
  return [...owners, ...listedOwners(snapshot)]
    .filter(({ handles, fileHandles, inspected }) => handles > 0 || fileHandles > inspected)
    .sort(
      (a, b) => b.handles - a.handles || b.fileHandles - a.fileHandles || (a.processId ?? -1) - (b.processId ?? -1),
    );
};
