// Values in the registry: with the doubt about what Windows makes of them, and the old value to go back to.

import { describe, expect, test } from "@jest/globals";
import { process } from "../../builders/capture/machine/processes.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import { visits } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { type Diagnosed, findingsOf } from "../support/findings.ts";
import { idsOf, onlyRemedy } from "../support/remedies.ts";

const KEY = "'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters'";

const setTo = (name: string, value: number): string =>
  `New-ItemProperty -Path ${KEY} -Name ${name} -PropertyType DWord -Value ${value} -Force`;

const remove = (name: string): string => `Remove-ItemProperty -Path ${KEY} -Name ${name}`;

const DELAY = "TcpTimedWaitDelay";

const withDelay = (delay: number | null, churn = 0, turn: (box: Machine) => void = () => undefined): Diagnosed => {
  const box = machine();
  box.settings.tcpTimedWaitDelay = delay;
  if (churn > 0) visits(box, process(box, "node.exe", 5868), churn);
  turn(box);
  return findingsOf(box);
};

describe("TIME_WAIT", () => {
  test("is made shorter after all else, with a restart and the doubt", () => {
    const diagnosis = withDelay(null, 9000);
    const remedy = onlyRemedy(diagnosis, "shorten-time-wait");
    expect(remedy.commands).toEqual([setTo(DELAY, 60)]);
    expect(remedy.undo).toEqual([remove(DELAY)]);
    expect(remedy).toMatchObject({ risk: "Medium", reboot: true, reversible: true });
    expect(remedy.advice[1]).toContain("are for Windows up to Server 2008");
    expect(idsOf(diagnosis)[0]).toBe("reuse-connections");
    expect(idsOf(diagnosis).slice(-3)).toEqual(["shorten-time-wait", "collect-evidence", "watch-it"]);
  });

  test.each([
    [null, true],
    [30, false],
    [60, false],
    [61, true],
    [240, true],
    [241, false],
  ])("with a delay of %s", (delay, isTold) => {
    const ids = idsOf(withDelay(delay, 9000));
    expect(ids.includes("shorten-time-wait")).toBe(isTold);
    expect(ids.includes("reset-time-wait")).toBe(delay === 241);
  });

  test("goes back to the delay of before", () => {
    expect(onlyRemedy(withDelay(100, 9000), "shorten-time-wait").undo).toEqual([setTo(DELAY, 100)]);
  });

  test("is left alone where it does not fill the pool, and where the registry was not read", () => {
    expect(idsOf(withDelay(null, 500))).not.toContain("shorten-time-wait");
    expect(idsOf(withDelay(null, 9000, (box) => lacks(box, "tcp-settings", "failed")))).not.toContain(
      "shorten-time-wait",
    );
  });

  test.each([
    [
      29,
      "Microsoft's pages allow 30 to 300 seconds, one of them less; what current Windows makes of 29 they do not say.",
    ],
    [
      301,
      "Microsoft's pages allow 30 to 300 seconds, one of them less; what current Windows makes of 301 they do not say.",
    ],
    [
      241,
      "The longest default in Microsoft's pages is 240 seconds: with 241, closed connections keep their ports longer.",
    ],
  ])("of %i seconds is as long as by default again", (delay, advice) => {
    const remedy = onlyRemedy(withDelay(delay), "reset-time-wait");
    expect(remedy.commands).toEqual([remove(DELAY)]);
    expect(remedy.undo).toEqual([setTo(DELAY, delay)]);
    expect(remedy.advice[0]).toBe(advice);
  });

  test.each([null, 30, 240])("of %s seconds is not removed", (delay) => {
    expect(idsOf(withDelay(delay))).not.toContain("reset-time-wait");
  });
});

describe("MaxUserPort", () => {
  test("is removed, and can be set again", () => {
    const box = machine();
    box.settings.maxUserPort = 65_534;
    const remedy = onlyRemedy(findingsOf(box), "remove-max-user-port");
    expect(remedy.commands).toEqual([remove("MaxUserPort")]);
    expect(remedy.undo).toEqual([setTo("MaxUserPort", 65_534)]);
    expect(remedy).toMatchObject({ reboot: true, title: "Remove MaxUserPort, which is 65534" });
  });

  test("that is not set is not removed", () => {
    expect(idsOf(findingsOf(machine()))).toEqual([]);
  });
});
