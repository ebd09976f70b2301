/**
 * Connections within the machine of which the tables show the listener's end only: where the listener's side closed first, its row
 * is the one in TIME_WAIT (tailscale#20039); where a client vanished, the server's row stays (BrowserOS#2591).
 */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { SocketRow } from "../model/socket-row.ts";
import { isLoopback } from "../pools/destinations.ts";
import type { Pool } from "../pools/pool.ts";
import { entryOf } from "../pools/tally.ts";

export interface ListenerHalves {
  /** Of the listener. */
  readonly address: string;
  readonly port: number;
  /** Distinct ports of the pool that the missing ends had. */
  readonly ports: number;
  /** Of these, in TIME_WAIT. */
  readonly timeWait: number;
  /** Whose rows the others are, by number of ports; most first. */
  readonly owners: readonly (readonly [processId: number, ports: number])[];
}

const isIn = ({ start, ports }: Pool, port: number): boolean => port >= start && port < start + ports;

const shownPorts = ({ sockets }: Snapshot): ReadonlySet<number> =>
  new Set(sockets.filter(({ protocol }) => protocol === "tcp").map(({ localPort }) => localPort));

/** Neither end is a listener's in the pool: the local one is outside of it. */
const halves = (snapshot: Snapshot, pool: Pool): readonly SocketRow[] => {
  const own = new Set(snapshot.sockets.map(({ localAddress }) => localAddress));
  const shown = shownPorts(snapshot);
  return snapshot.sockets.filter(
    ({ protocol, family, localPort, remoteAddress, remotePort }) =>
      protocol === "tcp" &&
      (pool.family === null || pool.family === family) &&
      remoteAddress !== null &&
      (isLoopback(remoteAddress) || own.has(remoteAddress)) &&
      isIn(pool, remotePort) &&
      !isIn(pool, localPort) &&
      !shown.has(remotePort),
  );
};

const distinctPorts = (rows: readonly SocketRow[]): number => new Set(rows.map(({ remotePort }) => remotePort)).size;

const ownersOf = (rows: readonly SocketRow[]): ListenerHalves["owners"] => {
  const ports = new Map<number, Set<number>>();
  for (const { processId, remotePort, state } of rows)
    if (processId !== null && state !== "timeWait") entryOf(ports, processId, () => new Set()).add(remotePort);
  return [...ports].map(([processId, own]) => [processId, own.size] as const).sort(([, a], [, b]) => b - a);
};

/** By the listener's endpoint; most first. */
export const listenerHalves = (snapshot: Snapshot, pool: Pool): readonly ListenerHalves[] => {
  const byListener = new Map<string, SocketRow[]>();
  for (const row of halves(snapshot, pool))
    entryOf(byListener, `${row.localAddress} ${row.localPort}`, () => []).push(row);
  return [...byListener.values()]
    .flatMap((rows): readonly ListenerHalves[] => {
      const [first] = rows;
      if (first === undefined) return [];
      return [
        {
          address: first.localAddress,
          port: first.localPort,
          ports: distinctPorts(rows),
          timeWait: distinctPorts(rows.filter(({ state }) => state === "timeWait")),
          owners: ownersOf(rows),
        },
      ];
    })
    .sort((a, b) => b.ports - a.ports);
};
