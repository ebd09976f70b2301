// Comparisons of any machine: what adds up whatever programs do between captures, and in whatever order these are given.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { type Machine, machine, minutesLater, type Process } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { inherits } from "../../builders/capture/machine/handles.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { binds, closes, connects, visits } from "../../builders/capture/machine/sockets.ts";
import { poolOf, runOf } from "../support/captures.ts";
import { changesOf, compareCaptures, comparisonOf } from "../support/compare.ts";

const PIDS = [1000, 1004, 1008, 1012] as const;

type Deed = {
  readonly kind: "bind" | "connect" | "visit" | "udp" | "close" | "exit" | "recycle" | "inherit" | "wait";
  readonly who: number;
  readonly count: number;
};

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom("bind", "connect", "visit", "udp", "close", "exit", "recycle", "inherit", "wait"),
  who: fc.nat({ max: PIDS.length - 1 }),
  count: fc.integer({ min: 1, max: 40 }),
});

const runningAt = (box: Machine, who: number): Process | undefined =>
  box.processes.find(({ processId }) => processId === PIDS[who]);

const does: Readonly<Record<Deed["kind"], (box: Machine, by: Process, count: number) => void>> = {
  bind: (box, by, count) => binds(box, by, count),
  connect: (box, by, count) => connects(box, by, count),
  visit: (box, by, count) => visits(box, by, count),
  udp: (box, by, count) => binds(box, by, count, { protocol: "udp" }),
  close: (box, by, count) => closes(box, box.sockets.filter(({ creator }) => creator === by.processId).slice(0, count)),
  exit: (box, by) => exits(box, by),
  recycle: (box, by, count) => {
    exits(box, by);
    minutesLater(box, 1);
    binds(box, process(box, "other.exe", by.processId), count);
  },
  inherit: (box, by) => {
    const heir = box.processes.find(({ processId }) => processId > 4 && processId !== by.processId);
    if (heir !== undefined) inherits(box, heir, by);
  },
  wait: (box, _, count) => minutesLater(box, count),
};

const capturesOf = (series: readonly (readonly Deed[])[]): readonly Capture[] => {
  const box = machine();
  for (const [index, processId] of PIDS.entries()) process(box, `app${index}.exe`, processId);
  process(box, "smss.exe", 300);
  return series.map((deeds) => {
    for (const { kind, who, count } of deeds) {
      const by = runningAt(box, who);
      if (by !== undefined) does[kind](box, by, count);
    }
    minutesLater(box, 5);
    return captureOf(box);
  });
};

const series = fc.array(fc.array(deed, { maxLength: 6 }), { minLength: 2, maxLength: 5 });

test("what a process has at last is what it had, and opened, and did not close", () => {
  fc.assert(
    fc.property(series, (told) => {
      const changes = changesOf(compareCaptures(capturesOf(told)));
      for (const { before, after, opened, closed, net } of changes) {
        expect(net).toBe(after - before);
        expect(net).toBe(opened - closed);
      }
      expect(changes.map(({ net }) => net)).toEqual(changes.map(({ net }) => net).toSorted((a, b) => b - a));
    }),
    { numRuns: 30 },
  );
});

test("a pool is used at first and at last as the captures themselves say", () => {
  fc.assert(
    fc.property(series, (told) => {
      const captures = capturesOf(told);
      const [first, last] = [captures[0], captures.at(-1)];
      if (first === undefined || last === undefined) throw new RangeError("there are no captures");
      for (const { protocol, usedBefore, usedAfter, notes } of comparisonOf(compareCaptures([first, last])).growth) {
        if (protocol === null) throw new Error("a pool has a protocol");
        expect(usedAfter).toBe(poolOf(runOf(last), protocol).used);
        // Before a drop, the first capture is not judged.
        if (!notes.join(" ").includes("came free at once"))
          expect(usedBefore).toBe(poolOf(runOf(first), protocol).used);
      }
    }),
    { numRuns: 20 },
  );
});

test("the order in which captures are given does not matter", () => {
  fc.assert(
    fc.property(series, fc.nat(), (told, turn) => {
      const captures = capturesOf(told);
      const turned = [
        ...captures.slice(turn % captures.length),
        ...captures.slice(0, turn % captures.length),
      ].toReversed();
      const [one, other] = [compareCaptures(captures), compareCaptures(turned)];
      expect(changesOf(other)).toEqual(changesOf(one));
      expect(comparisonOf(other).growth).toEqual(comparisonOf(one).growth);
      expect(comparisonOf(other).captures.map(({ time }) => time)).toEqual(
        comparisonOf(one).captures.map(({ time }) => time),
      );
    }),
    { numRuns: 30 },
  );
});
