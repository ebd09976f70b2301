// Who holds ports is restarted by the means that fit: a service, a process, the heir of sockets, or nothing but the machine.
// Nobody is who has an old PID, and nobody is without whom Windows stops.

import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../../engine/generated/records.ts";
import { bequeathed, givenAway } from "../../builders/capture/heirs.ts";
import { exits, kernel, process, service } from "../../builders/capture/machine/processes.ts";
import { binds, connects, halfCloses } from "../../builders/capture/machine/sockets.ts";
import { opensPortless } from "../../builders/capture/machine/portless.ts";
import { machine } from "../../builders/capture/machine.ts";
import { machinePlot } from "../../builders/capture/scenarios.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, type Diagnosed, findingsOf } from "../support/findings.ts";
import { GRAVE, idsOf, leakOf, leakOfServices, onlyRemedy } from "../support/remedies.ts";

const RESTARTS: readonly string[] = [
  "restart-service",
  "end-holder",
  "restart-process",
  "isolate-service",
  "find-holder",
  "ask-kernel",
  "kernel-dump",
  "restart-machine",
];

const restartsOf = (diagnosis: Diagnosed): readonly string[] => idsOf(diagnosis).filter((id) => RESTARTS.includes(id));

const leakOfProcess = (name: string, ports?: number): Diagnosed =>
  findingsOf(leakOf((box) => process(box, name, 5868), {}, undefined, ports));

const severitiesOf = ({ findings }: Diagnosed): readonly Finding["severity"][] =>
  findings.map(({ severity }) => severity);

describe("a service", () => {
  test("of a process of its own is restarted, with what depends on it", () => {
    const diagnosis = leakOfServices(["LeakySvc"]);
    expect(idsOf(diagnosis)[0]).toBe("restart-service");
    expect(restartsOf(diagnosis)).toEqual(["restart-service"]);
    const remedy = onlyRemedy(diagnosis, "restart-service");
    expect(remedy.title).toBe("Restart the service LeakySvc");
    expect(remedy.commands).toEqual(["Restart-Service -Name 'LeakySvc' -Force"]);
    expect(remedy.checkFirst[0]).toBe("Get-Service -Name 'LeakySvc' -DependentServices");
    expect(remedy).toMatchObject({ phase: "Now", risk: "Medium", reboot: false, reversible: false, undo: [] });
  });

  test("is restarted too where its process is a program of its own", () => {
    const diagnosis = findingsOf(leakOf((box) => service(box, 3100, ["Spooler"], "spoolsv.exe")));
    expect(onlyRemedy(diagnosis, "restart-service").commands).toEqual(["Restart-Service -Name 'Spooler' -Force"]);
  });

  test.each([
    ["O'Neil", "'O''Neil'"],
    ["O\u2019Neil \u2018x\u201a \u201b", "'O\u2019\u2019Neil \u2018\u2018x\u201a\u201a \u201b\u201b'"],
    ["My$Service; $(whoami)", "'My$Service; $(whoami)'"],
    ["MSSQL$[A]*?", "'MSSQL$`[A`]`*`?'"],
    ["a`b", "'a``b'"],
    ["Two words", "'Two words'"],
  ])("with the name %s stands in the command as %s", (name, quoted) => {
    expect(onlyRemedy(leakOfServices([name]), "restart-service").commands).toEqual([
      `Restart-Service -Name ${quoted} -Force`,
    ]);
  });

  test.each([
    ["a line break", "Evil\nStop-Computer"],
    ["an escape", "Evil\u001b[2K"],
    ["a mark that turns the line around", "Evil\u202egnp"],
    ["a separator of lines", "Evil\u2028Stop-Computer"],
    ["a double quote", 'Evil" start= disabled'],
  ])("with %s in its name is in no command", (_, name) => {
    const diagnosis = leakOfServices([name]);
    expect(onlyRemedy(diagnosis, "isolate-service").commands).toEqual(['tasklist.exe /svc /fi "PID eq 1240"']);
    expect(
      diagnosis.remedies.flatMap(({ commands, advice, undo }) => [...commands, ...advice, ...undo]).join("\n"),
    ).not.toContain("Evil");
  });

  test.each([
    ["RpcSs", 22_631],
    ["RpcEptMapper", 7601],
    ["DcomLaunch", 22_631],
    ["Dnscache", 16_299],
    ["DNSCACHE", 26_100],
  ])("%s, which does not stop on build %i, leaves the machine", (name, osBuild) => {
    const diagnosis = leakOfServices([name], { osBuild }, GRAVE);
    expect(restartsOf(diagnosis)).toEqual(["restart-machine"]);
    const remedy = onlyRemedy(diagnosis, "restart-machine");
    expect(remedy.commands).toEqual(["Restart-Computer"]);
    expect(remedy.advice).toEqual([
      `svchost.exe (1240) with ${name} can be neither stopped nor ended while Windows runs.`,
    ]);
    expect(remedy).toMatchObject({ risk: "High", reboot: true });
  });

  test("Dnscache stops on older Windows", () => {
    const diagnosis = leakOfServices(["Dnscache"], { osBuild: 15_063 });
    expect(restartsOf(diagnosis)).toEqual(["restart-service"]);
  });
});

