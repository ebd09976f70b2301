/** Whom a process is connected to. */
import type { PoolAccounts } from "../pools/accounts.ts";
import type { DestinationUse } from "../pools/destinations.ts";
import { count, number } from "../verdict/phrases.ts";

export interface Peer extends Pick<DestinationUse, "address" | "port" | "isLocal"> {
  /** Local ports that the process uses for it. */
  readonly ports: number;
}

export const endpointText = ({ address, port }: Pick<DestinationUse, "address" | "port">): string =>
  address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;

/** Remote endpoints of the connections that the process has now, by its ports in the pool; most first. */
export const peersOf = ({ destinations }: PoolAccounts, processId: number): readonly Peer[] =>
  destinations
    .map(({ address, port, isLocal, processes }) => ({
      address,
      port,
      isLocal,
      ports: processes.find((each) => each.processId === processId)?.ports ?? 0,
    }))
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);

export const portsTo = (peers: readonly Peer[]): number => peers.reduce((sum, { ports }) => sum + ports, 0);

const NAMED = 3;

/** Nothing where no peer is known. */
export const peersText = (peers: readonly Peer[]): string | null => {
  if (peers.length === 0) return null;
  const named = peers.slice(0, NAMED).map((peer) => `${endpointText(peer)} (${number(peer.ports)})`);
  const more = peers.length - named.length;
  return `To ${count(peers.length, "remote endpoint")}: ${named.join(", ")}${more > 0 ? ` and ${number(more)} more` : ""}.`;
};
