// Small traces of TCPIP's events: as the only witness of ports, as the ledger of the machine, and what it tells of
// TIME_WAIT and of destinations.

import { describe, expect, test } from "@jest/globals";
import { layoutOf } from "../../builders/layout-table.ts";
import { socketAddress } from "../../builders/socket-address.ts";
import { binds, closes, connects } from "../../builders/story/calls.ts";
import { process, rundown } from "../../builders/story/processes.ts";
import { opens, type Socket } from "../../builders/story/sockets.ts";
import { STATUS } from "../../builders/story/statuses.ts";
import { connectionRundown, ownerValues, TCP_STATE, tcpip } from "../../builders/story/tcpip.ts";
import {
  logManifest,
  type Process,
  type Story,
  type StoryOptions,
  story,
  threadOf,
  told,
  wait,
} from "../../builders/story.ts";
import { reportOf } from "../support/run.ts";

type Turn = (tale: Story, own: Process) => void;
type Case = readonly [tells: string, options: Partial<StoryOptions>, turn: Turn, expected: object];

const ANY = socketAddress({ address: "0.0.0.0", port: 0 });
const REMOTE = { address: "10.0.0.80", port: 443 } as const;
const NO_PORT = {
  LocalAddress: ANY,
  RemoteAddress: socketAddress(REMOTE),
  Status: STATUS.tooManyAddresses,
  Tcb: 0x1000n,
};

const bound = (tale: Story, own: Process, protocol: "tcp" | "udp" = "tcp"): Socket => {
  const socket = opens(tale, own, { protocol });
  binds(tale, socket);
  return socket;
};

const holding = (given: object): readonly object[] => [expect.objectContaining(given as Record<string, unknown>)];

const ALONE: readonly Case[] = [
  [
    "a bind and its close",
    {},
    (tale, own) => closes(tale, bound(tale, own)),
    {
      binds: { attempted: 1, succeeded: 1, failed: 0 },
      holders: holding({ processId: 4120, opened: 1, closed: 1, held: 0 }),
    },
  ],
  [
    "a bind that is kept, of UDP, which names its owner",
    {},
    (tale, own) => bound(tale, own, "udp"),
    { holders: holding({ processId: 4120, opened: 1, held: 1, udp: 1 }) },
  ],
  [
    "a port that is chosen at connect",
    {},
    (tale, own) => {
      connects(tale, opens(tale, own), REMOTE);
    },
    { binds: { attempted: 0, succeeded: 0, failed: 0 }, holders: holding({ opened: 1, deferred: 1, connected: 1 }) },
  ],
  [
    "a port of TCP and the same of UDP",
    {},
    (tale, own) => [bound(tale, own), bound(tale, own, "udp")],
    { holders: holding({ opened: 2, held: 2, udp: 1 }) },
  ],
  [
    "a failed bind that is told twice, by its failure and by its completion",
    {},
    (tale, own) => {
      const context = threadOf(tale, own);
      const values = { LocalAddress: ANY, Status: STATUS.tooManyAddresses };
      for (const id of [1006, 1008]) tcpip(tale, context, id, values);
    },
    { binds: { attempted: 1, succeeded: 0, failed: 1 }, exhaustion: expect.objectContaining({ failures: 1 }) },
  ],
  [
    "a connect that found no port, told twice, by 1050 and by 1034",
    {},
    (tale, own) => {
      const context = threadOf(tale, own);
      for (const id of [1050, 1034]) tcpip(tale, context, id, { ...NO_PORT, ...ownerValues(own) });
    },
    {
      exhaustion: expect.objectContaining({ failures: 1 }),
      victims: holding({ processId: 4120, failures: 1, remotes: ["10.0.0.80:443"] }),
    },
  ],
  [
    "two connects that found no port",
    {},
    (tale, own) => {
      const context = threadOf(tale, own);
      for (const Tcb of [0x1000n, 0x2000n]) tcpip(tale, context, 1050, { ...NO_PORT, Tcb, ...ownerValues(own) });
    },
    { exhaustion: expect.objectContaining({ failures: 2 }) },
  ],
  [
    "a bind in another's thread, when the endpoint's creation named its owner",
    { era: "W11-24H2" },
    (tale, own) => {
      const stranger = { processId: 912, threadId: 916, processor: 0 };
      tcpip(tale, stranger, 1001, { Endpoint: 0x7000n, AddressFamily: 2, Pid: own.processId });
      tcpip(tale, stranger, 1008, {
        Endpoint: 0x7000n,
        LocalAddress: socketAddress({ address: "0.0.0.0", port: 50_001 }),
      });
    },
    { holders: holding({ processId: 4120, processName: "own.exe", opened: 1 }) },
  ],
  [
    "a listener that found no port",
    {},
    (tale, own) =>
      tcpip(tale, threadOf(tale, own), 1122, {
        LocalAddress: ANY,
        Status: STATUS.tooManyAddresses,
        ...ownerValues(own),
      }),
    {
      failures: holding({ operation: "listen", isExhaustion: true, count: 1 }),
      verdict: expect.objectContaining({ exhausted: "yes" }),
    },
  ],
];

