// IPv4 and IPv6 with ranges of their own: an event tells no family, so it is held against one pool and never against both; numbers
// are said of the family whose they are. And what else may not be said with more than is known.

import { describe, expect, test } from "@jest/globals";
import type { CaptureReport } from "../../../../engine/generated/records.ts";
import { type Machine, machine } from "../../../builders/capture/machine.ts";
import { process } from "../../../builders/capture/machine/processes.ts";
import { excludes, lacks, logged, range, withoutProbe } from "../../../builders/capture/machine/settings.ts";
import { binds, visits } from "../../../builders/capture/machine/sockets.ts";
import { captureReport, runMachine } from "../../support/captures.ts";

const reportOf = (turn: (box: Machine) => void): CaptureReport => {
  const box = machine();
  turn(box);
  return captureReport(runMachine(box));
};

const EXHAUSTED = "pool-exhausted";

const exhausted = ({ findings }: CaptureReport) => findings.filter(({ id }) => id === EXHAUSTED);

/** 1,000 ports of IPv6, so many of them bound. */
const six = (ports: number, hoursAgo: number | null, turn: (box: Machine) => void = () => undefined): CaptureReport =>
  reportOf((box) => {
    range(box, "tcp", 20_000, 1000, "ipv6");
    binds(box, process(box, "six.exe", 5000), ports, { family: "ipv6" });
    if (hoursAgo !== null) logged(box, 4231, hoursAgo);
    turn(box);
  });

const FAMILY_DOUBT =
  "The event does not tell whether IPv4's or IPv6's ports ran out; each family has a pool of its own.";

describe("an event, where each family has a pool of its own", () => {
  test("is of the pool that is exhausted, and says nothing of the other", () => {
    const report = six(1000, 0.2);
    expect(exhausted(report).map(({ summary }) => summary)).toEqual([
      "TCP IPv6 ports are exhausted: Windows was asked for any port just now and had none.",
    ]);
    expect(report.verdict.reasons.join(" ")).not.toContain("ran out before");
    expect(exhausted(report)[0]?.evidence).not.toContain(FAMILY_DOUBT);
  });

  test("that is over is told once, and of neither family", () => {
    const report = six(10, 3);
    expect(exhausted(report)).toHaveLength(1);
    expect(exhausted(report)[0]).toMatchObject({
      severity: "Warning",
      summary: "TCP ports ran out before the machine was read, and there are free ones again.",
      evidence: ["10 of 1,000 TCP IPv6 ports are in use (1 %).", expect.anything(), FAMILY_DOUBT],
    });
    expect(report.verdict).toMatchObject({ level: "Elevated", pattern: "None" });
    expect(report.verdict.summary).toMatch(/^TCP ports ran out within the 24 hours before/);
    expect(report.verdict.reasons.filter((reason) => reason.startsWith("TCP ports ran out before"))).toEqual([
      "TCP ports ran out before, and there are free ones now. The event does not tell whether those of IPv4 or of IPv6, which have pools of their own.",
    ]);
  });

  test("that nothing contradicts proves that ports ran out, of the fuller pool for all that is known", () => {
    const report = six(100, 0.2, withoutProbe);
    expect(report.verdict).toMatchObject({ level: "Exhausted" });
    expect(exhausted(report)).toHaveLength(1);
    expect(exhausted(report)[0]?.summary).toBe("TCP ports ran out: Windows logged that it had none to give.");
  });

  test("is of the pool of which Windows had no port, though the other is fuller", () => {
    const report = six(850, 0.2, (box) => {
      binds(box, process(box, "four.exe", 5004), 14_500);
      box.probes = [
        { protocol: "tcp", family: "ipv4", error: null },
        { protocol: "tcp", family: "ipv6", error: 10_055 },
      ];
    });
    expect(exhausted(report).map(({ summary }) => summary.slice(0, 8))).toEqual(["TCP IPv6"]);
  });

  test("has no doubt where both have one pool", () => {
    const report = reportOf((box) => logged(box, 4231, 3));
    expect(exhausted(report)[0]?.evidence).not.toContain(FAMILY_DOUBT);
    expect(report.verdict.reasons).toContain("TCP ports ran out before, and there are free ones now.");
  });
});