describe("several services in one process", () => {
  const remedy = onlyRemedy(leakOfServices(["Beta", "Dnscache", "Al'pha"]), "isolate-service");

  test("are listed, but those that do not stop", () => {
    expect(remedy.commands).toEqual([
      "Get-Service -Name 'Beta', 'Al''pha' | Format-Table -Property Status, Name, DisplayName, CanStop -AutoSize",
    ]);
  });

  test("can get a process of their own, and lose it again", () => {
    expect(remedy.advice.slice(2)).toEqual([
      "To give it a process of its own, from its next start on: sc.exe config 'Beta' type= own",
      "To give it a process of its own, from its next start on: sc.exe config 'Al''pha' type= own",
    ]);
    expect(remedy.undo).toEqual(["sc.exe config 'Beta' type= share", "sc.exe config 'Al''pha' type= share"]);
  });

  test("are no reason to restart all of them", () => {
    expect(restartsOf(leakOfServices(["Alpha", "Beta"]))).toEqual(["isolate-service"]);
  });

  test("of which none stops leave the machine", () => {
    expect(restartsOf(leakOfServices(["RpcSs", "RpcEptMapper"], {}, GRAVE))).toEqual(["restart-machine"]);
  });

  test("that were not read are asked for", () => {
    const box = leakOf((each) => service(each, 1240, ["Alpha"]));
    const capture = captureWithout(box, ["services"]);
    expect(onlyRemedy(captureFindingsOf(capture), "isolate-service").commands).toEqual([
      'tasklist.exe /svc /fi "PID eq 1240"',
    ]);
  });
});

describe("a process", () => {
  test("that opened the sockets is ended, by PID and name", () => {
    const diagnosis = leakOfProcess("node.exe");
    expect(idsOf(diagnosis)[0]).toBe("restart-process");
    expect(restartsOf(diagnosis)).toEqual(["restart-process"]);
    const remedy = onlyRemedy(diagnosis, "restart-process");
    expect(remedy.title).toBe("End node.exe (5868) and start it again");
    expect(remedy.commands).toEqual([
      "Get-Process -Id 5868 | Where-Object { $_.Name -eq 'node' } | Stop-Process -Force",
    ]);
    expect(remedy.checkFirst[0]).toBe("Get-Process -Id 5868 | Format-List -Property Id, Name, StartTime, Path");
  });

  test("with a hostile name stands in quotes", () => {
    expect(onlyRemedy(leakOfProcess("a'; Stop-Computer; '.exe"), "restart-process").commands).toEqual([
      "Get-Process -Id 5868 | Where-Object { $_.Name -eq 'a''; Stop-Computer; ''' } | Stop-Process -Force",
    ]);
  });

  test("with a name that cannot be typed is looked at by hand", () => {
    const diagnosis = leakOfProcess("node\r\n.exe");
    expect(restartsOf(diagnosis)).toEqual(["find-holder"]);
  });

  test("of an application pool has a gentler way", () => {
    expect(onlyRemedy(leakOfProcess("w3wp.exe"), "restart-process").advice.join(" ")).toContain("Restart-WebAppPool");
    expect(onlyRemedy(leakOfProcess("java.exe"), "restart-process").advice.join(" ")).not.toContain("AppPool");
  });

  test.each(["csrss.exe", "wininit.exe", "services.exe", "lsass.exe", "smss.exe", "winlogon.exe", "LSASS.EXE"])(
    "%s is never ended",
    (name) => {
      const diagnosis = leakOfProcess(name, GRAVE);
      expect(restartsOf(diagnosis)).toEqual(["restart-machine"]);
      expect(JSON.stringify(diagnosis.remedies)).not.toMatch(/Stop-Process|Restart-Service/);
    },
  );

  test("is not ended where its services cannot be known and it hosts some", () => {
    expect(restartsOf(leakOfProcess("svchost.exe"))).toEqual(["isolate-service"]);
  });

  test("that Windows protects leaves the machine", () => {
    const box = leakOf((each) => process(each, "MsMpEng.exe", 3100, { isProtected: true }), {}, undefined, GRAVE);
    expect(restartsOf(findingsOf(box))).toEqual(["restart-machine"]);
  });

  test("that nobody with less than the privilege to debug could open is not taken for protected", () => {
    const box = leakOf((each) => process(each, "app.exe", 3100, { isProtected: true }), { debugPrivilege: false });
    expect(restartsOf(findingsOf(box))).toEqual(["restart-process"]);
  });

  test("that only has handles without ports is not ended for what is only to know", () => {
    const box = machine();
    opensPortless(box, process(box, "node.exe", 5868), 4000, "unix");
    const diagnosis = findingsOf(box);
    expect(severitiesOf(diagnosis)).toEqual(["Information"]);
    expect(idsOf(diagnosis)).toContain("close-sockets");
    expect(restartsOf(diagnosis)).toEqual([]);
  });
});

