// Excluded ranges and listeners inside the dynamic range: whose they are decides what is done, and each port keeps its number.

import { describe, expect, test } from "@jest/globals";
import { process, service } from "../../builders/capture/machine/processes.ts";
import { excludes, excludesBlocks, range } from "../../builders/capture/machine/settings.ts";
import { listens } from "../../builders/capture/machine/sockets.ts";
import { type Machine, type MachineOptions, machine } from "../../builders/capture/machine.ts";
import { type Diagnosed, findingsOf } from "../support/findings.ts";
import { idsOf, onlyRemedy } from "../support/remedies.ts";

const told = (turn: (box: Machine) => void, given: Partial<MachineOptions> = {}): Diagnosed => {
  const box = machine(given);
  turn(box);
  return findingsOf(box);
};

describe("blocks that Windows excluded", () => {
  const diagnosis = told((box) => excludesBlocks(box, "tcp", 50_000, 64_999));

  test("are WinNAT's to give back, and nobody can delete them", () => {
    expect(idsOf(diagnosis)[0]).toBe("restart-winnat");
    expect(idsOf(diagnosis)).not.toContain("remove-exclusion");
    const remedy = onlyRemedy(diagnosis, "restart-winnat");
    expect(remedy.commands).toEqual(["net.exe stop winnat", "net.exe start winnat"]);
    expect(remedy.reason).toBe(
      "150 blocks with 15,000 ports in the dynamic range are excluded and not by an administrator; the largest begins at 50,000 and has 100.",
    );
  });

  test("say who loses the network", () => {
    expect(onlyRemedy(diagnosis, "restart-winnat").consequence).toContain("Containers, WSL and virtual machines");
  });

  test.each([
    ["that has no WinNAT", 9600, false],
    ["that has it", 10_240, true],
  ])("of a Windows %s", (_, osBuild, isTold) => {
    const ids = idsOf(told((box) => excludesBlocks(box, "tcp", 50_000, 64_999), { osBuild }));
    expect(ids.includes("restart-winnat")).toBe(isTold);
  });
});

describe("ranges that an administrator excluded", () => {
  const diagnosis = told((box) => {
    excludes(box, "tcp", 50_000, 59_999, true);
    excludes(box, "tcp", 60_000, 60_062, true);
  });

  test("are deleted in both families, and can be made again", () => {
    const remedy = onlyRemedy(diagnosis, "remove-exclusion");
    expect(idsOf(diagnosis)[0]).toBe("remove-exclusion");
    expect(idsOf(diagnosis)).not.toContain("restart-winnat");
    const rest = "excludedportrange protocol=tcp startport=50000 numberofports=10000 store=persistent";
    expect(remedy.commands).toEqual([`netsh int ipv4 delete ${rest}`, `netsh int ipv6 delete ${rest}`]);
    expect(remedy.undo).toEqual([`netsh int ipv4 add ${rest}`, `netsh int ipv6 add ${rest}`]);
  });

  test("are left alone where they have fewer than 64 ports", () => {
    expect(onlyRemedy(diagnosis, "remove-exclusion").reason).toBe(
      "1 range with 10,000 ports in the dynamic range was excluded by an administrator: 50,000 to 59,999.",
    );
  });

  test("beside blocks of Windows are told too, behind them", () => {
    const ids = idsOf(
      told((box) => {
        excludesBlocks(box, "tcp", 50_000, 59_999);
        excludes(box, "tcp", 60_000, 60_999, true);
      }),
    );
    expect(ids.slice(0, 2)).toEqual(["restart-winnat", "remove-exclusion"]);
  });
});

