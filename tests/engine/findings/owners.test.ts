// Holders that no list of processes leads to: a PID that has ended, the kernel.

import { describe, expect, test } from "@jest/globals";
import { withInspection } from "../../builders/capture/changes.ts";
import { bequeathed, HEIR, PARENT } from "../../builders/capture/heirs.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { shares } from "../../builders/capture/machine/handles.ts";
import { exits, kernel, process } from "../../builders/capture/machine/processes.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import { binds, connects, halfCloses, listens, visits } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine, minutesLater, type Process } from "../../builders/capture/machine.ts";
import { smallPool } from "../../builders/capture/small-pool.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const GHOST = "ghost-owner";
const KERNEL = "kernel-owner";

const bound =
  (count: number) =>
  (box: Machine, by: Process): unknown =>
    binds(box, by, count);

describe("ghost-owner, by whom it names", () => {
  test("names the live holder and says what Windows tells", () => {
    const finding = onlyFinding(findingsOf(bequeathed(bound(900))), GHOST);
    expect(finding).toMatchObject({ severity: "Warning", protocol: "tcp", processId: HEIR, processName: "worker.exe" });
    expect(finding.summary).toBe("900 TCP ports are in use by sockets that PID 5868 opened, which has ended.");
    expect(finding.evidence).toContain("No process with the PID 5868 runs.");
    expect(finding.evidence).toContain("Handles show that worker.exe (7120) has 900 of the 900 sockets.");
    expect(finding.advice).toMatch(/^End the process that has the handles, not the one that has the PID/);
  });

  test("tells a recycled PID from one that nobody has", () => {
    const finding = onlyFinding(findingsOf(bequeathed(bound(900), { isRecycled: true })), GHOST);
    expect(finding).toMatchObject({ processId: HEIR });
    expect(finding.summary).toContain("an earlier process with the PID 5868");
    expect(finding.evidence).toContain("The PID 5868 belongs to notepad.exe (5868) now, which has not opened them.");
  });

  test("never names the process that has the PID now", () => {
    const connected = (box: Machine, by: Process): unknown => connects(box, by, 900);
    const box = bequeathed(connected, { isHeirOpen: false, isRecycled: true });
    const finding = onlyFinding(findingsOf(box), GHOST);
    expect(finding).toMatchObject({ processId: null, processName: null, services: [] });
    expect(finding.advice).toMatch(/^Find out who has handles to them/);
  });

  test("names nobody where nobody was seen with handles", () => {
    const finding = onlyFinding(findingsOf(bequeathed(bound(900), { isHeirOpen: false })), GHOST);
    expect(finding.processId).toBeNull();
    expect(finding.evidence.join(" ")).toContain("Nobody was seen with handles to them");
  });

  test("names nobody where two have the same sockets, and tells both", () => {
    const box = machine();
    const parent = process(box, "node.exe", PARENT);
    const sockets = binds(box, parent, 900);
    shares(box, sockets, process(box, "worker.exe", HEIR, { parent }));
    shares(box, sockets, process(box, "logger.exe", 7124, { parent }));
    exits(box, parent);
    const finding = onlyFinding(findingsOf(box), GHOST);
    expect(finding.processId).toBeNull();
    expect(finding.evidence).toContain(
      "Handles show that worker.exe (7120) has 900 of the 900 sockets; logger.exe (7124) too.",
    );
    expect(finding.advice).toMatch(/^End all processes/);
  });

  test("names who was seen with a part of them only where its handles were looked at in part", () => {
    const box = bequeathed(bound(900));
    box.samples.set(HEIR, 10);
    const sampled = captureFindingsOf(withInspection(captureOf(box), HEIR, { status: "sampled" }));
    expect(onlyFinding(sampled, GHOST).processId).toBe(HEIR);

    const few = machine();
    const parent = process(few, "node.exe", PARENT);
    const sockets = binds(few, parent, 900);
    shares(few, sockets, process(few, "hidden.exe", 7124, { parent, isProtected: true }));
    shares(few, sockets.slice(0, 449), process(few, "worker.exe", HEIR, { parent }));
    exits(few, parent);
    expect(onlyFinding(findingsOf(few), GHOST).processId).toBeNull();
  });
});

