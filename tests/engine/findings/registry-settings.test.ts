// MaxUserPort and TcpTimedWaitDelay: what is set, and what is known of what it does.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import { visits } from "../../builders/capture/machine/sockets.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const set = (settings: Partial<Machine["settings"]>, closed = 0): Machine => {
  const box = machine();
  range(box, "tcp", 60_000, 1000);
  Object.assign(box.settings, settings);
  visits(box, process(box, "poller.exe", 3100), closed);
  return box;
};

describe("MaxUserPort", () => {
  test("is told beside the range that is in force", () => {
    expect(onlyFinding(findingsOf(set({ maxUserPort: 65_534 })), "max-user-port")).toMatchObject({
      severity: "Information",
      summary: "MaxUserPort is set to 65,534 in the registry.",
      evidence: ["The TCP range in force, by netsh, is 60000 to 60999: all numbers here rest on it."],
    });
  });

  test("is told without a range too", () => {
    const names = ["dynamic-range-tcp-ipv4", "dynamic-range-tcp-ipv6"];
    const capture = captureWithout(set({ maxUserPort: 5000 }), names);
    expect(onlyFinding(captureFindingsOf(capture), "max-user-port").evidence).toEqual([
      expect.stringMatching(/netsh int ipv4 show dynamicport tcp/),
    ]);
  });

  test("is not told where it is not set", () => {
    const diagnosis = findingsOf(set({}));
    expect([withId(diagnosis, "max-user-port"), lacksOf(diagnosis, "max-user-port")]).toEqual([[], null]);
  });

  test("is not known where the settings were not read", () => {
    const diagnosis = captureFindingsOf(captureWithout(set({ maxUserPort: 5000 }), ["tcp-settings"]));
    expect(withId(diagnosis, "max-user-port")).toEqual([]);
    expect(lacksOf(diagnosis, "max-user-port")).toEqual([expect.stringMatching(/TCP settings/)]);
  });
});

describe("TcpTimedWaitDelay", () => {
  test.each([
    [null, 600, null],
    [29, 0, "Information"],
    [29, 600, "Information"],
    [30, 600, null],
    [240, 600, null],
    [241, 249, "Information"],
    [241, 250, "Warning"],
    [300, 250, "Warning"],
    [301, 0, "Information"],
    [0, 0, "Information"],
  ] as const)("of %s seconds with %i of 1,000 ports in TIME_WAIT", (tcpTimedWaitDelay, closed, severity) => {
    const [finding] = withId(findingsOf(set({ tcpTimedWaitDelay }, closed)), "time-wait-delay");
    expect(finding?.severity ?? null).toBe(severity);
  });

  test.each([
    [10, /Windows 2000 allows 30 seconds and more, that of Server 2003 less/],
    [300, /longer than the 240 seconds/],
    [600, /outside the 30 to 300 seconds that Microsoft documents/],
  ])("of %i seconds is doubted for its reason", (tcpTimedWaitDelay, doubt) => {
    const finding = onlyFinding(findingsOf(set({ tcpTimedWaitDelay }, 100)), "time-wait-delay");
    expect(finding.summary).toBe(`TcpTimedWaitDelay is set to ${tcpTimedWaitDelay} seconds.`);
    expect(finding.evidence).toEqual([expect.stringMatching(doubt), "10 % of the TCP pool are in TIME_WAIT now."]);
  });

  test("is not known where the settings were not read", () => {
    const diagnosis = captureFindingsOf(captureWithout(set({ tcpTimedWaitDelay: 600 }), ["tcp-settings"]));
    expect(lacksOf(diagnosis, "time-wait-delay")).toEqual([expect.stringMatching(/TCP settings/)]);
  });
});
