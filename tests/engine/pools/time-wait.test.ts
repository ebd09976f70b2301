// Whose ports in TIME_WAIT were: only who has nine in ten of the known connections to an endpoint is likely to have had them.

import { describe, expect, test } from "@jest/globals";
import { process } from "../../builders/capture/machine/processes.ts";
import { connects, visits } from "../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { smallPool } from "../../builders/capture/small-pool.ts";
import { portOwners, runMachine } from "../support/captures.ts";

const PEER = { address: "10.0.0.80", port: 443 } as const;
const OTHER = { address: "10.0.0.81", port: 443 } as const;

/** 500 closed connections to the peer, and these open ones of each client. */
const churned = (...clients: readonly (readonly [open: number, to: typeof PEER | typeof OTHER])[]): Machine => {
  const box = smallPool();
  visits(box, process(box, "gone.exe", 4000), 500, { to: PEER });
  for (const [index, [open, to]] of clients.entries())
    connects(box, process(box, `client${index}.exe`, 5000 + index * 4), open, { to });
  return box;
};

const likely = (box: Machine): Readonly<Record<number, number>> =>
  Object.fromEntries(
    portOwners(runMachine(box))
      .filter(({ likelyTimeWait }) => likelyTimeWait > 0)
      .map(({ processId, likelyTimeWait }) => [processId, likelyTimeWait]),
  );

describe("TIME_WAIT", () => {
  test("is likely of the only one that is connected to the endpoint", () => {
    expect(likely(churned([1, PEER]))).toEqual({ 5000: 500 });
  });

  test("is likely of who has nine in ten of the connections", () => {
    expect(likely(churned([90, PEER], [10, PEER]))).toEqual({ 5000: 500 });
  });

  test("is nobody's where it has one less", () => {
    expect(likely(churned([89, PEER], [10, PEER]))).toEqual({});
  });

  test("is nobody's where two share the endpoint", () => {
    expect(likely(churned([50, PEER], [50, PEER]))).toEqual({});
  });

  test("is nobody's where who is connected is connected to another endpoint", () => {
    expect(likely(churned([90, OTHER]))).toEqual({});
  });

  test("does not count connections to other endpoints against it", () => {
    expect(likely(churned([9, PEER], [1000, OTHER]))).toEqual({ 5000: 500 });
  });
});
