// Ports in TIME_WAIT: from which part of the pool on, whose they likely were, and what a trace says of them.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import { connects, visits } from "../../builders/capture/machine/sockets.ts";
import { failures } from "../../builders/scenarios/failures.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, traceFindingsOf, withId } from "../support/findings.ts";

const ID = "time-wait-churn";

/** 1,000 ports from 60000 on; a client that lives closed so many connections, and keeps two. */
const churning = (closed: number): Machine => {
  const box = machine();
  range(box, "tcp", 60_000, 1000);
  const client = process(box, "poller.exe", 3100);
  visits(box, client, closed);
  connects(box, client, 2);
  return box;
};

describe("ports in TIME_WAIT", () => {
  test.each([
    [249, null],
    [250, "Warning"],
    [499, "Warning"],
    [500, "Critical"],
    [998, "Critical"],
  ] as const)("%i of 1,000 are %s", (closed, severity) => {
    const [finding] = withId(findingsOf(churning(closed)), ID);
    expect(finding?.severity ?? null).toBe(severity);
  });

  test("are told with their number, endpoint and rate, and whose they likely were", () => {
    const finding = onlyFinding(findingsOf(churning(600)), ID);
    expect(finding).toMatchObject({
      protocol: "tcp",
      summary: "600 of 1,000 TCP ports are in TIME_WAIT (60 %).",
      processId: 3100,
      processName: "poller.exe",
    });
    expect(finding.evidence).toEqual([
      expect.stringMatching(/poller\.exe's \(3100\) is an inference/),
      "600 of them were connections to 10.0.0.80:443.",
      expect.stringMatching(/4 or 2 minutes .* 2.5 or 5 connections closed a second/),
    ]);
  });

  test("are counted by the delay that is set", () => {
    const box = churning(600);
    box.settings.tcpTimedWaitDelay = 30;
    expect(onlyFinding(findingsOf(box), ID).evidence).toContainEqual(
      "With TcpTimedWaitDelay, which is set to 30 seconds, that would be 20 connections closed a second.",
    );
  });

  test("are nobody's where the client has ended, be the pool half full or not", () => {
    for (const closed of [300, 600]) {
      const box = churning(closed);
      for (const client of box.processes.filter(({ name }) => name === "poller.exe")) exits(box, client);
      expect(onlyFinding(findingsOf(box), ID)).toMatchObject({ processId: null, processName: null });
    }
  });

  test("name the client before the pool is half full too", () => {
    expect(onlyFinding(findingsOf(churning(300)), ID)).toMatchObject({ severity: "Warning", processId: 3100 });
  });

  test("are not judged where no TCP table was read", () => {
    const capture = captureWithout(churning(600), ["tcp-ipv4", "tcp-ipv6"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/TCP ports in use were not read/)]);
  });

  test("that are few leave nothing unchecked where all was read", () => {
    expect(lacksOf(findingsOf(churning(10)), ID)).toBeNull();
  });
});

describe("churn in a trace", () => {
  const tell = (name: "churn" | "churn-witnessed" | "healthy") => traceFindingsOf(failures[name].tale());

  test("names the process that opened and closed most", () => {
    expect(onlyFinding(tell("churn-witnessed"), ID)).toMatchObject({ severity: "Critical", processId: 3100 });
  });

  test("tells how many connections entered TIME_WAIT where TCPIP says so", () => {
    expect(onlyFinding(tell("churn-witnessed"), ID).evidence).toEqual([
      expect.stringMatching(/^1,500 connections entered TIME_WAIT in the trace, \d+ a second\.$/),
    ]);
    expect(onlyFinding(tell("churn"), ID).evidence).toEqual([]);
  });

  test("is none on an ordinary day", () => {
    expect(withId(tell("healthy"), ID)).toEqual([]);
  });
});