describe("listeners inside the range", () => {
  const rpc = (box: Machine): void => {
    listens(box, service(box, 1180, ["RpcEptMapper", "RpcSs"]), 1000, { fromPort: 49_664 });
  };

  test("of RPC get a range that is free, as advice", () => {
    const diagnosis = told(rpc);
    expect(idsOf(diagnosis)[0]).toBe("move-listeners");
    const remedy = onlyRemedy(diagnosis, "move-listeners");
    expect(remedy.commands).toEqual([]);
    expect(remedy.advice).toContain(
      'reg.exe add "HKLM\\SOFTWARE\\Microsoft\\Rpc\\Internet" /v Ports /t REG_MULTI_SZ /d 5000-5999 /f',
    );
    expect(idsOf(diagnosis)).not.toContain("reserve-fixed-port");
  });

  test("of RPC are given no port at which somebody listens", () => {
    const diagnosis = told((box) => {
      rpc(box);
      listens(box, process(box, "web.exe", 3000), 1, { fromPort: 5985 });
    });
    expect(onlyRemedy(diagnosis, "move-listeners").advice.join("\n")).toContain("/d 5986-6985 /f");
  });

  test("of other programs need no setting of RPC", () => {
    const diagnosis = told((box) => listens(box, process(box, "broker.exe", 3000), 1000, { fromPort: 50_000 }));
    const remedy = onlyRemedy(diagnosis, "move-listeners");
    expect(remedy.advice).toEqual([
      "Inside the dynamic range listen: broker.exe (3000) at 1,000 ports. Give each a port outside the range in its own configuration, and change it where clients and firewalls know it.",
    ]);
  });

  test("of which all are below the default range only need that range", () => {
    const diagnosis = told((box) => {
      range(box, "tcp", 1025, 60_000);
      listens(box, process(box, "sql.exe", 3000), 700, { fromPort: 1433 });
    });
    expect(idsOf(diagnosis)).toContain("restore-range");
    expect(idsOf(diagnosis)).not.toContain("move-listeners");
  });

  test("with ports of their own keep them: a service is stopped meanwhile", () => {
    const box = machine();
    range(box, "tcp", 50_000, 300);
    listens(box, service(box, 3000, ["Bro'ker"], "broker.exe"), 16, { fromPort: 50_010 });
    const remedy = onlyRemedy(findingsOf(box), "reserve-fixed-port");
    expect(remedy.commands).toHaveLength(18);
    expect(remedy.commands.slice(0, 2)).toEqual([
      "Stop-Service -Name 'Bro''ker' -Force",
      "netsh int ipv4 add excludedportrange protocol=tcp startport=50010 numberofports=1 store=persistent",
    ]);
    expect(remedy.commands.at(-1)).toBe("Start-Service -Name 'Bro''ker'");
    expect(remedy.undo[0]).toBe(
      "netsh int ipv4 delete excludedportrange protocol=tcp startport=50010 numberofports=1 store=persistent",
    );
  });

  test("of a service whose name cannot be typed are kept by a person", () => {
    const box = machine();
    range(box, "tcp", 50_000, 300);
    listens(box, service(box, 3000, ["Evil\nStop-Computer"], "broker.exe"), 16, { fromPort: 50_010 });
    const remedy = onlyRemedy(findingsOf(box), "reserve-fixed-port");
    expect(remedy.commands).toEqual([]);
    expect(JSON.stringify(remedy)).not.toContain("Evil");
  });

  test("of a program that is no service are kept by a person, who has to stop it", () => {
    const box = machine();
    range(box, "tcp", 50_000, 300);
    listens(box, process(box, "broker.exe", 3000), 16, { fromPort: 50_010 });
    const remedy = onlyRemedy(findingsOf(box), "reserve-fixed-port");
    expect(remedy.commands).toEqual([]);
    expect(remedy.advice[0]).toBe(
      "A port can be excluded only while nobody uses it: stop broker.exe (3000) first, and start it again after these lines.",
    );
  });

  test("that are too many for ports of one's own are not kept", () => {
    const box = machine();
    range(box, "tcp", 50_000, 300);
    listens(box, process(box, "broker.exe", 3000), 17, { fromPort: 50_010 });
    expect(idsOf(findingsOf(box))).not.toContain("reserve-fixed-port");
  });
});