describe("ghost-owner, by what is there", () => {
  test.each([
    [128, 1],
    [127, 0],
  ])("of %i ports: %i findings", (count, findings) => {
    expect(withId(findingsOf(bequeathed(bound(count))), GHOST)).toHaveLength(findings);
  });

  test("is critical from half of the pool on", () => {
    expect(onlyFinding(findingsOf(bequeathed(bound(8191))), GHOST).severity).toBe("Warning");
    expect(onlyFinding(findingsOf(bequeathed(bound(8192))), GHOST).severity).toBe("Critical");
  });

  test("is told of UDP and of listeners too", () => {
    const udp = bequeathed((box, by) => binds(box, by, 300, { protocol: "udp" }));
    expect(onlyFinding(findingsOf(udp), GHOST)).toMatchObject({ protocol: "udp", processId: HEIR });
    const listeners = bequeathed((box, by) => listens(box, by, 300));
    expect(onlyFinding(findingsOf(listeners), GHOST)).toMatchObject({ protocol: "tcp", processId: HEIR });
  });

  test("is not told of connections that their process closed before it ended: nobody holds them", () => {
    const box = machine();
    const by = process(box, "node.exe", PARENT);
    halfCloses(connects(box, by, 900));
    visits(box, by, 900);
    exits(box, by);
    minutesLater(box, 1);
    expect(withId(findingsOf(box), GHOST)).toEqual([]);
  });

  test("is not told of a process that lives and gave its sockets away", () => {
    const box = machine();
    const giver = process(box, "node.exe", PARENT);
    const sockets = binds(box, giver, 900);
    shares(box, sockets, process(box, "broker.exe", HEIR));
    for (const { object } of sockets) object.handles.shift();
    expect(withId(findingsOf(box), GHOST)).toEqual([]);
  });

  test("is not known without the list of processes", () => {
    const box = bequeathed(bound(900), { isHeirOpen: false });
    lacks(box, "processes", "failed");
    const diagnosis = findingsOf(box);
    expect(withId(diagnosis, GHOST)).toEqual([]);
    expect(lacksOf(diagnosis, GHOST)).toEqual([expect.stringContaining("The list of processes was not read")]);
  });
});

describe("kernel-owner", () => {
  const kernelHas = (count: number, port: number, box = smallPool()): Machine => {
    connects(box, kernel(box), count, { to: { address: "10.0.0.9", port }, how: "connect" });
    return box;
  };

  test("says what the connections go to and what to ask", () => {
    const finding = onlyFinding(findingsOf(kernelHas(300, 445)), KERNEL);
    expect(finding).toMatchObject({ severity: "Warning", protocol: "tcp", processId: 4, processName: "System" });
    expect(finding.summary).toBe("The kernel (PID 4) holds 300 TCP ports: a driver opened these sockets.");
    expect(finding.evidence).toContain("To 1 remote endpoint: 10.0.0.9:445 (300).");
    expect(finding.evidence).toContain("By the number of the remote port: SMB 300.");
    for (const command of ["Get-SmbConnection", "`netsh http show servicestate`", "memory dump"])
      expect(finding.advice).toContain(command);
  });

  test("names no service by a port that may be anybody's", () => {
    expect(onlyFinding(findingsOf(kernelHas(300, 8443)), KERNEL).evidence.join(" ")).not.toContain("By the number");
  });

  test.each([
    [128, ["Warning"]],
    [127, []],
    [1280, ["Critical"]],
  ])("of %i of 2,560 ports: %j", (count, severities) => {
    expect(withId(findingsOf(kernelHas(count, 445)), KERNEL).map(({ severity }) => severity)).toEqual(severities);
  });

  test("is not told of listeners of drivers", () => {
    const box = smallPool();
    listens(box, kernel(box), 300);
    expect(withId(findingsOf(box), KERNEL)).toEqual([]);
  });

  test("is not told of another process", () => {
    const box = smallPool();
    connects(box, process(box, "app.exe", 4400), 300);
    const diagnosis = findingsOf(box);
    expect(withId(diagnosis, KERNEL)).toEqual([]);
    expect(lacksOf(diagnosis, KERNEL)).toBeNull();
  });

  test("is not known without the tables", () => {
    const box = smallPool();
    lacks(box, "tcp-ipv4", "failed");
    expect(lacksOf(findingsOf(box), KERNEL)).toEqual([expect.stringContaining("TCP ports in use were not read")]);
  });
});
