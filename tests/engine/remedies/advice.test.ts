// What to look at, and what programs have to do: by the runtime where the name tells it, by the build of Windows where commands differ.

import { describe, expect, test } from "@jest/globals";
import { kernel, process, service } from "../../builders/capture/machine/processes.ts";
import { probeMeets, WSAENOBUFS } from "../../builders/capture/machine/settings.ts";
import { binds, connects, halfCloses, hangs, peerCloses, visits } from "../../builders/capture/machine/sockets.ts";
import { type Machine, type MachineOptions, machine, minutesLater } from "../../builders/capture/machine.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { findingsOf } from "../support/findings.ts";
import { idsOf, leakOf, onlyRemedy, remediesWith } from "../support/remedies.ts";

const told = (turn: (box: Machine) => void, given: Partial<MachineOptions> = {}) => {
  const box = machine(given);
  turn(box);
  minutesLater(box, 90);
  return findingsOf(box);
};

const leakOfName = (name: string) => findingsOf(leakOf((box) => process(box, name, 5868)));

/** Some of its connections are open: by these it is known. */
const churnOfName = (name: string) =>
  told((box) => {
    const client = process(box, name, 5868);
    visits(box, client, 9000);
    connects(box, client, 12);
  });

const PREFIXES = [".NET:", "Node.js:", "Java:", "Go:", "Native code:"];

const prefixesOf = (advice: readonly string[]): readonly string[] =>
  PREFIXES.filter((prefix) => advice.some((line) => line.startsWith(prefix)));

describe("to close sockets", () => {
  test.each([
    ["w3wp.exe", [".NET:"]],
    ["DOTNET.EXE", [".NET:"]],
    ["node.exe", ["Node.js:"]],
    ["javaw.exe", ["Java:"]],
    ["agent.exe", PREFIXES],
  ])("%s has the advice of its runtime", (name, prefixes) => {
    const remedy = onlyRemedy(leakOfName(name), "close-sockets");
    expect(prefixesOf(remedy.advice)).toEqual(prefixes);
    expect(remedy.title).toBe(`Have ${name} (5868) close its sockets`);
    expect(remedy.commands).toEqual([]);
  });

  test("a service is asked whose host says nothing of what it is made with", () => {
    const remedy = onlyRemedy(findingsOf(leakOf((box) => service(box, 1240, ["LeakySvc"]))), "close-sockets");
    expect(remedy.title).toBe("Have the program that opens them close its sockets");
    expect(prefixesOf(remedy.advice)).toEqual(PREFIXES);
  });

  test("comes for CLOSE_WAIT behind the restart", () => {
    const diagnosis = told((box) => peerCloses(connects(box, process(box, "node.exe", 5868), 1000)));
    expect(idsOf(diagnosis).slice(0, 2)).toEqual(["restart-process", "close-sockets"]);
  });

  test("is nothing that the kernel could be asked", () => {
    expect(idsOf(findingsOf(leakOf(kernel)))).not.toContain("close-sockets");
  });
});

describe("to use connections again", () => {
  test.each([
    ["node.exe", ["Node.js:"]],
    ["java.exe", ["Java:"]],
    ["client.exe", PREFIXES],
  ])("%s has the advice of its runtime, before all else", (name, prefixes) => {
    const diagnosis = churnOfName(name);
    expect(idsOf(diagnosis)[0]).toBe("reuse-connections");
    expect(prefixesOf(onlyRemedy(diagnosis, "reuse-connections").advice)).toEqual(prefixes);
  });

  test("one destination is spread over more endpoints, and shared ports do not help", () => {
    const remedy = onlyRemedy(churnOfName("node.exe"), "spread-destination");
    expect(remedy.title).toBe("Spread the connections to 10.0.0.80:443 over more endpoints");
    expect(remedy.reason).toContain("9,012 local ports are connected to 10.0.0.80:443, TIME_WAIT included.");
    expect(remedy.willNotFix[1]).toContain("An auto-reuse range does not help either");
  });

  test("an endpoint of IPv6 stands in brackets", () => {
    const diagnosis = told((box) => visits(box, process(box, "node.exe", 5868), 9000, { family: "ipv6" }));
    expect(onlyRemedy(diagnosis, "spread-destination").title).toContain(" [2001:db8::80]:443 ");
  });
});

