// Pools that have run out and pools that fill up: by which proof, at which limits, and where nobody can tell.

import { describe, expect, test } from "@jest/globals";
import { withJson } from "../../builders/capture/changes.ts";
import { netstatFile, undatedEventFile } from "../../builders/capture/loose-texts.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { lacks, logged, probeMeets, range, withoutProbe, WSAENOBUFS } from "../../builders/capture/machine/settings.ts";
import { binds, connects } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { SMALL, smallPool, withApp } from "../../builders/capture/small-pool.ts";
import { leakStory } from "../../builders/scenarios/leaks.ts";
import { triesToBind, visits } from "../../builders/scenarios/plot.ts";
import { process as runs, rundown } from "../../builders/story/processes.ts";
import { story } from "../../builders/story.ts";
import {
  captureFindingsOf,
  findingsOf,
  lacksOf,
  looseFindingsOf,
  onlyFinding,
  traceFindingsOf,
  withId,
} from "../support/findings.ts";

const EXHAUSTED = "pool-exhausted";
const PRESSURE = "pool-pressure";

const used = (count: number, turn: (box: Machine) => void = () => undefined): Machine => {
  const box = withApp((each, app) => binds(each, app, count));
  turn(box);
  return box;
};

describe("pool-pressure", () => {
  test.each([
    ["49.9 %", 1279, null],
    ["50 %", 1280, "Warning"],
    ["79.9 %", 2047, "Warning"],
    ["80 %", 2048, "Critical"],
    ["97.9 %", 2508, "Critical"],
  ])("at %s", (_, count, severity) => {
    const diagnosis = findingsOf(used(count));
    expect(withId(diagnosis, PRESSURE).map((each) => each.severity)).toEqual(severity === null ? [] : [severity]);
    expect(withId(diagnosis, EXHAUSTED)).toEqual([]);
    expect(lacksOf(diagnosis, PRESSURE)).toBeNull();
  });

  test("tells what is used, what is free, and what for", () => {
    const box = used(1000);
    connects(box, process(box, "other.exe", 4500), 280);
    expect(onlyFinding(findingsOf(box), PRESSURE)).toMatchObject({
      protocol: "tcp",
      processId: null,
      summary: "1,280 of 2,560 TCP ports are in use (50 %).",
      evidence: [
        "1,280 ports are free, the longest run of them is 1,280 long.",
        "In use: 1,000 bound and not connected, 280 connected.",
      ],
    });
  });

  test("is not told of a pool that has run out: that is another finding", () => {
    const diagnosis = findingsOf(used(2509));
    expect(withId(diagnosis, PRESSURE)).toEqual([]);
    expect(withId(diagnosis, EXHAUSTED)).toHaveLength(1);
  });

  test("is told of each pool that fills up", () => {
    const box = used(1280, (each) => binds(each, process(each, "udp.exe", 4500), 2100, { protocol: "udp" }));
    expect(withId(findingsOf(box), PRESSURE).map(({ protocol, severity }) => [protocol, severity])).toEqual([
      ["udp", "Critical"],
      ["tcp", "Warning"],
    ]);
  });

  test("is told of a full auto-reuse range whose ports Windows still gives", () => {
    const box = used(2520);
    const { json, entries } = captureOf(box);
    const shared = { start: SMALL.start, ports: SMALL.ports, protocol: "tcp", family: null } as const;
    const diagnosis = captureFindingsOf(withJson({ json, entries }, { autoReuseRanges: [shared] }));
    expect(onlyFinding(diagnosis, PRESSURE).severity).toBe("Critical");
    expect(withId(diagnosis, EXHAUSTED)).toEqual([]);
  });

  test("is not known where the ports or the range were not read", () => {
    const box = smallPool();
    for (const name of ["tcp-ipv4", "bound-tcp-ipv4", "handle-table", "afd-handles"]) lacks(box, name, "failed");
    expect(lacksOf(findingsOf(box), PRESSURE)).toEqual([
      expect.stringContaining("TCP ports that are bound and not connected could not be seen"),
    ]);
    const loose = looseFindingsOf(new Map([["netstat.txt", netstatFile(inOffice())]]));
    expect(lacksOf(loose, PRESSURE)).toEqual([
      expect.stringContaining("dynamic range of TCP"),
      expect.stringContaining("dynamic range of UDP"),
    ]);
  });

  test("says that the range was assumed, where it was", () => {
    const box = machine();
    binds(box, process(box, "app.exe", 4400), 9000);
    const diagnosis = looseFindingsOf(new Map([["netstat.txt", netstatFile(box)]]));
    expect(onlyFinding(diagnosis, PRESSURE).evidence).toContain(
      "The range was not read: the numbers are those of Windows' default range.",
    );
  });
});