const BESIDE_AFD: readonly Case[] = [
  [
    "the ledger books what is acquired and released, big-endian",
    { portOrder: "big" },
    (tale, own) => [bound(tale, own), bound(tale, own)].slice(1).map((socket) => closes(tale, socket)),
    { ledger: { acquired: 2, released: 1, held: 1, peak: 2, releasedFromBeforeTrace: 0, portByteOrder: "big-endian" } },
  ],
  [
    "the ledger may be little-endian",
    { portOrder: "little" },
    (tale, own) => bound(tale, own),
    { ledger: expect.objectContaining({ portByteOrder: "little-endian" }) },
  ],
  [
    "a connection that is closed goes into TIME_WAIT and keeps its port, until its time is over",
    { timeWaitSeconds: 30 },
    (tale, own) => {
      for (const pause of [40, 5]) {
        const socket = bound(tale, own);
        connects(tale, socket, REMOTE);
        closes(tale, socket);
        wait(tale, pause);
      }
    },
    {
      timeWait: { entered: 2, atStart: null },
      ledger: expect.objectContaining({ acquired: 2, released: 1, held: 1 }),
      holders: holding({ opened: 2, closed: 2, held: 0 }),
    },
  ],
  [
    "the rundown tells what was in TIME_WAIT before",
    {},
    (tale, own) => {
      for (const state of [TCP_STATE.timeWait, TCP_STATE.timeWait, TCP_STATE.established])
        connectionRundown(tale, own, { local: 50_000, remote: "10.0.0.80", state });
    },
    { timeWait: { entered: null, atStart: 2 } },
  ],
  [
    "a destination's connects are counted once, though both witnesses see them",
    {},
    (tale, own) => {
      connects(tale, opens(tale, own), REMOTE);
      for (let index = 0; index < 3; index += 1)
        connects(tale, opens(tale, own), REMOTE, { status: STATUS.addressAlreadyExists });
    },
    { destinations: [{ remote: "10.0.0.80:443", connects: 4, failures: 3, share: 1 }] },
  ],
];

const tellsOf =
  (witness: StoryOptions["witness"]) =>
  (_: string, options: Partial<StoryOptions>, turn: Turn, expected: object): void => {
    const tale = story({ seed: 8, witness, ...options });
    const own = process(tale, "own.exe", 4120);
    rundown(tale);
    turn(tale, own);
    wait(tale, 1);
    expect(reportOf(told(tale))).toMatchObject(expected);
  };

describe("TCPIP alone tells of", () => {
  test.each(ALONE)("%s", tellsOf("tcpip"));
});

describe("beside AFD", () => {
  test.each(BESIDE_AFD)("%s", tellsOf("both"));
});

test("a trace without TCPIP has no ledger and knows nothing of TIME_WAIT: absence is not zero", () => {
  const tale = story({ seed: 9 });
  bound(tale, process(tale, "own.exe", 4120));
  expect(reportOf(told(tale))).toMatchObject({ ledger: null, timeWait: { entered: null, atStart: null } });
});

test("a version without a PID does not get the one of the event before it", () => {
  const tale = story({ seed: 10, witness: "tcpip", era: "W11-24H2" });
  const [first, second] = [process(tale, "first.exe", 4120), process(tale, "second.exe", 5200)];
  bound(tale, first, "udp");
  const values = { LocalAddress: socketAddress({ address: "0.0.0.0", port: 50_700 }), Endpoint: 0x9000n };
  logManifest(tale, threadOf(tale, second), layoutOf("tcpip", 1396, 0), values);
  expect(reportOf(told(tale)).holders.map(({ processId, opened }) => [processId, opened])).toEqual([
    [4120, 1],
    [5200, 1],
  ]);
});
