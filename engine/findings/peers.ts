/** Whom a process is connected to, by the ports that it uses for each. */
import type { PoolAccounts } from "../pools/accounts.ts";
import type { DestinationUse } from "../pools/destinations.ts";
import { endpointText } from "../verdict/capture/names.ts";
import { count } from "../verdict/phrases.ts";
import type { SocketState } from "../model/socket-row.ts";
import { entryOf } from "../pools/tally.ts";
import { peersText as firstOf, rowsIn } from "./pools.ts";

export interface Peer extends Pick<DestinationUse, "address" | "port"> {
  /** Local ports that the process uses for it. */
  readonly ports: number;
}

/** Remote endpoints of the connections that the process has now, by its ports in the pool; most first. */
export const peersOf = ({ destinations }: PoolAccounts, processId: number): readonly Peer[] =>
  destinations
    .map(({ address, port, processes }) => ({
      address,
      port,
      ports: processes.find((each) => each.processId === processId)?.ports ?? 0,
    }))
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);

/** Local ports of its connections in some states, by the remote endpoint. */
const portsInStates = (accounts: PoolAccounts, processId: number, states: readonly SocketState[]): readonly Peer[] => {
  const byPeer = new Map<string, { address: string; port: number; ports: Set<number> }>();
  for (const row of rowsIn(accounts, states)) {
    const { remoteAddress: address, remotePort: port, localPort } = row;
    if (row.processId !== processId || address === null) continue;
    entryOf(byPeer, `${address} ${port}`, () => ({ address, port, ports: new Set() })).ports.add(localPort);
  }
  return [...byPeer.values()]
    .map(({ ports, ...peer }) => ({ ...peer, ports: ports.size }))
    .sort((a, b) => b.ports - a.ports);
};

/** Whom it waits for, most first. */
export const waitedFor = (accounts: PoolAccounts, processId: number): readonly Peer[] =>
  portsInStates(accounts, processId, ["synSent"]);

/** Its peers without the connections that these have closed: those in CLOSE_WAIT are another matter. */
export const connectedTo = (accounts: PoolAccounts, processId: number): readonly Peer[] => {
  const closed = portsInStates(accounts, processId, ["closeWait"]);
  return peersOf(accounts, processId)
    .map((peer) => {
      const gone = closed.find(({ address, port }) => address === peer.address && port === peer.port);
      return { ...peer, ports: peer.ports - (gone?.ports ?? 0) };
    })
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);
};

export const portsTo = (peers: readonly Peer[]): number => peers.reduce((sum, { ports }) => sum + ports, 0);

/** Nothing where no peer is known. */
export const peersText = (peers: readonly Peer[]): string | null => {
  const named = firstOf(
    peers.map(({ address, port, ports }) => ({ endpoint: endpointText(address, port), rows: ports })),
  );
  return named === null ? null : `To ${count(peers.length, "remote endpoint")}: ${named}.`;
};
