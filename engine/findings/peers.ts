/** Whom a process is connected to, by the ports that it uses for each. */
import type { PoolAccounts } from "../pools/accounts.ts";
import type { DestinationUse } from "../pools/destinations.ts";
import { endpointText } from "../verdict/capture/names.ts";
import { count } from "../verdict/phrases.ts";
import { peersText as firstOf } from "./pools.ts";

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

export const portsTo = (peers: readonly Peer[]): number => peers.reduce((sum, { ports }) => sum + ports, 0);

/** Nothing where no peer is known. */
export const peersText = (peers: readonly Peer[]): string | null => {
  const named = firstOf(
    peers.map(({ address, port, ports }) => ({ endpoint: endpointText(address, port), rows: ports })),
  );
  return named === null ? null : `To ${count(peers.length, "remote endpoint")}: ${named}.`;
};