describe("sockets of others", () => {
  test("end with their heir, never with who has the old PID", () => {
    const box = bequeathed((each, by) => binds(each, by, 1000), { isRecycled: true });
    const diagnosis = findingsOf(box);
    expect(restartsOf(diagnosis)).toEqual(["end-holder"]);
    const remedy = onlyRemedy(diagnosis, "end-holder");
    expect(remedy.title).toBe("End worker.exe (7120), which holds sockets that another process opened");
    expect(remedy.commands).toEqual([
      "Get-Process -Id 7120 | Where-Object { $_.Name -eq 'worker' } | Stop-Process -Force",
    ]);
    expect(JSON.stringify(diagnosis.remedies)).not.toContain("-Id 5868");
  });

  test("whose heir cannot be seen have their holder looked for, and nobody is ended", () => {
    const diagnosis = findingsOf(bequeathed((each, by) => binds(each, by, 1000), { isHeirOpen: false }));
    expect(restartsOf(diagnosis)).toEqual(["find-holder"]);
    expect(onlyRemedy(diagnosis, "find-holder").commands).toEqual(["Get-AfdHandleOwner -Top 10", "New-PortSnapshot"]);
    expect(JSON.stringify(diagnosis.remedies)).not.toContain("Stop-Process");
  });

  test("that were given away are not asked back from the giver", () => {
    expect(JSON.stringify(findingsOf(givenAway(1000)).remedies)).not.toContain("-Id 5868");
  });

  test("with two heirs accuse neither", () => {
    expect(restartsOf(findingsOf(machinePlot("bound leak with two heirs").tale()))).toEqual(["find-holder"]);
  });

  test("of one that has ended with its sockets are nobody's", () => {
    const box = leakOf(
      (each) => process(each, "node.exe", 5868),
      {},
      (each) => {
        const [node] = each.processes.filter(({ processId }) => processId === 5868);
        if (node !== undefined) exits(each, node);
      },
    );
    expect(findingsOf(box).remedies).toEqual([]);
  });

  test("that the peer has to close need no restart here", () => {
    const box = leakOf(
      (each) => process(each, "idle.exe", 6100),
      {},
      (each) => halfCloses(connects(each, process(each, "node.exe", 5868), 9000)),
    );
    const about = findingsOf(box).remedies.filter(({ findings }) => findings.includes("connection-build-up"));
    expect(about[0]?.id).toBe("wait-for-peer");
    expect(about.map(({ id }) => id).filter((id) => RESTARTS.includes(id))).toEqual([]);
  });
});

describe("the kernel", () => {
  test("is asked, then dumped, then restarted, and never ended", () => {
    const box = leakOf(
      (each) => process(each, "idle.exe", 6100),
      {},
      (each) => connects(each, kernel(each), 9000, { to: { address: "10.0.0.9", port: 445 }, how: "connect" }),
    );
    const about = findingsOf(box).remedies.filter(({ findings }) => findings.includes("kernel-owner"));
    expect(about.slice(0, 3).map(({ id }) => id)).toEqual(["ask-kernel", "kernel-dump", "restart-machine"]);
    expect(JSON.stringify(about)).not.toContain("Stop-Process");
  });
});
