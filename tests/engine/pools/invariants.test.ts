// What holds of any machine, whatever its programs did: sums agree, order and repetition of rows mean nothing, accepted
// connections cost nothing, an exclusion never makes room, and a port outside the range is nobody's business.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Capture } from "../../builders/capture/capture-files.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { excludes } from "../../builders/capture/machine/settings.ts";
import { accepts } from "../../builders/capture/machine/sockets.ts";
import { afdOwners, captureReport, poolOf, portOwners, runMachine, runOf } from "../support/captures.ts";
import type { Run } from "../support/run.ts";
import { anyMachine, RANGE, repeatRows, shuffleRows } from "./machines.ts";

const RUNS = { numRuns: 40 } as const;

/** Everything that is said of a machine, apart from the frame. */
const saidOf = (run: Run): unknown => ({
  report: captureReport(run),
  ports: portOwners(run),
  handles: afdOwners(run),
});

/** Who holds what, without the counts of rows and handles that repetition changes by right. */
const accountOf = (run: Run): unknown => {
  const { verdict, pools } = captureReport(run);
  return { verdict, pools, ports: portOwners(run) };
};

const portNumbers = (box: Machine, protocol: "tcp" | "udp"): ReadonlySet<number> => {
  const isFree = (port: number): boolean =>
    !box.exclusions.some((each) => each.protocol === protocol && each.startPort <= port && port <= each.endPort);
  const inRange = box.sockets
    .filter((socket) => socket.protocol === protocol && socket.state !== "unbound")
    .map(({ local }) => local.port)
    .filter((port) => port >= RANGE.start && port < RANGE.start + RANGE.ports && isFree(port));
  return new Set(inRange);
};

describe("any machine", () => {
  test("uses the distinct ports of its sockets inside the range, no more and no less", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const box = make();
        const run = runMachine(box);
        for (const protocol of ["tcp", "udp"] as const)
          expect(poolOf(run, protocol).used).toBe(portNumbers(box, protocol).size);
      }),
      RUNS,
    );
  });

  test("has pools whose sums agree, and owners who hold no more than there is", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const run = runMachine(make());
        for (const pool of captureReport(run).pools) {
          const { excluded, ...classes } = pool.byClass;
          expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(pool.used);
          expect(pool.used + pool.free).toBe(pool.capacity);
          expect(pool.capacity + excluded).toBe(pool.ports);
          expect(pool.largestFreeRun).toBeLessThanOrEqual(pool.free);
          expect(pool.free64Blocks * 64).toBeLessThanOrEqual(pool.free);
          expect(Math.max(pool.byFamily.ipv4, pool.byFamily.ipv6)).toBeLessThanOrEqual(pool.used);
          for (const row of portOwners(run).filter(({ protocol }) => protocol === pool.protocol)) {
            const { bound, connected, listening, closeWait, closing, timeWait, udp, ports } = row;
            expect(ports).toBeLessThanOrEqual(pool.used);
            expect(bound + connected + listening + closeWait + closing + timeWait + udp).toBe(ports);
          }
        }
      }),
      RUNS,
    );
  });

  test("is the same in whatever order its rows come", () => {
    fc.assert(
      fc.property(anyMachine(), fc.nat(), (make, seed) => {
        const capture = captureOf(make());
        expect(saidOf(runOf(shuffleRows(capture, seed)))).toEqual(saidOf(runOf(capture)));
      }),
      RUNS,
    );
  });

  test("is the same when rows come twice", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const capture: Capture = captureOf(make());
        expect(accountOf(runOf(repeatRows(capture)))).toEqual(accountOf(runOf(capture)));
      }),
      RUNS,
    );
  });

  test("pays nothing for accepted connections", () => {
    fc.assert(
      fc.property(anyMachine(), fc.integer({ min: 1, max: 300 }), (make, count) => {
        const box = make();
        const listener = box.sockets.find(({ state }) => state === "listening");
        const server = box.processes.at(-1);
        if (listener === undefined || server === undefined) return;
        const before = poolOf(runMachine(box), "tcp");
        accepts(box, listener, count, server);
        expect(poolOf(runMachine(box), "tcp")).toEqual(before);
      }),
      RUNS,
    );
  });

  test("has no more room after another exclusion", () => {
    const ports = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(anyMachine(), fc.tuple(ports, ports), (make, [one, other]) => {
        const box = make();
        const before = poolOf(runMachine(box), "tcp");
        excludes(box, "tcp", Math.min(one, other), Math.max(one, other));
        const after = poolOf(runMachine(box), "tcp");
        expect(after.capacity).toBeLessThanOrEqual(before.capacity);
        expect(after.free).toBeLessThanOrEqual(before.free);
        expect(after.excluded).toBeGreaterThanOrEqual(before.excluded);
      }),
      RUNS,
    );
  });
});