describe("numbers of a pool", () => {
  test("are said of its family, in the culprit's sentence too", () => {
    expect(six(900, null).verdict.culprit?.reason).toMatch(
      /^six\.exe \(5000\) holds 900 of the used TCP IPv6 ports \(100 %\)/,
    );
  });

  test("are not 0 of 0 where all of the range is excluded", () => {
    const report = reportOf((box) => excludes(box, "tcp", 49_152, 65_535, true));
    expect(report.verdict.summary).toContain("all 16,384 TCP ports of the range are excluded");
    expect(exhausted(report)[0]?.evidence[0]).toBe("All 16,384 ports of the range are excluded.");
    expect(JSON.stringify(report)).not.toMatch(/\b0 of 0\b/);
  });

  test("of a rate are not 0 where there is one", () => {
    const { findings } = reportOf((box) => {
      range(box, "tcp", 40_000, 255);
      visits(box, process(box, "app.exe", 5000), 64);
    });
    const evidence = findings.find(({ id }) => id === "time-wait-churn")?.evidence ?? [];
    expect(evidence.at(-1)).toContain("that would be 0.3 or 0.5 connections closed a second.");
  });
});

describe("who holds, where nobody read which processes run", () => {
  const DOUBT = /^Whether it still runs was not read/;
  const reportWithout = (...lost: readonly string[]): CaptureReport =>
    reportOf((box) => {
      binds(box, process(box, "app.exe", 5000), 9000);
      for (const name of lost) lacks(box, name, "failed", "Win32 error 8.");
    });
  const doubts = ({ verdict, findings }: CaptureReport): readonly string[] =>
    [...verdict.reasons, ...findings.flatMap(({ evidence }) => evidence)].filter((text) => DOUBT.test(text));

  test("is doubted, as Windows goes on naming who has ended", () => {
    expect(doubts(reportWithout("processes", "services", "handle-table", "afd-handles"))).toHaveLength(2);
  });

  test("is not doubted where handles show it", () => {
    expect(doubts(reportWithout("processes", "services"))).toEqual([]);
  });

  test("is not doubted where the process is among those that run", () => {
    expect(doubts(reportWithout("handle-table", "afd-handles"))).toEqual([]);
  });
});

describe("a range that is assumed", () => {
  const both = (...names: readonly string[]) => names.flatMap((name) => [`${name}-ipv4`, `${name}-ipv6`]);

  test("is told of numbers that rest on handles alone too", () => {
    const { verdict } = reportOf((box) => {
      binds(box, process(box, "app.exe", 5000), 9000);
      for (const name of both("tcp", "bound-tcp", "dynamic-range-tcp")) lacks(box, name, "failed", "Win32 error 8.");
    });
    expect(verdict.summary).toContain("of 16,384 TCP ports");
    expect(verdict.reasons).toContain(
      "The dynamic range of TCP was not read: Windows' default of 49152 to 65535 is assumed.",
    );
  });
});

describe("events 4227", () => {
  const collided = (...hoursAgo: readonly number[]): string =>
    reportOf((box) => {
      for (const hours of hoursAgo) logged(box, 4227, hours);
    }).verdict.reasons.join("\n");

  test("of the day before are told with it", () => {
    expect(collided(23, 300)).toContain("Windows logged 1 event 4227 within the 24 hours before:");
  });

  test("that are older are not told", () => {
    expect(collided(25, 300)).not.toContain("4227");
  });
});

describe("bound ports of which not all are seen", () => {
  const HANDLES = ["handle-table", "afd-handles"];
  const reasonsOf = (lost: readonly string[]): string =>
    reportOf((box) => {
      binds(box, process(box, "app.exe", 5000), 200);
      for (const name of [...lost, ...HANDLES]) lacks(box, name, "failed", "Win32 error 8.");
    }).verdict.reasons.join("\n");

  test("are said to be not all, where some are", () => {
    expect(reasonsOf(["bound-tcp-ipv6"])).toContain("Not all TCP ports that are only bound can be seen here");
  });

  test("are said to be none, where none are", () => {
    expect(reasonsOf(["bound-tcp-ipv4", "bound-tcp-ipv6"])).toContain(
      "TCP ports that are only bound cannot be seen here",
    );
  });
});
