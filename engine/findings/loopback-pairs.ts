/** Connections that stay in the machine. Each shows two rows, and one ephemeral port: that of the end that connected. */
import type { PoolAccounts } from "../pools/accounts.ts";
import type { DestinationUse } from "../pools/destinations.ts";
import { entryOf } from "../pools/tally.ts";
import { endpointText, whoIs } from "../verdict/capture/names.ts";
import { alibiOf } from "../verdict/capture/suspect.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { count, listed, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { LEAK_PART } from "./leaks.ts";
import { listenerHalves } from "./listener-halves.ts";
import { ofSnapshot } from "./names.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { nameOf, partOf, poolsOf, severityOfPart, takenText } from "./pools.ts";
import { NOBODY, type Named, type Rule, type Sighting } from "./rule.ts";

interface Client {
  readonly processId: number;
  readonly ports: number;
}

const clientsOf = (local: readonly DestinationUse[]): readonly Client[] => {
  const ports = new Map<number, { ports: number }>();
  for (const { processes } of local)
    for (const each of processes) entryOf(ports, each.processId, () => ({ ports: 0 })).ports += each.ports;
  return [...ports].map(([processId, tally]) => ({ processId, ...tally })).sort((a, b) => b.ports - a.ports);
};

/** Has half of them at least, more than anybody else, and holds them itself. */
const processOf = (seen: CaptureCase, { holdings }: PoolAccounts, clients: readonly Client[], all: number): Named => {
  const [first, second] = clients;
  if (first === undefined || first.ports * 2 < all || first.ports === second?.ports) return NOBODY;
  const held = holdings.all.filter(({ processId }) => processId === first.processId);
  const isItself = held.every(
    (each) => (each.creator === "running" || each.creator === "unknown") && alibiOf(each, seen) === null,
  );
  return isItself ? ofSnapshot(seen.snapshot, first.processId) : NOBODY;
};

const NAMED = 3;

const clientsText = ({ snapshot }: CaptureCase, clients: readonly Client[]): string | null => {
  if (clients.length === 0) return null;
  const named = clients.map(({ processId, ports }) => `${whoIs(snapshot, processId)} ${number(ports)}`);
  return `Who connects: ${listed(named, NAMED)}.`;
};

const endpointsText = (local: readonly DestinationUse[]): string => {
  const named = local.map((each) => `${endpointText(each.address, each.port)} ${number(each.ports)}`);
  return `To: ${listed(named, NAMED)}.`;
};

const timeWaitText = (local: readonly DestinationUse[]): string | null => {
  const closed = local.reduce((sum, { timeWait }) => sum + timeWait, 0);
  return closed === 0 ? null : `${number(closed)} of them are in TIME_WAIT, which tells no owner (PID 0).`;
};

const sightingOf = (seen: CaptureCase, accounts: PoolAccounts): readonly Sighting[] => {
  const { pool, destinations } = accounts;
  const local = destinations.filter(({ isLocal }) => isLocal);
  const ports = Math.min(
    pool.used,
    local.reduce((sum, each) => sum + each.ports, 0),
  );
  const part = partOf(ports, pool);
  if (ports < MIN_CULPRIT_PORTS || part < LEAK_PART) return [];
  const clients = clientsOf(local);
  const evidence = [takenText(ports, pool), endpointsText(local), clientsText(seen, clients), timeWaitText(local)];
  return [
    {
      severity: severityOfPart(part),
      protocol: pool.protocol,
      summary: `${count(ports, `${nameOf(pool)} port`)} ${ports === 1 ? "is" : "are"} used for connections within the machine.`,
      evidence: evidence.filter((each) => each !== null),
      process: processOf(seen, accounts, clients, ports),
    },
  ];
};

const HALVES_WHY =
  "The ends that connected had ephemeral ports, and no table shows them any more. As long as the listener's end is there, the same pair of endpoints cannot be used again: a connect to this listener from one of these ports fails (event 4227, or 10048).";

const halvesSighting = ({ snapshot }: CaptureCase, { pool }: PoolAccounts): readonly Sighting[] =>
  listenerHalves(snapshot, pool)
    .filter(({ ports }) => ports >= MIN_CULPRIT_PORTS && partOf(ports, pool) >= LEAK_PART)
    .map(({ address, port, ports, timeWait, owners }) => {
      const named = owners
        .slice(0, NAMED)
        .map(([processId, count]) => `${whoIs(snapshot, processId)} ${number(count)}`);
      const evidence = [
        `The missing ends had ${percent(partOf(ports, pool))} of all ${number(pool.capacity)} ports of the pool; whether those are free again is not shown.`,
        timeWait === 0 ? null : `${number(timeWait)} of them are in TIME_WAIT, which tells no owner (PID 0).`,
        named.length === 0 ? null : `Whose the listener's ends are: ${named.join(", ")}.`,
      ];
      return {
        severity: "Warning",
        protocol: "tcp",
        summary: `${count(ports, "connection")} within the machine show${ports === 1 ? "s" : ""} the end of the listener ${endpointText(address, port)} only.`,
        evidence: evidence.filter((each) => each !== null),
        process: NOBODY,
        why: HALVES_WHY,
      };
    });

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  poolsOf(seen, "tcp").flatMap((accounts) => [...sightingOf(seen, accounts), ...halvesSighting(seen, accounts)]);

export const loopbackPairs: Rule = {
  id: "loopback-pairs",
  title: "Connections within the machine",
  why: "A connection to 127.0.0.1, ::1 or an address of the machine itself takes an ephemeral port as one to another machine does. netstat shows two rows for it: one has the ephemeral port, the other is the listener's.",
  advice:
    "Let the programs use their connections again, or talk by named pipes or AF_UNIX sockets, which take no ports.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
};
