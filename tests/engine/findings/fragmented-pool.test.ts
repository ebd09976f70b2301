// Free ports in pieces: too short for HNS' blocks of 64 and for WSL's of 4,096.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { process, service } from "../../builders/capture/machine/processes.ts";
import { excludes, range } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const ID = "fragmented-pool";

/** A range in which every port at such a distance is taken: runs of one less are free. */
const combed = (ports: number, distance: number): Machine => {
  const box = machine();
  const start = 65_536 - ports;
  range(box, "tcp", start, ports);
  const comb = process(box, "comb.exe", 5868);
  for (let port = start; port < start + ports; port += distance) binds(box, comb, 1, { fromPort: port });
  return box;
};

const hns = (box: Machine): Machine => {
  service(box, 2600, ["hns"]);
  return box;
};

const wsl = (box: Machine): Machine => {
  service(box, 2604, ["WslService"], "wslservice.exe");
  return box;
};

const severities = (box: Machine) => withId(findingsOf(box), ID).map(({ severity }) => severity);

describe("64 ports in a row", () => {
  test.each([
    ["runs of 63", 64, ["Information"]],
    ["runs of 64", 65, []],
  ] as const)("%s, and nobody who needs them", (_, distance, expected) => {
    expect(severities(combed(1000, distance))).toEqual(expected);
  });

  test("are missing to HNS where that runs", () => {
    expect(onlyFinding(findingsOf(hns(combed(1000, 64))), ID)).toMatchObject({
      severity: "Warning",
      summary: "No 64 free TCP ports lie in a row: of 984 free ports, at most 63 do.",
      evidence: ["The Host Network Service (HNS) needs 64 ports in a row, and it runs here."],
      processId: null,
    });
  });

  test("are there while HNS runs", () => {
    expect(severities(hns(combed(1000, 65)))).toEqual([]);
  });

  test("are not missing in a pool that is full", () => {
    const box = machine();
    range(box, "tcp", 60_000, 1000);
    binds(box, process(box, "leak.exe", 5868), 937);
    expect(severities(hns(box))).toEqual([]);
  });
});

describe("4,096 ports in a row", () => {
  /** Runs of 4,095 or 4,096. */
  const halves = (run: number): Machine => {
    const box = machine();
    range(box, "tcp", 50_000, 3 * run + 2);
    excludes(box, "tcp", 50_000 + run, 50_000 + run);
    excludes(box, "tcp", 50_000 + 2 * run + 1, 50_000 + 2 * run + 1);
    return box;
  };

  test("are worth no word where WSL does not run", () => {
    expect(severities(halves(4095))).toEqual([]);
  });

  test.each([
    [4095, ["Information"]],
    [4096, []],
  ] as const)("are asked for where WSL runs: %i", (run, expected) => {
    expect(severities(wsl(halves(run)))).toEqual(expected);
  });

  test("are told where the processes were not read", () => {
    const capture = captureWithout(halves(4095), ["processes", "services"]);
    expect(onlyFinding(captureFindingsOf(capture), ID).evidence).toEqual([
      "WSL's mirrored network needs 4,096 ports in a row; it was not seen to run here.",
    ]);
  });

  test("were never there in a short range", () => {
    expect(severities(wsl(combed(4000, 2000)))).toEqual([]);
  });

  test("are told beside the 64 where both are needed", () => {
    expect(severities(wsl(hns(combed(8192, 64))))).toEqual(["Warning", "Information"]);
  });
});

describe("what was not read", () => {
  test("are bound ports and exclusions", () => {
    const capture = captureWithout(machine(), [
      "bound-tcp-ipv4",
      "bound-tcp-ipv6",
      "afd-handles",
      "excluded-ranges-tcp-ipv4",
      "excluded-ranges-tcp-ipv6",
    ]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([
      expect.stringMatching(/bound and not connected could not be seen/),
      expect.stringMatching(/excluded ranges of TCP/),
    ]);
  });

  test("is the range: then nothing is said of it", () => {
    const names = ["dynamic-range-tcp-ipv4", "dynamic-range-tcp-ipv6"];
    expect(withId(captureFindingsOf(captureWithout(hns(combed(16_384, 64)), names)), ID)).toEqual([]);
  });
});
