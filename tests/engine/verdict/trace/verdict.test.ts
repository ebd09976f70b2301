// The rules of the verdict, one step on each side of every limit.

import { describe, expect, test } from "@jest/globals";
import type { TraceFacts } from "../../../../engine/trackers/analysis.ts";
import type { Reading } from "../../../../engine/verdict/trace/evidence.ts";
import { judgeTrace } from "../../../../engine/verdict/trace/verdict.ts";
import { processOf } from "../../support/calls.ts";
import { evidenceOf, exhaustedFacts, factsOf, holdingOf, keeper, readingOf } from "../../support/evidence.ts";

const judge = (facts: TraceFacts, reading?: Partial<Reading>) =>
  judgeTrace(evidenceOf(facts, readingOf(reading))).verdict;

const culpritOf = (facts: TraceFacts): readonly [pattern: string, processId: number | null] => {
  const { pattern, culprit } = judge(facts);
  return [pattern, culprit?.processId ?? null];
};

const [FIRST] = [processOf(0).processId];

const churner = (opened: number, closedTcp: number) =>
  holdingOf(processOf(0), {
    opened,
    closed: closedTcp,
    closedTcp,
    closedConnected: closedTcp,
    held: opened - closedTcp,
  });
const owner = processOf(0);
const reserver = (ports: number) => ({
  process: owner,
  status: 0,
  startPort: 50_000,
  ports,
  ticks: 5,
  protocol: "tcp" as const,
});

const CULPRITS: readonly (readonly [string, Partial<TraceFacts>, string, number | null])[] = [
  ["128 ports held, all there are", { holdings: [keeper(0, 128)] }, "BoundLeak", FIRST],
  ["127 ports are too few", { holdings: [keeper(0, 127)] }, "None", null],
  [
    "127 ports of one and one of another: many, none of them enough",
    { holdings: [keeper(0, 127), keeper(1, 1)] },
    "Mixed",
    null,
  ],
  ["half of the ports", { holdings: [keeper(0, 200), keeper(1, 100), keeper(2, 100)] }, "BoundLeak", FIRST],
  ["one port less than half", { holdings: [keeper(0, 200), keeper(1, 101), keeper(2, 100)] }, "Mixed", null],
  ["half of them connected", { holdings: [keeper(0, 200, { connected: 100 })] }, "ConnectionBuildUp", FIRST],
  ["fewer than half of them connected", { holdings: [keeper(0, 200, { connected: 99 })] }, "BoundLeak", FIRST],
  [
    "connected, and the peers gone",
    { holdings: [keeper(0, 200, { connected: 200, peerClosed: 100 })] },
    "CloseWaitLeak",
    FIRST,
  ],
  ["200 ports asked for by number", { holdings: [keeper(0, 200, { explicitHeld: 200 })] }, "None", null],
  [
    "128 ports beside 2,500 that another asked for by number",
    { holdings: [keeper(0, 128), keeper(1, 2500, { explicitHeld: 2500, udp: 2500 })] },
    "BoundLeak",
    FIRST,
  ],
  ["UDP ports, while TCP calls fail: another pool", { holdings: [keeper(0, 3000, { udp: 3000 })] }, "None", null],
  ["the TCP ports of a process that has more of UDP", { holdings: [keeper(0, 500, { udp: 300 })] }, "BoundLeak", FIRST],
  ["as many as another", { holdings: [keeper(0, 500), keeper(1, 500)] }, "Mixed", null],
  [
    "ports taken when most calls had failed already",
    { holdings: [keeper(0, 300, {}, { meanAny: { tcp: 6, udp: 0 } })] },
    "None",
    null,
  ],
  [
    "ports given back by the end, but held when calls failed",
    { holdings: [keeper(0, 200, {}, { held: 0, closed: 200 })] },
    "BoundLeak",
    FIRST,
  ],
  ["ports taken only after the last failed call", { holdings: [keeper(0, 200, { held: 0 })] }, "None", null],
  ["128 ports opened, half of them closed", { holdings: [churner(128, 64)] }, "TimeWaitChurn", FIRST],
  ["128 ports opened, fewer than half of them closed", { holdings: [churner(128, 63)] }, "None", null],
  ["127 ports opened and closed", { holdings: [churner(127, 127)] }, "None", null],
  [
    "UDP opened and closed, which leaves no TIME_WAIT",
    { holdings: [holdingOf(processOf(0), { opened: 500, closed: 500, closedTcp: 0 })] },
    "None",
    null,
  ],
  [
    "a leak beside more ports opened and closed",
    { holdings: [keeper(0, 128), churner(5000, 5000)] },
    "BoundLeak",
    FIRST,
  ],
  ["a quarter of the default pool reserved", { reservations: [reserver(4096)] }, "Reservation", FIRST],
  ["a port less than that reserved", { reservations: [reserver(4095)] }, "None", null],
  [
    "two blocks that come to it",
    {
      reservations: [reserver(2000), reserver(2096)],
    },
    "Reservation",
    FIRST,
  ],
  ["a block that was refused", { reservations: [{ ...reserver(8000), status: 0xc000020a }] }, "None", null],
  [
    "more ports reserved than another holds",
    { reservations: [reserver(5000)], holdings: [keeper(1, 4999)] },
    "Reservation",
    FIRST,
  ],
  [
    "fewer ports reserved than another holds",
    { reservations: [reserver(5000)], holdings: [keeper(1, 5000)] },
    "BoundLeak",
    processOf(1).processId,
  ],
];

