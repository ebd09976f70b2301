/**
 * Who opened a port and who holds it. Windows remembers the process that made a socket (GetExtendedTcpTable; microsoft/WSL#652);
 * an inherited or duplicated handle keeps the port when that process is gone. Only handles tell who holds it now.
 */

import type { Snapshot, SnapshotProcess } from "../artifacts/snapshot.ts";
import { isKernelOrNobody } from "../model/process.ts";
import type { Transport } from "../model/socket-row.ts";
import type { AfdSocketUse } from "./afd-sockets.ts";
import type { Claim } from "./claims.ts";
import { HANDLELESS } from "./port-class.ts";

export type Creator = "running" | "ended" | "recycled" | "unknown";

export interface Ownership {
  /** Null where neither table nor handles name anybody. */
  readonly processId: number | null;
  readonly creator: Creator;
  /** Somebody else who holds the port now. */
  readonly holder: number | null;
  /** Who has handles to it beside the one that holds it: a child that inherited it too. */
  readonly sharers: readonly number[];
  /** The handles confirm that the one named here holds it. */
  readonly isConfirmed: boolean;
}

/** Both times come from one clock, but a process's is taken a moment after it began to exist. */
const RECYCLED_MARGIN = 10_000_000n;

const isYounger = (process: SnapshotProcess, than: bigint | null): boolean =>
  than !== null && process.created !== null && process.created > than + RECYCLED_MARGIN;

/**
 * A process that is younger than a socket has not opened it: it has got the PID of the one that did. Bound tables tell no
 * age; but no process is younger than a child of its own.
 */
const isRecycled = (process: SnapshotProcess, processId: number, created: bigint | null, holder?: SnapshotProcess) =>
  isYounger(process, created) || (holder?.parentId === processId && isYounger(process, holder.created));

const creatorOf = ({ processId, created }: Claim, holder: number | undefined, snapshot: Snapshot): Creator => {
  if (processId === null) return "unknown";
  if (isKernelOrNobody(processId)) return "running";
  if (!snapshot.areProcessesKnown) return "unknown";
  const process = snapshot.processes.get(processId);
  if (process === undefined) return "ended";
  const holding = holder === undefined ? undefined : snapshot.processes.get(holder);
  return isRecycled(process, processId, created, holding) ? "recycled" : "running";
};

type Holders = ReadonlyMap<number, readonly number[]>;

const holdersFor = (sockets: readonly AfdSocketUse[], protocol: Transport): Holders => {
  const byPort = new Map<number, number[]>();
  for (const socket of sockets) {
    if (socket.port === 0 || socket.protocol !== protocol) continue;
    const holders = byPort.get(socket.port);
    if (holders === undefined) byPort.set(socket.port, [socket.processId]);
    else if (!holders.includes(socket.processId)) holders.push(socket.processId);
  }
  for (const holders of byPort.values()) holders.sort((a, b) => a - b);
  return byPort;
};

const otherHolder = (creator: Creator, holders: readonly number[], isCreatorInspected: boolean): number | null => {
  const [first = null] = holders;
  if (creator === "ended" || creator === "recycled") return first;
  return creator === "running" && isCreatorInspected ? first : null;
};

/** Where no table names a process: the one that has the socket in a handle. */
const byHandleOnly = (holder: number | null): Ownership => ({
  processId: holder,
  creator: holder === null ? "unknown" : "running",
  holder: null,
  sharers: [],
  isConfirmed: holder !== null,
});

/** Answers for each claim who opened the port and who holds it. */
export const createOwnership = (
  snapshot: Snapshot,
  sockets: readonly AfdSocketUse[],
): ((claim: Claim) => Ownership) => {
  const byProtocol = { tcp: holdersFor(sockets, "tcp"), udp: holdersFor(sockets, "udp") };
  return (claim) => {
    const { protocol, port, portClass, processId } = claim;
    const holders = HANDLELESS.includes(portClass) ? [] : (byProtocol[protocol].get(port) ?? []);
    if (processId === null) return byHandleOnly(holders[0] ?? null);
    const others = holders.filter((each) => each !== processId);
    // A handle is stronger than a comparison of times: a clock may have been set.
    if (others.length < holders.length)
      return { processId, creator: "running", holder: null, sharers: others, isConfirmed: true };
    const creator = creatorOf(claim, holders[0], snapshot);
    const isInspected = snapshot.inspectedWhole.has(processId);
    const holder = isKernelOrNobody(processId) ? null : otherHolder(creator, holders, isInspected);
    const sharers = holder === null ? [] : holders.filter((each) => each !== holder);
    return { processId, creator, holder, sharers, isConfirmed: holder !== null };
  };
};
