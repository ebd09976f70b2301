// Who is looked at first, and what is said of each: share, class, age, and what speaks against it.

import { describe, expect, test } from "@jest/globals";
import type { PoolSuspect } from "../../../../engine/generated/records.ts";
import { type Machine, machine, minutesLater } from "../../../builders/capture/machine.ts";
import { process, service } from "../../../builders/capture/machine/processes.ts";
import { binds, closes, connects } from "../../../builders/capture/machine/sockets.ts";
import { orphaned } from "../../../builders/capture/scenarios/plot.ts";
import { captureReport, runMachine } from "../../support/captures.ts";

const suspects = (box: Machine): readonly PoolSuspect[] => captureReport(runMachine(box)).suspects;

/** An old leak, a young load, a service of many, and a crumb. */
const crowded = (): Machine => {
  const box = machine();
  const leaker = process(box, "leaker.exe", 5000);
  binds(box, leaker, 8000);
  minutesLater(box, 60 * 30);
  connects(box, process(box, "busy.exe", 5100), 2000);
  binds(box, service(box, 5200, ["Alpha", "Beta"]), 1000);
  connects(box, process(box, "crumb.exe", 5300), 109);
  return box;
};

describe("suspects", () => {
  const all = suspects(crowded());

  test("are those with a hundredth of the used ports and more, most first", () => {
    expect(all.map(({ order, processId, ports }) => [order, processId, ports])).toEqual([
      [1, 5000, 8000],
      [2, 5100, 2000],
      [3, 5200, 1000],
    ]);
  });

  test("have their share, their class and the one whom the verdict names", () => {
    const [leaker, busy] = all;
    expect(leaker).toMatchObject({ portClass: "bound", culprit: true, inferred: false, creator: "running" });
    expect(leaker?.share).toBeCloseTo(8000 / 11_109, 6);
    expect(busy).toMatchObject({ portClass: "connected", culprit: false });
  });

  test("have the ages of their sockets where the tables tell them", () => {
    expect(all[1]?.ages).toEqual({ minutes: 2000, hour: 0, day: 0, older: 0, unknown: 0 });
    expect(all[1]?.explanation).toContain("none older than 4 minutes");
  });

  test("of several services are marked so", () => {
    expect(all[2]?.services).toEqual(["Alpha", "Beta"]);
    expect(all[2]?.explanation).toContain("2 services run in it: any may be the one");
  });
});

test("whoever inherited the sockets says that another process had opened them", () => {
  const [heir] = suspects(orphaned(14_000).box);
  expect(heir).toMatchObject({ processId: 7120, ports: 14_000, culprit: true });
  expect(heir?.explanation).toContain("14,000 were opened by another process");
});

test("TIME_WAIT makes a suspect by inference only", () => {
  const box = machine();
  const caller = process(box, "caller.exe", 5000);
  connects(box, caller, 20);
  closes(box, connects(box, caller, 9000));
  const [first] = suspects(box);
  expect(first).toMatchObject({ processId: 5000, ports: 9000, portClass: "timeWait", inferred: true });
  expect(first?.explanation).toContain("an inference");
});

test("a pool that is not half full has none", () => {
  const box = machine();
  binds(box, process(box, "small.exe", 5000), 4000);
  expect(suspects(box)).toEqual([]);
});
