/**
 * Where the connections of a process go. To one peer that is a program that does not use its connections again; to many it is load,
 * and no fault of the process.
 */
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Held } from "../pools/held.ts";
import type { CaptureCase } from "./case.ts";
import { connectedTo, type Peer, portsTo } from "./peers.ts";

/** Half of its ports: with less the greater part goes elsewhere, and to change how this peer is called frees the smaller one. */
const ONE_PEER_PART = 0.5;

/** unknown: the peers of the greater part were not read. waiting: no peer has answered. closing: nobody holds them any more. */
export type Direction = "one" | "many" | "unknown" | "waiting" | "closing";

/** Its connects that no peer has answered yet. */
export const waitingOf = ({ snapshot }: CaptureCase, processId: number): number =>
  snapshot.sockets.filter((row) => row.state === "synSent" && row.processId === processId).length;

export const connectionsOf = ({ byClass }: Held): number => byClass.connected + byClass.closing;

export const directionOf = (seen: CaptureCase, accounts: PoolAccounts, held: Held): Direction => {
  const ports = connectionsOf(held);
  if (held.byClass.closing * 2 >= ports) return "closing";
  if (waitingOf(seen, held.processId) * 2 >= ports) return "waiting";
  const peers = connectedTo(accounts, held.processId);
  const most = peers[0]?.ports ?? 0;
  if (most >= ports * ONE_PEER_PART) return "one";
  return portsTo(peers) >= ports / 2 ? "many" : "unknown";
};

interface Connections {
  readonly accounts: PoolAccounts;
  readonly held: Held;
}

/** In the pool in which the process has most; null where it has none. */
const connectionsOfProcess = (seen: CaptureCase, processId: number): Connections | null =>
  seen.accounts.tcp.pools
    .flatMap((accounts) => accounts.holdings.open.map((held) => ({ accounts, held })))
    .filter(({ held }) => held.processId === processId && connectionsOf(held) > 0)
    .sort((a, b) => connectionsOf(b.held) - connectionsOf(a.held))[0] ?? null;

export const directionOfProcess = (seen: CaptureCase, processId: number): Direction | null => {
  const most = connectionsOfProcess(seen, processId);
  return most === null ? null : directionOf(seen, most.accounts, most.held);
};

/** The one peer to which at least half of its connections go; null where there is none, or they are no use to anybody. */
export const mainPeerOf = (seen: CaptureCase, processId: number): Peer | null => {
  const most = connectionsOfProcess(seen, processId);
  if (most === null || directionOf(seen, most.accounts, most.held) !== "one") return null;
  return connectedTo(most.accounts, processId)[0] ?? null;
};
