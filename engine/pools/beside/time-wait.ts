/**
 * Whose connections were those in TIME_WAIT: Windows names no process any more, but the row names the peer. Where only one
 * process of the trace asked for connections to it, they are taken for that one's; it is an inference. Speaking against it: a
 * capture shows another process with a connection to that peer, the row is of before the trace, or there are more rows than
 * connections that the process closed.
 */
import { AF_INET, AF_INET6, formatEndpoint } from "../../bytes/sockaddr.ts";
import type { TrackedProcess } from "../../model/process.ts";
import type { SocketRow } from "../../model/socket-row.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import { peerText } from "../../trackers/connectors.ts";
import type { Holding } from "../../trackers/holdings.ts";
import { poolShapes } from "../pool.ts";
import { entryOf } from "../tally.ts";
import type { BesideCapture, Ends } from "./beside.ts";

export interface TimeWaitOwners {
  /** Distinct local ports of all rows, with or without an owner. */
  readonly ports: number;
  readonly byProcess: ReadonlyMap<TrackedProcess, number>;
}

const NONE: TimeWaitOwners = { ports: 0, byProcess: new Map() };

const peerOf = ({ remoteAddress, remotePort }: SocketRow): string | null => {
  if (remoteAddress === null || remotePort === 0) return null;
  const family = remoteAddress.includes(":") ? AF_INET6 : AF_INET;
  const text = formatEndpoint({ family, address: remoteAddress, port: remotePort });
  return text === null ? null : peerText(text);
};

const rowsIn = (capture: BesideCapture | null): readonly SocketRow[] => capture?.snapshot.sockets ?? [];

const isTimeWait = ({ state }: SocketRow): boolean => state === "timeWait";

/** Peers -> PIDs with connections to them; null for a connection of somebody unknown. */
const connectedTo = (rows: readonly SocketRow[]): ReadonlyMap<string, ReadonlySet<number | null>> => {
  const byPeer = new Map<string, Set<number | null>>();
  for (const row of rows) {
    const peer = isTimeWait(row) ? null : peerOf(row);
    if (peer === null) continue;
    entryOf(byPeer, peer, () => new Set()).add(row.processId);
  }
  return byPeer;
};

const connectionKey = (row: SocketRow): string => `${row.localPort} ${peerOf(row)}`;

/** Rows of ports in the pool; of all, where its range is not known. */
const pooledRows = (stop: BesideCapture): readonly SocketRow[] => {
  const shapes = poolShapes("tcp", stop.snapshot);
  const isPooled = ({ localPort }: SocketRow): boolean =>
    shapes.some(({ isAssumed, isOpen }) => isAssumed || isOpen[localPort] === 1);
  return rowsIn(stop).filter((row) => isTimeWait(row) && isPooled(row));
};

/** More than it closed in the trace are not all its own, and which of them are is not known. */
const isPossible = (ports: number, holding: Holding | undefined): boolean =>
  holding !== undefined && ports <= holding.closedConnected + holding.closedFromBeforeTrace;

export const timeWaitOwners = (
  { start, stop }: Ends,
  { soleConnector, holdings }: Pick<TraceFacts, "soleConnector" | "holdings">,
): TimeWaitOwners => {
  if (stop === null) return NONE;
  const rows = pooledRows(stop);
  const older = new Set(rowsIn(start).filter(isTimeWait).map(connectionKey));
  const connected = connectedTo([...rowsIn(start), ...rowsIn(stop)]);
  const ports = new Map<TrackedProcess, Set<number>>();
  for (const row of rows) {
    const peer = peerOf(row);
    const owner = peer === null ? null : soleConnector(peer);
    if (peer === null || owner === null || older.has(connectionKey(row))) continue;
    if ([...(connected.get(peer) ?? [])].some((processId) => processId !== owner.processId)) continue;
    entryOf(ports, owner, () => new Set()).add(row.localPort);
  }
  const byHolder = new Map(holdings.map((holding) => [holding.process, holding]));
  return {
    ports: new Set(rows.map(({ localPort }) => localPort)).size,
    byProcess: new Map(
      [...ports]
        .map(([process, own]) => [process, own.size] as const)
        .filter(([process, own]) => isPossible(own, byHolder.get(process))),
    ),
  };
};
