// Small traces, a few records each, for turns in a socket's life that no scenario shows.

import { describe, expect, test } from "@jest/globals";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { socketAddress } from "../../builders/socket-address.ts";
import { binds, closes, connects } from "../../builders/story/calls.ts";
import { process, rundown } from "../../builders/story/processes.ts";
import { afd, ENTER, EXIT, opens, silentSocket, type Socket } from "../../builders/story/sockets.ts";
import { STATUS } from "../../builders/story/statuses.ts";
import { type Process, type Story, story, threadOf, told, wait } from "../../builders/story.ts";
import { reportOf } from "../support/run.ts";

type Turn = (tale: Story, own: Process) => void;
type Case = readonly [tells: string, turn: Turn, expected: object];

const PENDING = 0x103;
const ANY = socketAddress({ address: "0.0.0.0", port: 0 });
const TAKEN = socketAddress({ address: "0.0.0.0", port: 50_000 });
const REMOTE = socketAddress({ address: "10.0.0.80", port: 443 });

/** Records of one call in the caller's thread. */
const calls = (
  tale: Story,
  socket: Socket,
  records: readonly (readonly [id: number, enterExit: number, values?: Parameters<typeof afd>[5]])[],
): void => {
  const context = threadOf(tale, socket.process);
  for (const [id, enterExit, values] of records) afd(tale, context, socket, id, enterExit, values);
};

const AF_UNIX = 1;

const holding = (given: object): readonly object[] => [expect.objectContaining(given as Record<string, unknown>)];

