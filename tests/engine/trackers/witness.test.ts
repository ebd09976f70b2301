// Two reports of one call become one call, two calls stay two.

import { describe, expect, test } from "@jest/globals";
import { type FailedCall, PORT_UNKNOWN, type Witness } from "../../../engine/model/call.ts";
import { STATUS } from "../../../engine/model/ntstatus.ts";
import { createWitnesses, type WitnessedCall } from "../../../engine/trackers/witness.ts";
import { failedBind, processOf } from "../support/calls.ts";

const SECOND = 1000;

type Report = readonly [Witness, Partial<FailedCall>];

const heard = (reports: readonly Report[]): readonly WitnessedCall[] => {
  const calls: WitnessedCall[] = [];
  const witnesses = createWitnesses(SECOND, (call) => calls.push(call));
  for (const [witness, call] of reports) witnesses.report(witness, failedBind(call));
  witnesses.flush();
  return calls;
};

/** Witnesses of each call: `at` for both, else the one. */
const signs = (reports: readonly Report[]): readonly string[] =>
  heard(reports).map(({ hasAfd, hasTcpip }) => `${hasAfd ? "a" : ""}${hasTcpip ? "t" : ""}`);

const CASES: readonly (readonly [string, readonly Report[], readonly string[]])[] = [
  [
    "TCPIP, then AFD in the same thread: one call",
    [
      ["tcpip", { ticks: 1 }],
      ["afd", { ticks: 2 }],
    ],
    ["at"],
  ],
  [
    "AFD, then TCPIP: one call",
    [
      ["afd", { ticks: 1 }],
      ["tcpip", { ticks: 2 }],
    ],
    ["at"],
  ],
  [
    "AFD's completion in another thread: one call",
    [
      ["tcpip", { ticks: 1, threadId: 7 }],
      ["afd", { ticks: 2, threadId: 8 }],
    ],
    ["at"],
  ],
  [
    "connects to different remote endpoints: two calls",
    [
      ["tcpip", { ticks: 1, operation: "connect", remote: "10.0.0.9:445" }],
      ["afd", { ticks: 2, operation: "connect", remote: "10.0.0.1:443" }],
    ],
    ["t", "a"],
  ],
  [
    "connects of different processes: two calls",
    [
      ["tcpip", { ticks: 1, operation: "connect", process: processOf(1) }],
      ["afd", { ticks: 2, operation: "connect", process: processOf(2) }],
    ],
    ["t", "a"],
  ],
  [
    "a bind that TCPIP logs in a stranger's thread: one call",
    [
      ["tcpip", { ticks: 1, process: processOf(1) }],
      ["afd", { ticks: 2, process: processOf(2) }],
    ],
    ["at"],
  ],
  [
    "two reports of one witness: two calls",
    [
      ["tcpip", { ticks: 1 }],
      ["tcpip", { ticks: 2 }],
    ],
    ["t", "t"],
  ],
  [
    "two calls, both seen twice",
    [
      ["tcpip", { ticks: 1 }],
      ["afd", { ticks: 2 }],
      ["tcpip", { ticks: 3 }],
      ["afd", { ticks: 4 }],
    ],
    ["at", "at"],
  ],
  [
    "two calls at once, nested",
    [
      ["tcpip", { threadId: 1 }],
      ["tcpip", { threadId: 2 }],
      ["afd", { threadId: 2 }],
      ["afd", { threadId: 1 }],
    ],
    ["at", "at"],
  ],
  [
    "a second apart: one call still",
    [
      ["tcpip", { ticks: 0 }],
      ["afd", { ticks: SECOND }],
    ],
    ["at"],
  ],
  [
    "more than a second apart: two calls",
    [
      ["tcpip", { ticks: 0 }],
      ["afd", { ticks: SECOND + 1 }],
    ],
    ["t", "a"],
  ],
  [
    "another status: two calls",
    [
      ["tcpip", {}],
      ["afd", { status: STATUS.addressAlreadyExists }],
    ],
    ["t", "a"],
  ],
  [
    "another operation: two calls",
    [
      ["tcpip", {}],
      ["afd", { operation: "connect" }],
    ],
    ["t", "a"],
  ],
  [
    "another protocol: two calls",
    [
      ["tcpip", {}],
      ["afd", { protocol: "udp" }],
    ],
    ["t", "a"],
  ],
  [
    "a protocol that AFD does not know: one call",
    [
      ["tcpip", {}],
      ["afd", { protocol: "unknown" }],
    ],
    ["at"],
  ],
];

describe("reports of failed calls", () => {
  test.each(CASES)("%s", (_, reports, expected) => {
    expect(signs(reports)).toEqual(expected);
  });

  test("the thread decides between two that would fit, else the latest is taken", () => {
    const byThread = heard([
      ["tcpip", { threadId: 1, local: "first" }],
      ["tcpip", { threadId: 2, local: "second" }],
      ["afd", { threadId: 1 }],
    ]);
    expect(byThread.find(({ hasAfd }) => hasAfd)?.call.local).toBe("first");
    const byOrder = heard([
      ["tcpip", { threadId: 1, local: "first" }],
      ["tcpip", { threadId: 2, local: "second" }],
      ["afd", { threadId: 3 }],
    ]);
    expect(byOrder.find(({ hasAfd }) => hasAfd)?.call.local).toBe("second");
  });

  test("AFD's word counts, TCPIP's fills what AFD does not say", () => {
    const [owner, header] = [processOf(0), processOf(1)];
    const tcpip: Partial<FailedCall> = {
      ticks: 1,
      process: header,
      requestedPort: 0,
      local: "0.0.0.0:0",
      remote: "10.0.0.80:443",
    };
    const [both] = heard([
      ["tcpip", tcpip],
      ["afd", { ticks: 2, process: owner, protocol: "unknown", requestedPort: PORT_UNKNOWN }],
    ]);
    expect(both).toMatchObject({
      call: { process: owner, protocol: "tcp", requestedPort: 0, local: "0.0.0.0:0", remote: "10.0.0.80:443" },
      firstTicks: 1,
      lastTicks: 2,
    });
  });

  test("any number of them waiting is passed on once each, oldest first", () => {
    const calls = heard(
      Array.from({ length: 1000 }, (_, index): Report => ["tcpip", { ticks: index / 100, threadId: index }]),
    );
    expect(calls.map(({ call }) => call.threadId)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });
});