describe("the kernel", () => {
  const ofKernel = (given: Partial<MachineOptions>) =>
    told((box) => {
      connects(box, kernel(box), 9000, { to: { address: "10.0.0.9", port: 445 }, how: "connect" });
    }, given);

  test("is asked with the tools of its own", () => {
    expect(onlyRemedy(ofKernel({}), "ask-kernel").commands).toEqual([
      "netstat.exe -anoq | Select-String -Pattern '\\s4$'",
      "netsh http show servicestate view=requestq verbose=yes",
      "Get-SmbConnection",
      "fltmc.exe filters",
      "driverquery.exe /v",
    ]);
  });

  test("is asked with what old Windows has", () => {
    const { commands } = onlyRemedy(ofKernel({ osBuild: 7601 }), "ask-kernel");
    expect(commands[0]).toBe("netstat.exe -ano | Select-String -Pattern '\\s4$'");
    expect(commands).not.toContain("Get-SmbConnection");
  });

  test("is dumped at high risk, and what was set is noted first", () => {
    const remedy = onlyRemedy(ofKernel({}), "kernel-dump");
    expect(remedy.commands).toEqual([
      "Get-CimInstance -ClassName Win32_OSRecoveryConfiguration | Set-CimInstance -Property @{ DebugInfoType = 1 }",
    ]);
    expect(remedy).toMatchObject({ risk: "High", reboot: true, reversible: false });
    expect(remedy.checkFirst[0]).toContain("note both");
  });
});

describe("peers", () => {
  const silent = (box: Machine): void => {
    const app = process(box, "node.exe", 5868);
    hangs(connects(box, app, 600, { to: { address: "10.0.0.81", port: 8443 }, how: "connect" }));
    hangs(connects(box, app, 500, { to: { address: "10.0.0.82", port: 443 }, how: "connect" }));
    hangs(connects(box, app, 100, { family: "ipv6", to: { address: "2001:db8::9", port: 443 }, how: "connect" }));
    hangs(connects(box, app, 50, { to: { address: "10.0.0.83", port: 443 }, how: "connect" }));
  };

  test("that do not answer are tried, the three with most connects", () => {
    expect(onlyRemedy(told(silent), "check-peers").commands).toEqual([
      "Test-NetConnection -ComputerName '10.0.0.81' -Port 8443",
      "Test-NetConnection -ComputerName '10.0.0.82' -Port 443",
      "Test-NetConnection -ComputerName '2001:db8::9' -Port 443",
    ]);
  });

  test("cannot be tried so by old Windows", () => {
    expect(onlyRemedy(told(silent, { osBuild: 7601 }), "check-peers").commands).toEqual([]);
  });

  test("that do not close are tried too, and named", () => {
    const diagnosis = told((box) => {
      halfCloses(connects(box, process(box, "node.exe", 5868), 1000, { to: { address: "10.0.0.84", port: 443 } }));
    });
    const remedy = onlyRemedy(diagnosis, "check-peers");
    expect(remedy.commands).toEqual(["Test-NetConnection -ComputerName '10.0.0.84' -Port 443"]);
    expect(remedy.reason).toContain("Most connections that wait for the peer's close: 10.0.0.84 port 443 1,000 times.");
    expect(idsOf(diagnosis)).toContain("wait-for-peer");
  });
});

