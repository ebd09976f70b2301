// Ports per process, and what each held when exhaustion was last proved.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createHoldings, type Holding } from "../../../engine/trackers/holdings.ts";
import { processOf, socketOf } from "../support/calls.ts";

type Step = { readonly kind: "opened" | "closed" | "evidence"; readonly who: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("opened", "opened", "closed", "evidence"),
  who: fc.nat({ max: 3 }),
});

const holdingOf = (holdings: readonly Holding[], index: number): Holding | undefined =>
  holdings.find(({ process }) => process.index === index);

describe("the ports of processes", () => {
  test("are those of a plain account, at the end, at the peak, and at the last proof", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const holdings = createHoldings();
        const processes = [0, 1, 2, 3].map((index) => processOf(index));
        const account = processes.map(() => ({ opened: 0, closed: 0, held: 0, peak: 0, atExhaustion: { held: 0 } }));
        for (const { kind, who } of steps) {
          const [process, own] = [processes[who], account[who]];
          if (process === undefined || own === undefined) continue;
          if (kind === "evidence") {
            holdings.evidence();
            for (const each of account) each.atExhaustion.held = each.held;
          } else if (kind === "opened") {
            holdings.opened(socketOf(process));
            own.opened += 1;
            own.held += 1;
          } else if (own.held > 0) {
            holdings.closed(socketOf(process));
            own.closed += 1;
            own.held -= 1;
          }
          own.peak = Math.max(own.peak, own.held);
        }
        const finished = holdings.finish();
        for (const [index, own] of account.entries()) {
          const holding = holdingOf(finished, index);
          if (own.opened === 0) expect(holding).toBeUndefined();
          else expect(holding).toMatchObject(own);
        }
      }),
    );
  });

  test("are one account where two entries turn out to be the same process", () => {
    const holdings = createHoldings();
    const [known, loose] = [processOf(0), processOf(1)];
    for (let count = 0; count < 5; count += 1) holdings.opened(socketOf(known));
    for (let count = 0; count < 3; count += 1) holdings.opened(socketOf(loose));
    holdings.evidence();
    holdings.closed(socketOf(loose));
    loose.mergedInto = known;
    expect(holdings.finish()).toEqual([
      expect.objectContaining({
        process: known,
        opened: 8,
        closed: 1,
        held: 7,
        peak: 7,
        atExhaustion: expect.objectContaining({ held: 8 }),
      }),
    ]);
  });
});

describe("the sockets that hold ports", () => {
  test("are told by kind while they are held", () => {
    const holdings = createHoldings();
    const process = processOf(0);
    const [udp, connected, left] = [
      socketOf(process, { protocol: "udp", isExplicit: true }),
      socketOf(process, { isConnected: true, isDeferred: true }),
      socketOf(process, { isConnected: true, isPeerClosed: true }),
    ] as const;
    for (const socket of [udp, connected, left]) holdings.opened(socket);
    holdings.closed(connected);
    holdings.closedFromBeforeTrace(process);
    expect(holdings.finish()).toEqual([
      expect.objectContaining({
        held: 2,
        udp: 1,
        connected: 1,
        peerClosed: 1,
        deferred: 1,
        explicit: 1,
        closedTcp: 1,
        closedFromBeforeTrace: 1,
        explicitHeld: 1,
        atExhaustion: { held: 0, explicitHeld: 0, connected: 0, peerClosed: 0, udp: 0 },
      }),
    ]);
  });

  test("are told by kind as they were when exhaustion was last proved", () => {
    const holdings = createHoldings();
    const process = processOf(0);
    const socket = socketOf(process, { isConnected: true, isExplicit: true });
    holdings.opened(socket);
    holdings.evidence();
    holdings.peerClosed(socket);
    holdings.closed({ ...socket, isPeerClosed: true });
    expect(holdings.finish()).toEqual([
      expect.objectContaining({
        held: 0,
        atExhaustion: { held: 1, explicitHeld: 1, connected: 1, peerClosed: 0, udp: 0 },
      }),
    ]);
  });

  test("do not count a socket as connected that holds no port", () => {
    const holdings = createHoldings();
    const process = processOf(0);
    holdings.opened(socketOf(process));
    holdings.connected(socketOf(process, { holdsPort: false }));
    holdings.peerClosed(socketOf(process, { holdsPort: false }));
    expect(holdings.finish()).toEqual([expect.objectContaining({ connected: 0, peerClosed: 0 })]);
  });
});