describe("pool-exhausted", () => {
  test.each<readonly [string, Machine, RegExp]>([
    ["98 % are used", used(2509), /^TCP ports are exhausted: at least 98 % of the pool are in use\.$/],
    [
      "Windows has none to give",
      used(2100, (box) => probeMeets(box, "tcp", WSAENOBUFS)),
      /^TCP ports are exhausted: Windows was asked for any port just now and had none\.$/,
    ],
    [
      "Windows logged that it had none",
      used(100, (box) => {
        logged(box, 4231, 0.5);
        withoutProbe(box);
      }),
      /^TCP ports ran out: Windows logged that it had none to give\.$/,
    ],
  ])("where %s", (_, box, summary) => {
    expect(onlyFinding(findingsOf(box), EXHAUSTED)).toMatchObject({
      severity: "Critical",
      protocol: "tcp",
      processId: null,
      summary: expect.stringMatching(summary),
    });
  });

  test("is a warning where it is over, with the event that proves it", () => {
    const finding = onlyFinding(findingsOf(used(100, (box) => logged(box, 4231, 2))), EXHAUSTED);
    expect(finding).toMatchObject({
      severity: "Warning",
      summary: "TCP ports ran out before the machine was read, and there are free ones again.",
    });
    expect(finding.evidence).toEqual([
      "100 of 2,560 ports are in use (3.9 %).",
      expect.stringMatching(/^1 event 4231 in the System log: .*[^.]\.$/),
    ]);
  });

  test.each<readonly [string, Machine]>([
    ["97.9 % are used", used(2508)],
    ["an event is older than a day", used(100, (box) => logged(box, 4231, 25))],
    ["the event is another one", used(100, (box) => logged(box, 4227, 1))],
    ["the probe failed otherwise", used(100, (box) => probeMeets(box, "tcp", 10_013))],
  ])("is not told where %s", (_, box) => {
    const diagnosis = findingsOf(box);
    expect(withId(diagnosis, EXHAUSTED)).toEqual([]);
    expect(lacksOf(diagnosis, EXHAUSTED)).toBeNull();
  });

  test("is told of an event without a time, of loose files", () => {
    const diagnosis = looseFindingsOf(new Map([["events.txt", undatedEventFile(4266, 3)]]));
    expect(onlyFinding(diagnosis, EXHAUSTED)).toMatchObject({
      protocol: "udp",
      evidence: ["How many are in use was not read.", expect.stringMatching(/^3 events 4266/)],
    });
  });

  test("is not known where 10055 may be want of memory", () => {
    const diagnosis = findingsOf(used(100, (box) => probeMeets(box, "tcp", WSAENOBUFS)));
    expect(withId(diagnosis, EXHAUSTED)).toEqual([]);
    expect(lacksOf(diagnosis, EXHAUSTED)).toEqual([expect.stringContaining("want of memory")]);
  });

  test("is not known where bound sockets cannot be seen, unless Windows gave a port", () => {
    const blind = (turn: (box: Machine) => void): Machine => {
      const box = smallPool();
      for (const name of ["bound-tcp-ipv4", "bound-tcp-ipv6", "handle-table", "afd-handles"])
        lacks(box, name, "failed");
      turn(box);
      return box;
    };
    expect(lacksOf(findingsOf(blind(withoutProbe)), EXHAUSTED)).toEqual([expect.stringContaining("netstat -anoq")]);
    expect(lacksOf(findingsOf(blind(() => undefined)), EXHAUSTED)).toBeNull();
  });

  test("is not known where the machine seems to have another range than the assumed one", () => {
    const box = inOffice();
    connects(box, process(box, "app.exe", 4400), 200, { fromPort: 20_000 });
    const diagnosis = looseFindingsOf(new Map([["netstat.txt", netstatFile(box)]]));
    expect(lacksOf(diagnosis, EXHAUSTED)).toEqual([expect.stringContaining("many ports in use lie outside")]);
  });

  test("is told of the family whose range it is", () => {
    const box = machine();
    range(box, "tcp", 20_000, 1000, "ipv6");
    binds(box, process(box, "six.exe", 4400), 990, { family: "ipv6" });
    expect(onlyFinding(findingsOf(box), EXHAUSTED).summary).toMatch(/^TCP IPv6 ports are exhausted/);
  });
});

describe("pool-exhausted, in a trace", () => {
  test("counts the calls that failed and says whose they were", () => {
    const finding = onlyFinding(traceFindingsOf(leakStory(300)), EXHAUSTED);
    expect(finding).toMatchObject({ severity: "Critical", processId: null });
    expect(finding.summary).toMatch(/^52 calls found no free port at 2026-03-02 09:15:00 UTC\.$/);
    expect(finding.evidence).toEqual(["Calls that failed, by process: web.exe (5200) 40, mail.exe (5388) 12."]);
  });

  const calm = (bound: number) => {
    const tale = story();
    const app = runs(tale, "app.exe", 4120);
    rundown(tale);
    if (bound > 0) visits(tale, app, bound);
    return tale;
  };

  test("is not told where every bind found a port", () => {
    const diagnosis = traceFindingsOf(calm(20));
    expect(withId(diagnosis, EXHAUSTED)).toEqual([]);
    expect(lacksOf(diagnosis, EXHAUSTED)).toBeNull();
  });

  test("is not known without any bind", () => {
    expect(lacksOf(traceFindingsOf(calm(0)), EXHAUSTED)).toEqual([expect.stringContaining("no completed bind")]);
  });

  test("is not known where events were lost", () => {
    expect(lacksOf(traceFindingsOf(calm(20), { eventsLost: 3 }), EXHAUSTED)).toEqual([
      expect.stringContaining("Part of the recording was lost"),
    ]);
  });

  test("is not told of binds that failed for another reason", () => {
    const tale = calm(20);
    const web = runs(tale, "web.exe", 5200);
    triesToBind(tale, web, 5, { port: 80, status: 0xc000_020a });
    expect(withId(traceFindingsOf(tale), EXHAUSTED)).toEqual([]);
  });
});
