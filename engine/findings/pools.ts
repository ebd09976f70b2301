/** What findings about pools have in common: which pools there are, what the verdict says of each, endpoints in words. */
import type { Finding, Pattern } from "../generated/records.ts";
import type { SocketRow, SocketState, Transport } from "../model/socket-row.ts";
import { TRANSPORTS } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Pool } from "../pools/pool.ts";
import { endpointText, poolName } from "../verdict/capture/names.ts";
import type { PoolShortage } from "../verdict/capture/verdict.ts";
import { listed, number, percent } from "../verdict/phrases.ts";
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

/** What a number of its ports is of a pool. */
export const takenText = (ports: number, pool: Pool): string =>
  `That is ${percent(ports / Math.max(1, pool.used))} of the used and ${percent(partOf(ports, pool))} of all ${number(pool.capacity)} ports of the pool.`;

/** Of what takes part of a pool and leads to its end. */
export const severityOfPart = (part: number): Finding["severity"] => (part >= GRAVE_PART ? "Critical" : "Warning");

const shortageOf = ({ shortages }: CaptureCase, pool: PoolAccounts): PoolShortage | undefined =>
  shortages.find(({ level }) => level.accounts === pool);

export const hasPattern = (seen: CaptureCase, pool: PoolAccounts, pattern: Pattern): boolean =>
  shortageOf(seen, pool)?.pattern === pattern;

/** Whom the verdict would name for what fills this pool; nobody who has an alibi. */
export const suspectOf = (seen: CaptureCase, pool: PoolAccounts): Named => {
  const suspect = shortageOf(seen, pool)?.suspect ?? null;
  return suspect === null || suspect.alibi !== null ? NOBODY : ofSnapshot(seen.snapshot, suspect.processId);
};

/** Its rows in these states, none of them accepted by a listener. */
export const rowsIn = ({ rows }: PoolAccounts, states: readonly SocketState[]): readonly SocketRow[] =>
  rows.filter(({ state }) => states.includes(state));

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
  return listed(
    peers.map(({ endpoint, rows }) => `${endpoint} (${number(rows)})`),
    NAMED_PEERS,
  );
};
