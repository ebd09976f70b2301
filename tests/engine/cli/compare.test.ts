// What `compare` says of machines between two and more of their captures: who takes ports, how fast, and what is no growth.

import { describe, expect, test } from "@jest/globals";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { withArtifact, withInspection } from "../../builders/capture/changes.ts";
import {
  type Machine,
  type MachineOptions,
  machine,
  minutesLater,
  type Process,
} from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { inherits } from "../../builders/capture/machine/handles.ts";
import { exits, process, service } from "../../builders/capture/machine/processes.ts";
import { excludes, lacks, range } from "../../builders/capture/machine/settings.ts";
import { binds, closes, connects, listens, visits } from "../../builders/capture/machine/sockets.ts";
import { type Happening, nothing, seriesOf } from "../../builders/capture/series.ts";
import { changeOf, changesOf, compareCaptures, comparisonOf, growthOf } from "../support/compare.ts";

const LEAKER = 5868;

type Told = { readonly box: Machine; readonly app: Process };

/** node.exe has some connections already, and svchost a few ports of its own. */
const working = (given: Partial<MachineOptions> = {}): Told => {
  const box = machine(given);
  connects(box, service(box, 1240, ["Dnscache"]), 20);
  const app = process(box, "node.exe", LEAKER);
  connects(box, app, 100);
  minutesLater(box, 30);
  return { box, app };
};

const leak =
  (app: Process, ports: number): Happening =>
  (box) => {
    binds(box, app, ports);
  };

/** As many closed as opened. */
const turnOver =
  (app: Process, ports: number): Happening =>
  (box) => {
    const old = box.sockets.filter(({ creator, state }) => creator === app.processId && state === "bound");
    binds(box, app, ports);
    closes(box, old.slice(0, ports));
  };

const leakBetween = (given: Partial<MachineOptions> = {}) => {
  const { box, app } = working(given);
  return compareCaptures(seriesOf(box, 10, [leak(app, 600)]));
};

