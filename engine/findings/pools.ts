/** What findings about pools have in common: which pools there are, what the verdict says of each, endpoints in words. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { Pattern } from "../generated/records.ts";
import type { SocketRow, SocketState, Transport } from "../model/socket-row.ts";
import { TRANSPORTS } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Pool } from "../pools/pool.ts";
import { tablePorts } from "../pools/table-ports.ts";
import { endpointText, poolName } from "../verdict/capture/names.ts";
import type { PoolShortage } from "../verdict/capture/verdict.ts";
import { number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { ofSnapshot } from "./names.ts";
import { type Named, NOBODY } from "./rule.ts";

/** Half of a pool: from there on others will be refused ports soon. */
export const GRAVE_PART = 0.5;

export const poolsOf = ({ accounts }: CaptureCase, protocol: Transport): readonly PoolAccounts[] =>
  accounts[protocol].pools;

export const allPools = (seen: CaptureCase): readonly PoolAccounts[] =>
  TRANSPORTS.flatMap((protocol) => poolsOf(seen, protocol));

/** What is told of a pool whose range nobody read. */
export const assumedText = (pool: Pool | null): string | null =>
  pool?.isAssumed === true ? "The range was not read: the numbers are those of Windows' default range." : null;

export const nameOf = ({ protocol, family }: Pool): string => poolName(protocol, family);

/** Of capacity; all of it where nothing can be had. */
export const partOf = (ports: number, { capacity }: Pool): number => (capacity === 0 ? 1 : ports / capacity);

const shortageOf = ({ shortages }: CaptureCase, pool: PoolAccounts): PoolShortage | undefined =>
  shortages.find(({ level }) => level.accounts === pool);

export const hasPattern = (seen: CaptureCase, pool: PoolAccounts, pattern: Pattern): boolean =>
  shortageOf(seen, pool)?.pattern === pattern;

/** Whom the verdict would name for what fills this pool; nobody who has an alibi. */
export const suspectOf = (seen: CaptureCase, pool: PoolAccounts): Named => {
  const suspect = shortageOf(seen, pool)?.suspect ?? null;
  return suspect === null || suspect.alibi !== null ? NOBODY : ofSnapshot(seen.snapshot, suspect.processId);
};

/** Rows of connections whose local port is of the pool and was not a listener's. */
export const outgoingRows = (
  { sockets }: Snapshot,
  { protocol, family, start, ports }: Pool,
  states: readonly SocketState[],
): readonly SocketRow[] => {
  const { hasListener } = tablePorts(sockets);
  return sockets.filter(
    (row) =>
      row.protocol === protocol &&
      states.includes(row.state) &&
      row.localPort >= start &&
      row.localPort < start + ports &&
      (family === null || row.family === family) &&
      !hasListener(row.localPort, row.localAddress),
  );
};

export const localPorts = (rows: readonly SocketRow[]): number => new Set(rows.map(({ localPort }) => localPort)).size;

export interface Peer {
  readonly endpoint: string;
  readonly rows: number;
}

/** Remote endpoints, those of most rows first. */
export const peersOf = (rows: readonly SocketRow[]): readonly Peer[] => {
  const byEndpoint = new Map<string, number>();
  for (const { remoteAddress, remotePort } of rows) {
    if (remoteAddress === null) continue;
    const endpoint = endpointText(remoteAddress, remotePort);
    byEndpoint.set(endpoint, (byEndpoint.get(endpoint) ?? 0) + 1);
  }
  return [...byEndpoint].map(([endpoint, count]) => ({ endpoint, rows: count })).sort((a, b) => b.rows - a.rows);
};

const NAMED_PEERS = 3;

/** The first few with their numbers; null where there is none. */
export const peersText = (peers: readonly Peer[]): string | null => {
  if (peers.length === 0) return null;
  const named = peers.slice(0, NAMED_PEERS).map(({ endpoint, rows }) => `${endpoint} (${number(rows)})`);
  const more = peers.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${number(more)} more` : ""}`;
};
