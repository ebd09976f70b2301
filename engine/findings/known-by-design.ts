/** What looks like a leak and was made so: the DNS server's socket pool, ports asked for by number, handles that are no sockets. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Held } from "../pools/held.ts";
import { MANY_PORTLESS } from "../verdict/capture/handles.ts";
import { whoIs } from "../verdict/capture/names.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { count, number, percent, processText } from "../verdict/phrases.ts";
import { DNS_FAMILIES, DNS_POOL, isDnsPool, isDnsServer } from "./by-design.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { LEAK_PART } from "./leaks.ts";
import { ofSnapshot, ofTrace } from "./names.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { allPools, nameOf, partOf, poolsOf } from "./pools.ts";
import type { Rule, Sighting } from "./rule.ts";

const DNS_TEXT = `The DNS Server service binds a pool of UDP sockets when it starts: ${number(DNS_POOL.usual)} of each family by default, ${number(DNS_POOL.largest)} at most (SocketPoolSize).`;

const moreThanUsual = (ports: number): string | null =>
  ports <= DNS_POOL.usual * DNS_FAMILIES
    ? null
    : "That is more than the default of both families: `dnscmd /Info /SocketPoolSize` tells whether somebody made the pool larger.";

/** PIDs that belong to others by now say nothing of who runs. */
const isItself = ({ creator }: Held): boolean => creator === "running" || creator === "unknown";

const partText = (ports: number, accounts: PoolAccounts): string =>
  `That is ${percent(partOf(ports, accounts.pool))} of all ${number(accounts.pool.capacity)} ports of the pool.`;

const dnsPools = (snapshot: Snapshot, accounts: PoolAccounts): readonly Sighting[] =>
  accounts.holdings.all
    .filter((held) => held.ports >= MIN_CULPRIT_PORTS && isItself(held))
    .filter(({ processId, ports }) => isDnsPool(snapshot, processId, ports))
    .map(({ processId, ports }) => ({
      severity: "Information",
      protocol: accounts.pool.protocol,
      summary: `${whoIs(snapshot, processId)} holds ${count(ports, `${nameOf(accounts.pool)} port`)} and is the DNS server, which keeps a pool of them.`,
      evidence: [DNS_TEXT, partText(ports, accounts), moreThanUsual(ports)].filter((each) => each !== null),
      process: ofSnapshot(snapshot, processId),
    }));

const chosenPorts = (snapshot: Snapshot, accounts: PoolAccounts): readonly Sighting[] =>
  accounts.holdings.explicit
    .filter(
      (held) => held.ports >= MIN_CULPRIT_PORTS && partOf(held.ports, accounts.pool) >= LEAK_PART && isItself(held),
    )
    .filter(({ processId }) => accounts.pool.protocol !== "udp" || !isDnsServer(snapshot, processId))
    .map(({ processId, ports }) => ({
      severity: "Information",
      protocol: accounts.pool.protocol,
      summary: `${whoIs(snapshot, processId)} holds ${count(ports, `${nameOf(accounts.pool)} port`)} that it asked for by number.`,
      evidence: [
        partText(ports, accounts),
        "A program that wants any port does not name one: these are its own choice.",
      ],
      process: ofSnapshot(snapshot, processId),
    }));

const helperHandles = ({ snapshot, accounts }: CaptureCase): readonly Sighting[] =>
  accounts.afdOwners.flatMap(({ processId, helpers, handles }) =>
    processId === null || helpers < MANY_PORTLESS
      ? []
      : [
          {
            severity: "Information",
            protocol: null,
            summary: `${whoIs(snapshot, processId)} has ${number(helpers)} AFD handles that are helpers of an event loop and no sockets.`,
            evidence: [
              `${number(handles)} AFD handles in all; their names tell which are helpers (Mio, Wepoll, AsyncSelectHlp and the like).`,
            ],
            process: ofSnapshot(snapshot, processId),
            why: "By the number of its handles it looks like a leak of sockets. A helper is no socket and holds no port.",
            advice: "Count its ports and not its handles: Get-AfdHandleOwner tells the two apart.",
          },
        ],
  );

const seeCapture = (seen: CaptureCase): readonly Sighting[] => [
  ...poolsOf(seen, "udp").flatMap((accounts) => dnsPools(seen.snapshot, accounts)),
  ...allPools(seen).flatMap((accounts) => chosenPorts(seen.snapshot, accounts)),
  ...helperHandles(seen),
];

const seeTrace = ({ evidence: { facts } }: TraceCase): readonly Sighting[] =>
  facts.holdings
    .filter(({ explicitHeld }) => explicitHeld >= MIN_CULPRIT_PORTS)
    .toSorted((a, b) => b.explicitHeld - a.explicitHeld)
    .map(({ process, explicitHeld }) => ({
      severity: "Information",
      protocol: null,
      summary: `${processText(process)} held ${count(explicitHeld, "port")} at the end of the trace that it had asked for by number.`,
      evidence: ["A program that wants any port does not name one: these are its own choice, as of a DNS server."],
      process: ofTrace(process),
    }));

export const knownByDesign: Rule = {
  id: "known-by-design",
  title: "Many ports or handles by design",
  why: "By numbers alone it looks like a leak. These ports are taken all the same, so a pool in which they leave too little has to be larger.",
  advice:
    "Do not restart it for this; where the pool is short, make the range larger or the program's own pool smaller.",
  capture: { needs: [CAPTURE_NEEDS.tcp, CAPTURE_NEEDS.udp, CAPTURE_NEEDS.handles], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