describe("a process that leaks", () => {
  test("is told with its rate, and the pool with the time that is left", () => {
    const run = leakBetween();
    expect(changeOf(run, LEAKER)).toMatchObject({
      processName: "node.exe",
      before: 100,
      after: 700,
      opened: 600,
      closed: 0,
      net: 600,
      trend: "Growing",
      status: "Running",
    });
    const growth = growthOf(run, "tcp");
    expect(growth).toMatchObject({ usedBefore: 120, usedAfter: 720, capacity: 16_384, trend: "Growing", samples: 2 });
    // 15,664 ports are left, at 60 a minute.
    expect(growth.forecast?.minutes).toBeCloseTo(261, 0);
    expect(growth.forecast?.time).toMatch(/^2026-03-02T06:01/);
    expect(growth.summary).toMatch(
      /^Use of the TCP pool grows by 60 ports a minute \(55 to 65\): from 120 to 720 of 16,384 ports/,
    );
    expect(growth.summary).toMatch(/the pool is full in 4\.4 h \(/);
    expect(comparisonOf(run).captures.map(({ computer }) => computer)).toEqual(["SRV01", "SRV01"]);
    expect(comparisonOf(run).minutes).toBeCloseTo(10, 1);
  });

  test("comes first, and who does nothing is said not to grow", () => {
    const run = leakBetween();
    expect(changesOf(run).map(({ processId, trend }) => [processId, trend])).toEqual([
      [LEAKER, "Growing"],
      [1240, "NotGrowing"],
    ]);
    expect(changeOf(run, 1240)).toMatchObject({ services: ["Dnscache"], opened: 0, closed: 0 });
    expect(changeOf(run, 1240).summary).toMatch(/It is not growing: /);
    expect(growthOf(run, "udp").summary).toMatch(/^Use of the UDP pool is not growing: 0 ports at first/);
  });

  test.each([
    ["forwards", [0, 1, 2, 3]],
    ["backwards", [3, 2, 1, 0]],
    ["at random", [2, 0, 3, 1]],
  ])("is the same in captures given %s", (_, order) => {
    const { box, app } = working();
    const captures = seriesOf(box, 5, [leak(app, 100), leak(app, 110), leak(app, 90)]);
    const run = compareCaptures(order.flatMap((index) => captures[index] ?? []));
    expect(comparisonOf(run).growth[0]).toMatchObject({
      samples: 4,
      usedBefore: 120,
      usedAfter: 420,
      trend: "Growing",
    });
    expect(changeOf(run, LEAKER)).toMatchObject({ opened: 300, before: 100, after: 400 });
  });

  test.each([
    ["the bound tables and handles", {}],
    ["handles alone, as Wine has no bound tables", { wine: true, osBuild: 18_362 }],
    ["handles alone, as Windows 7 has none either", { osBuild: 7601, tables: "pid" as const }],
    ["the bound tables alone, where nobody is elevated", { elevated: false, debugPrivilege: false }],
  ])("is seen by %s", (_, given) => {
    expect(changeOf(leakBetween(given), LEAKER)).toMatchObject({ net: 600, trend: "Growing" });
    expect(growthOf(leakBetween(given), "tcp")).toMatchObject({ usedAfter: 720, trend: "Growing" });
  });

  test("by UDP sockets is told of the UDP pool", () => {
    const { box, app } = working();
    const run = compareCaptures(seriesOf(box, 10, [(each) => binds(each, app, 300, { protocol: "udp" })]));
    expect(changeOf(run, LEAKER, "udp")).toMatchObject({ net: 300, trend: "Growing" });
    expect(growthOf(run, "udp").trend).toBe("Growing");
    expect(growthOf(run, "tcp").trend).toBe("NotGrowing");
  });
});

describe("what is no growth", () => {
  test("is what is closed as fast as it is opened", () => {
    const { box, app } = working();
    binds(box, app, 500);
    const run = compareCaptures(seriesOf(box, 10, [turnOver(app, 300), turnOver(app, 290), turnOver(app, 310)]));
    const change = changeOf(run, LEAKER);
    expect(change).toMatchObject({ opened: 900, closed: 900, net: 0, trend: "NotGrowing" });
    expect(growthOf(run, "tcp")).toMatchObject({ trend: "NotGrowing", forecast: null });
  });

  test("is what a process that began between the captures works with", () => {
    const { box } = working();
    const run = compareCaptures(seriesOf(box, 10, [(each) => binds(each, process(each, "sqlservr.exe", 2800), 300)]));
    expect(changeOf(run, 2800)).toMatchObject({
      before: 0,
      after: 300,
      trend: "Unknown",
      rate: null,
      status: "Started",
    });
    expect(changeOf(run, 2800).summary).toMatch(/what a program opens at its start is no growth/);
  });

  test("but what it opens later is", () => {
    const { box } = working();
    const later: Happening = (each) => {
      const app = each.processes.find(({ processId }) => processId === 2800);
      if (app !== undefined) binds(each, app, 120);
    };
    const run = compareCaptures(
      seriesOf(box, 10, [(each) => binds(each, process(each, "sqlservr.exe", 2800), 300), later, later]),
    );
    expect(changeOf(run, 2800)).toMatchObject({ net: 540, trend: "Growing", status: "Started" });
    expect(changeOf(run, 2800).rate?.perMinute).toBeCloseTo(12, 1);
  });

  test("is a burst among quiet captures", () => {
    const { box, app } = working();
    const run = compareCaptures(seriesOf(box, 10, [nothing, leak(app, 5000), nothing, nothing]));
    expect(growthOf(run, "tcp")).toMatchObject({ trend: "Unknown", rate: null, usedAfter: 5120 });
    expect(growthOf(run, "tcp").summary).toMatch(/not known: it rose from 120 to 5,120, but in bursts/);
  });

  test("are ports in TIME_WAIT: the pool grows, and no end of it is told", () => {
    const { box, app } = working();
    const run = compareCaptures(seriesOf(box, 2, [(each) => visits(each, app, 800)]));
    const growth = growthOf(run, "tcp");
    expect(growth).toMatchObject({ trend: "Growing", usedAfter: 920, forecast: null });
    expect(growth.notes.join(" ")).toMatch(/TIME_WAIT/);
    expect(changeOf(run, LEAKER)).toMatchObject({ net: 0, trend: "NotGrowing" });
  });

  test("is what a full pool can still do", () => {
    const { box, app } = working();
    range(box, "tcp", 49_152, 1000);
    const run = compareCaptures(seriesOf(box, 10, [leak(app, 880)]));
    const growth = growthOf(run, "tcp");
    expect(growth).toMatchObject({ trend: "Growing", usedAfter: 1000, capacity: 1000, forecast: null });
    expect(growth.summary).toMatch(/The pool is full: 1,000 ports of 1,000 are used/);
  });
});

describe("who has a port", () => {
  test("is the process, not its PID", () => {
    const { box, app } = working();
    const recycle: Happening = (each) => {
      exits(each, app);
      binds(each, process(each, "notepad.exe", LEAKER), 150);
    };
    const rows = changesOf(compareCaptures(seriesOf(box, 10, [recycle]))).filter(
      ({ processId }) => processId === LEAKER,
    );
    expect(rows.map(({ processName, before, after, status }) => ({ processName, before, after, status }))).toEqual([
      { processName: "notepad.exe", before: 0, after: 150, status: "Started" },
      { processName: "node.exe", before: 100, after: 0, status: "Ended" },
    ]);
  });

  test("is told where it was started again, with what that gave back", () => {
    const { box, app } = working();
    binds(box, app, 3000);
    const restart: Happening = (each) => {
      exits(each, app);
      binds(each, process(each, "node.exe", 7000), 40);
    };
    const { notes } = comparisonOf(compareCaptures(seriesOf(box, 10, [restart])));
    expect(notes).toEqual(["node.exe (5868) ended and gave back 3,100 TCP ports; node.exe (7000) has started."]);
  });

  test("is who holds it, where its opener has ended", () => {
    const { box, app } = working();
    const child = process(box, "worker.exe", 7120, { parent: app });
    const leave: Happening = (each) => {
      binds(each, app, 400);
      inherits(each, child, app);
      exits(each, app);
    };
    const run = compareCaptures(seriesOf(box, 10, [leave, nothing]));
    expect(changeOf(run, 7120)).toMatchObject({ after: 500, status: "Running" });
  });

  test("counts listeners of the pool too, but no accepted connection", () => {
    const { box, app } = working();
    const run = compareCaptures(seriesOf(box, 10, [(each) => listens(each, app, 12)]));
    expect(changeOf(run, LEAKER)).toMatchObject({ net: 12 });
  });
});

describe("what not all captures show", () => {
  const withoutBound = (capture: Capture): Capture => {
    const tables = ["bound-tcp-ipv4", "bound-tcp-ipv6"].reduce(
      (each, name) => withArtifact(each, name, { status: "failed", reason: "Win32 error 5." }),
      capture,
    );
    return withArtifact(tables, "afd-handles", { status: "failed", reason: "No native code." });
  };

  test("is left out: bound ports that one of two could not see are no growth", () => {
    const { box, app } = working();
    binds(box, app, 3000);
    const [first, second] = seriesOf(box, 10, [nothing]);
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const run = compareCaptures([withoutBound(first), second]);
    expect(growthOf(run, "tcp")).toMatchObject({ usedBefore: 120, usedAfter: 120, trend: "Unknown", rate: null });
    expect(growthOf(run, "tcp").summary).toMatch(/not all ports can be seen/);
    expect(changeOf(run, LEAKER)).toMatchObject({ net: 0, trend: "Unknown" });
    expect(comparisonOf(run).notes.join(" ")).toMatch(/only bound/);
  });

  test("does not hide the growth of what they all show", () => {
    const { box, app } = working();
    const captures = seriesOf(box, 10, [(each) => connects(each, app, 600)]);
    expect(growthOf(compareCaptures(captures.map(withoutBound)), "tcp")).toMatchObject({ trend: "Growing" });
  });

  test("is no table: the protocol is not compared, and the other one is", () => {
    const { box, app } = working();
    const first = captureOf(box);
    leak(app, 600)(box);
    minutesLater(box, 10);
    lacks(box, "udp-ipv6", "failed");
    const run = compareCaptures([first, captureOf(box)]);
    expect(comparisonOf(run).growth.map(({ protocol }) => protocol)).toEqual(["tcp"]);
    expect(comparisonOf(run).notes).toEqual([expect.stringMatching(/^UDP is not compared: .*1\.zip\.$/)]);
  });

  test("is nothing where no process had a socket at first, and no table shows bound ports", () => {
    const box = machine({ wine: true, osBuild: 18_362 });
    const app = process(box, "hold.exe", LEAKER);
    process(box, "explorer.exe", 1800);
    minutesLater(box, 5);
    const run = compareCaptures(seriesOf(box, 1, [leak(app, 100), leak(app, 100)]));
    expect(changeOf(run, LEAKER)).toMatchObject({ before: 0, after: 200, trend: "Growing" });
    expect(growthOf(run, "tcp")).toMatchObject({ usedBefore: 0, usedAfter: 200, trend: "Growing" });
  });

  test("is what a process that could not be looked into has", () => {
    const { box, app } = working({ osBuild: 7601, tables: "pid" });
    binds(box, app, 700);
    const other = process(box, "app.exe", 4100);
    connects(box, other, 5);
    const [first, second] = seriesOf(box, 10, [(each) => binds(each, other, 200)]);
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const run = compareCaptures([withInspection(first, LEAKER, { status: "refused", inspected: 0 }), second]);
    expect(changeOf(run, LEAKER)).toMatchObject({ trend: "Unknown" });
    expect(changeOf(run, 4100)).toMatchObject({ net: 200, trend: "Growing" });
    expect(growthOf(run, "tcp").notes.join(" ")).toMatch(/may grow unseen/);
  });
});

describe("a pool that changes", () => {
  test.each([
    ["its range", (box: Machine) => range(box, "tcp", 30_000, 20_000)],
    ["its excluded ports", (box: Machine) => excludes(box, "tcp", 60_000, 60_999)],
  ])("in %s has no forecast, and what was used stays used", (_, changes) => {
    const { box, app } = working();
    const run = compareCaptures(
      seriesOf(box, 10, [
        (each) => {
          leak(app, 600)(each);
          changes(each);
        },
      ]),
    );
    const growth = growthOf(run, "tcp");
    expect(growth).toMatchObject({ usedBefore: 120, usedAfter: 720, trend: "Growing", forecast: null });
    expect(growth.notes.join(" ")).toMatch(/range or its excluded ports changed/);
  });

  test("into one for each family is compared as one", () => {
    const { box, app } = working();
    const run = compareCaptures(
      seriesOf(box, 10, [
        (each) => {
          leak(app, 600)(each);
          range(each, "tcp", 30_000, 5000, "ipv6");
        },
      ]),
    );
    expect(growthOf(run, "tcp")).toMatchObject({ family: null, usedAfter: 720, capacity: null, forecast: null });
  });
});