const CASES: readonly Case[] = [
  [
    "a bind whose request and completion are told under both ids is one bind",
    (tale, own) =>
      calls(tale, opens(tale, own), [
        [1029, ENTER],
        [1030, ENTER, { Address: ANY }],
        [1029, EXIT],
        [1030, EXIT, { Address: TAKEN }],
      ]),
    { binds: { attempted: 1, succeeded: 1, failed: 0 }, holders: holding({ opened: 1, held: 1 }) },
  ],
  [
    "a failed bind under both ids is one failure",
    (tale, own) => {
      const failed = { Status: STATUS.tooManyAddresses };
      calls(tale, opens(tale, own), [
        [1030, ENTER, { Address: ANY }],
        [1029, EXIT, failed],
        [1030, EXIT, { ...failed, Address: ANY }],
      ]);
    },
    { binds: { attempted: 1, succeeded: 0, failed: 1 } },
  ],
  [
    "two binds of one socket, the first in vain, are two",
    (tale, own) => {
      const socket = opens(tale, own);
      binds(tale, socket, { port: 8080, status: STATUS.addressAlreadyExists });
      binds(tale, socket);
    },
    { binds: { attempted: 2, succeeded: 1, failed: 1 }, holders: holding({ opened: 1, explicit: 0 }) },
  ],
  [
    "a pending completion decides nothing, the one after it does",
    (tale, own) =>
      calls(tale, opens(tale, own), [
        [1030, ENTER, { Address: ANY }],
        [1030, EXIT, { Status: PENDING, Address: ANY }],
        [1030, EXIT, { Address: TAKEN }],
      ]),
    { binds: { attempted: 1, succeeded: 1, failed: 0 }, holders: holding({ opened: 1 }) },
  ],
  [
    "a port asked for by number is held, and marked as asked for",
    (tale, own) => {
      binds(tale, opens(tale, own), { port: 8080 });
    },
    { holders: holding({ opened: 1, explicit: 1 }) },
  ],
  [
    "a bind without addresses takes a port",
    (tale, own) =>
      calls(tale, opens(tale, own), [
        [1029, ENTER],
        [1029, EXIT],
      ]),
    { binds: { attempted: 1, succeeded: 1, failed: 0 }, holders: holding({ opened: 1 }) },
  ],
  [
    "a bound socket that connects takes no second port",
    (tale, own) => {
      const socket = opens(tale, own);
      binds(tale, socket);
      connects(tale, socket, { address: "10.0.0.80", port: 443 });
    },
    { holders: holding({ opened: 1, deferred: 0, connected: 1 }) },
  ],
  [
    "a socket from before the trace that connects may have had its port already",
    (tale, own) =>
      calls(tale, silentSocket(tale, own), [
        [1018, ENTER, { Address: REMOTE }],
        [1017, EXIT],
      ]),
    { holders: [] },
  ],
  [
    "an AF_UNIX socket takes no port",
    (tale, own) => {
      const socket = silentSocket(tale, own);
      const created = { AddressFamily: AF_UNIX, SocketType: 1, ProcessId: own.processId };
      const path = { Address: Uint8Array.of(AF_UNIX, 0, 0x2f, 0x73, 0, 0, 0, 0) };
      calls(tale, socket, [
        [1000, ENTER, created],
        [1000, EXIT, created],
        [1030, ENTER, path],
        [1030, EXIT, path],
      ]);
    },
    { binds: { attempted: 1, succeeded: 1, failed: 0 }, holders: [] },
  ],
  [
    "a socket whose create fails never was: the next one at its address is another",
    (tale, own) => {
      const socket = silentSocket(tale, own);
      const created = { AddressFamily: 2, SocketType: 1, Protocol: 6, ProcessId: own.processId };
      calls(tale, socket, [
        [1000, ENTER, created],
        [1000, EXIT, { ...created, Status: 0xc000009a }],
      ]);
      binds(tale, opens(tale, own, { endpoint: socket.endpoint }));
    },
    { holders: holding({ opened: 1, closedFromBeforeTrace: 0 }) },
  ],
  [
    "an address created anew without a close gives its port back, and the report tells of the lost close",
    (tale, own) => {
      const first = opens(tale, own);
      binds(tale, first);
      binds(tale, opens(tale, own, { endpoint: first.endpoint }));
    },
    {
      holders: holding({ opened: 2, closed: 1, held: 1, peak: 1 }),
      verdict: expect.objectContaining({
        reasons: expect.arrayContaining([expect.stringMatching(/1 socket came to an end without a close/)]),
      }),
    },
  ],
  [
    "an event of another process at a known address is about another socket",
    (tale, own) => {
      const other = process(tale, "other.exe", 5300);
      const first = opens(tale, own);
      binds(tale, first);
      binds(tale, silentSocket(tale, other, { endpoint: first.endpoint }), { status: STATUS.tooManyAddresses });
    },
    {
      holders: holding({ processId: 4120, opened: 1, closed: 1 }),
      victims: [expect.objectContaining({ processId: 5300, failures: 1 })],
    },
  ],
  [
    "sockets of a process that share a port by number hold one port, until the last of them is closed",
    (tale, own) => {
      const sockets = [1, 2, 3].map(() => opens(tale, own, { protocol: "udp" }));
      for (const socket of sockets) binds(tale, socket, { port: 5353 });
      for (const socket of sockets.slice(1)) closes(tale, socket);
    },
    {
      binds: { attempted: 3, succeeded: 3, failed: 0 },
      holders: holding({ opened: 1, closed: 0, held: 1, udp: 1 }),
    },
  ],
  [
    "a connect from a port asked for by number that is in use says nothing of its destination",
    (tale, own) => {
      for (let count = 0; count < 12; count += 1) {
        const socket = opens(tale, own);
        binds(tale, socket, { port: 20 });
        connects(tale, socket, { address: "10.0.0.80", port: 443 }, { status: STATUS.addressAlreadyExists });
        closes(tale, socket);
      }
    },
    { destinations: [], verdict: expect.objectContaining({ exhausted: "no", pattern: "None" }) },
  ],
  [
    "a listen that fails is a failure of its own, and no bind",
    (tale, own) =>
      calls(tale, opens(tale, own), [
        [1037, ENTER, { Backlog: 5 }],
        [1037, EXIT, { Backlog: 5, Status: STATUS.addressAlreadyExists }],
      ]),
    {
      binds: { attempted: 0, succeeded: 0, failed: 0 },
      failures: [expect.objectContaining({ operation: "listen", count: 1 })],
    },
  ],
  [
    "closing twice gives back once",
    (tale, own) => {
      const socket = opens(tale, own);
      binds(tale, socket);
      closes(tale, socket);
      closes(tale, socket);
    },
    { holders: holding({ opened: 1, closed: 1, closedFromBeforeTrace: 0 }) },
  ],
];

describe("a stray AFD event in a trace of TCPIP alone", () => {
  test("leaves the account of ports to TCPIP", () => {
    const tale = story({ seed: 8, witness: "tcpip", dynamicRange: { start: 49152, ports: 200 } });
    const own = process(tale, "own.exe", 4120);
    rundown(tale);
    takesPorts(tale, own, 200);
    triesToBind(tale, own, 7);
    const withAfd = { ...tale, options: { ...tale.options, witness: "both" as const } };
    calls(withAfd, silentSocket(tale, own), [[1001, ENTER]]);
    const report = reportOf(told(withAfd));
    expect(report.coverage.providers.map(({ name }) => name)).toContain("Microsoft-Windows-Winsock-AFD");
    expect(report).toMatchObject({
      binds: { attempted: 207, succeeded: 200, failed: 7 },
      exhaustion: { failures: 7 },
      holders: [{ processId: 4120, held: 200 }],
      verdict: { exhausted: "yes" },
    });
  });
});

describe("in a small trace", () => {
  test.each(CASES)("%s", (_, turn, expected) => {
    const tale = story({ seed: 7 });
    const own = process(tale, "own.exe", 4120);
    rundown(tale);
    turn(tale, own);
    wait(tale, 1);
    expect(reportOf(told(tale))).toMatchObject(expected);
  });
});
