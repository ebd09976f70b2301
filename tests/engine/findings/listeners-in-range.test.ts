// Listeners in the dynamic range: how many, whose, and that an ordinary machine's are nothing to tell of.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { process, service } from "../../builders/capture/machine/processes.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import { binds, listens } from "../../builders/capture/machine/sockets.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const ID = "listeners-in-range";

/** A server with so many listeners in 1,000 ports from 60000 on. */
const listening = (listeners: number): Machine => {
  const box = machine();
  range(box, "tcp", 60_000, 1000);
  listens(box, service(box, 3300, ["Broker"], "broker.exe"), listeners);
  return box;
};

describe("listeners in the range", () => {
  test.each([
    [49, null],
    [50, "Warning"],
    [499, "Warning"],
    [500, "Critical"],
  ] as const)("%i of 1,000 ports are %s", (listeners, severity) => {
    expect(withId(findingsOf(listening(listeners)), ID)[0]?.severity ?? null).toBe(severity);
  });

  test("of an ordinary desktop are nothing to tell of", () => {
    expect(withId(findingsOf(inOffice()), ID)).toEqual([]);
  });

  test("are told by process", () => {
    expect(onlyFinding(findingsOf(listening(60)), ID)).toMatchObject({
      summary: "60 ports of the dynamic TCP range have a listener (6 % of the pool).",
      evidence: ["Listeners by process: broker.exe (3300) 60."],
      processId: null,
    });
  });

  test("that fill the pool name the server, as the verdict does", () => {
    expect(onlyFinding(findingsOf(listening(600)), ID)).toMatchObject({ processId: 3300, services: ["Broker"] });
  });

  test("name no server where many have them", () => {
    const box = listening(250);
    listens(box, process(box, "other.exe", 3400), 250);
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({ severity: "Critical", processId: null });
  });
});

describe("a range that begins below the default one", () => {
  const low = (port: number): Machine => {
    const box = machine();
    range(box, "tcp", 1025, 64_510);
    listens(box, process(box, "mail.exe", 2000), 1, { fromPort: port });
    return box;
  };

  test.each([
    [1024, []],
    [1025, ["Information"]],
    [49_151, ["Information"]],
    [49_152, []],
  ] as const)("and a listener at %i", (port, severities) => {
    expect(withId(findingsOf(low(port)), ID).map(({ severity }) => severity)).toEqual(severities);
  });

  test("is told with the ports", () => {
    expect(onlyFinding(findingsOf(low(2525)), ID).evidence).toContainEqual(
      "The range begins at 1025, below Windows' default of 49152, and so covers ports that servers choose for themselves: 2525.",
    );
  });

  test("and nobody who listens", () => {
    const box = machine();
    range(box, "tcp", 1025, 64_510);
    binds(box, process(box, "client.exe", 2000), 100);
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });
});

test("without tables and handles nobody knows", () => {
  const capture = captureWithout(listening(600), ["tcp-ipv4", "tcp-ipv6", "afd-handles"]);
  expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/TCP ports in use were not read/)]);
});