describe("what is no want of ports", () => {
  const diagnosis = (() => {
    const box = inOffice();
    probeMeets(box, "tcp", WSAENOBUFS);
    return findingsOf(box);
  })();

  test("is memory first, then containers", () => {
    expect(idsOf(diagnosis).slice(0, 2)).toEqual(["check-memory", "look-into-containers"]);
    expect(onlyRemedy(diagnosis, "check-memory").commands).toEqual([
      "Get-CimInstance -ClassName Win32_PerfRawData_PerfOS_Memory | Format-List -Property PoolNonpagedBytes, PoolPagedBytes, AvailableBytes",
    ]);
  });

  test("gets no larger range", () => {
    expect(remediesWith(diagnosis, "widen-range")).toEqual([]);
    expect(onlyRemedy(diagnosis, "check-memory").willNotFix).toEqual(["Anything by more ports: there are free ones."]);
  });
});

describe("containers", () => {
  const withContainers = (osBuild: number) => told((box) => service(box, 1900, ["hns"]), { osBuild });

  test("are looked into by their compartments", () => {
    expect(onlyRemedy(withContainers(20_348), "look-into-containers").commands).toEqual(["Get-NetCompartment"]);
  });

  test("are no command on Windows that does not have it", () => {
    expect(onlyRemedy(withContainers(9200), "look-into-containers").commands).toEqual([]);
  });
});

describe("the DNS server", () => {
  test("keeps its pool", () => {
    const diagnosis = told((box) => {
      binds(box, service(box, 2040, ["DNS"], "dns.exe"), 2500, { protocol: "udp", fromPort: 52_000 });
    });
    const remedy = onlyRemedy(diagnosis, "dns-socket-pool");
    expect(remedy.commands).toEqual(["dnscmd.exe /info /socketpoolsize"]);
    expect(remedy.advice[1]).toContain(
      "dnscmd.exe /config /socketpoolsize 2500, then Restart-Service -Name 'DNS'. It is 0 to 10,000.",
    );
    expect(idsOf(diagnosis)).not.toContain("restart-service");
  });

  test("is who has such a pool: another program with ports of its choice is told nothing of it", () => {
    const diagnosis = told((box) => {
      binds(box, process(box, "game.exe", 2040), 2500, { protocol: "udp", fromPort: 52_000 });
    });
    expect(idsOf(diagnosis)).not.toContain("dns-socket-pool");
  });
});

describe("evidence", () => {
  test("stands behind all other remedies, growth first and the watch last", () => {
    expect(idsOf(leakOfName("node.exe")).slice(-3)).toEqual(["measure-growth", "collect-evidence", "watch-it"]);
  });

  test("and the watch can be taken back", () => {
    const diagnosis = leakOfName("node.exe");
    expect(onlyRemedy(diagnosis, "collect-evidence").commands).toEqual([
      "New-PortSnapshot",
      "Start-PortTrace -Until Event",
    ]);
    expect(onlyRemedy(diagnosis, "watch-it")).toMatchObject({
      commands: ["Register-PortWatch"],
      undo: ["Unregister-PortWatch"],
    });
    expect(onlyRemedy(diagnosis, "measure-growth").commands).toEqual(["Measure-PortChurn"]);
  });

  test("is asked for before a restart by the restart itself", () => {
    expect(onlyRemedy(leakOfName("node.exe"), "restart-process").checkFirst.at(-1)).toMatch(/^New-PortSnapshot/);
  });
});

describe("load", () => {
  const load = (peers: number, connections = 13_200) =>
    told((box) => {
      const app = process(box, "gateway.exe", 5868);
      for (let index = 0; index < peers; index += 1)
        connects(box, app, connections / peers, { to: { address: `10.0.1.${index}`, port: 443 } });
    });

  test("to many peers gets more ports before anything is restarted", () => {
    expect(idsOf(load(12)).slice(0, 3)).toEqual(["widen-range", "auto-reuse-range", "restart-process"]);
  });

  test("to many peers is not spread over more", () => {
    expect(idsOf(load(12))).not.toContain("spread-destination");
  });

  test("that leaves half of the pool is watched and no more", () => {
    expect(idsOf(load(12, 6000))).toEqual(["watch-it"]);
  });

  test("to one peer is restarted first, and gets no shared ports", () => {
    const ids = idsOf(load(1));
    expect(ids[0]).toBe("restart-process");
    expect(ids).not.toContain("auto-reuse-range");
  });
});