describe("who is called culprit", () => {
  test.each(CULPRITS)("%s", (_, facts, pattern, processId) => {
    expect(culpritOf(exhaustedFacts(facts))).toEqual([pattern, processId]);
  });
});

describe("one destination that is used up", () => {
  const to = (remote: string, failures: number) => ({ remote, connects: failures, failures });
  const connectsOnly = { certain: 5, poolWide: 0 };

  test.each<readonly [string, TraceFacts, string]>([
    ["10 connects to it failed", factsOf({ destinations: [to("a", 10)] }), "DestinationSaturation"],
    ["9 are chance", factsOf({ destinations: [to("a", 9)] }), "None"],
    [
      "half of the failed connects",
      factsOf({ destinations: [to("a", 10), to("b", 5), to("c", 5)] }),
      "DestinationSaturation",
    ],
    ["fewer than half of them", factsOf({ destinations: [to("a", 10), to("b", 6), to("c", 5)] }), "None"],
    [
      "exhaustion, and nothing but connects failed",
      exhaustedFacts({ destinations: [to("a", 10)] }, connectsOnly),
      "DestinationSaturation",
    ],
    [
      "exhaustion, and a bind failed too: the whole pool was empty",
      exhaustedFacts({ destinations: [to("a", 10)] }, { certain: 5, poolWide: 1 }),
      "None",
    ],
    [
      "exhaustion, and somebody holds the ports",
      exhaustedFacts({ destinations: [to("a", 10)], holdings: [keeper(0, 200)] }, connectsOnly),
      "BoundLeak",
    ],
  ])("%s", (_, facts, pattern) => {
    expect(judge(facts).pattern).toBe(pattern);
  });
});

describe("whether the machine ran out of ports", () => {
  test.each<readonly [string, TraceFacts, Partial<Reading>, string]>([
    [
      "one event that proves it is enough",
      exhaustedFacts({ binds: { attempted: 0, succeeded: 0, failed: 0, withPort: 0 } }),
      {},
      "yes",
    ],
    ["no failure among binds that were seen to end", factsOf(), {}, "no"],
    [
      "a bind that failed for another reason has ended too",
      factsOf({ binds: { attempted: 1, succeeded: 0, failed: 1, withPort: 1 } }),
      {},
      "no",
    ],
    [
      "binds that were asked for and never seen to end",
      factsOf({ binds: { attempted: 9, succeeded: 0, failed: 0, withPort: 9 } }),
      {},
      "unknown",
    ],
    [
      "no events about sockets",
      factsOf({ binds: { attempted: 0, succeeded: 0, failed: 0, withPort: 0 } }),
      { hasAfd: false, hasTcpip: false },
      "unknown",
    ],
  ])("%s", (_, facts, reading, exhausted) => {
    expect(judge(facts, reading).exhausted).toBe(exhausted);
  });

  test("is not answered by no without the binds, the time and the losses", () => {
    const { summary, reasons } = judge(factsOf(), { eventsLost: 3 });
    expect(summary).toMatch(/none of 100 binds in 60 s .* lost 3 events/);
    expect(reasons).toContainEqual(
      expect.stringMatching(/^Binds seen in 60 s: 100 asked for, 100 succeeded, 0 failed/),
    );
    expect(reasons.at(-1)).toMatch(/Ports opened before the trace/);
  });

  test("is answered by unknown with the way to find out", () => {
    const { reasons } = judge(factsOf({ binds: { attempted: 0, succeeded: 0, failed: 0, withPort: 0 } }), {
      hasAfd: false,
    });
    expect(reasons.at(-1)).toMatch(/netsh trace start/);
  });
});
