// Containers, virtual machines and WSL: that they run here, and so that ports are used which no table shows.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { process, service } from "../../builders/capture/machine/processes.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const ID = "hidden-compartments";

const serving = (name: string, image: string): Machine => {
  const box = machine();
  service(box, 2600, [name], image);
  return box;
};

const running = (image: string): Machine => {
  const box = machine();
  process(box, image, 2600);
  return box;
};

describe("networks that no table shows", () => {
  test.each([
    ["HNS", serving("hns", "svchost.exe"), /^Host Network Service runs here/],
    ["WSL of the Store", serving("WslService", "wslservice.exe"), /^WSL runs here/],
    ["WSL of Windows", serving("LxssManager", "svchost.exe"), /^WSL runs here/],
    ["Docker's engine", running("dockerd.exe"), /^Docker or containerd runs here/],
    ["Docker Desktop", running("com.docker.backend.exe"), /^Docker or containerd runs here/],
    ["containerd", running("containerd.exe"), /^Docker or containerd runs here/],
    ["Hyper-V", running("vmwp.exe"), /^Hyper-V runs here/],
  ])("of %s", (_, box, summary) => {
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({
      severity: "Information",
      protocol: null,
      summary: expect.stringMatching(summary),
      processId: null,
    });
  });

  test("of several are told once, each by one sign", () => {
    const box = serving("hns", "svchost.exe");
    service(box, 2604, ["vmms"], "vmms.exe");
    for (const processId of [2608, 2612]) process(box, "vmwp.exe", processId);
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({
      summary: expect.stringMatching(/^Host Network Service, Hyper-V run here: ports/),
      evidence: ["Seen by: hns (2600), vmms (2604).", "Whether a container runs now was not asked."],
    });
  });

  test("are not there on an ordinary desktop", () => {
    const diagnosis = findingsOf(inOffice());
    expect([withId(diagnosis, ID), lacksOf(diagnosis, ID)]).toEqual([[], null]);
  });

  test("are not known without the list of processes, unless a service tells", () => {
    const unlisted = captureFindingsOf(captureWithout(running("dockerd.exe"), ["processes"]));
    expect(withId(unlisted, ID)).toEqual([]);
    expect(lacksOf(unlisted, ID)).toEqual([expect.stringMatching(/list of processes/)]);
    const served = captureFindingsOf(captureWithout(serving("hns", "svchost.exe"), ["processes"]));
    expect(withId(served, ID)).toHaveLength(1);
  });
});
