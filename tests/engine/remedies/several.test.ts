// Several things wrong at once: all that leak are restarted before ports are added, a range is set back once and only to where there
// is room, sharers are named, and the whole machine is not restarted while half of its ports are free.

import { describe, expect, test } from "@jest/globals";
import { inherits } from "../../builders/capture/machine/handles.ts";
import { kernel, process, service } from "../../builders/capture/machine/processes.ts";
import { excludes, range, sharesPorts } from "../../builders/capture/machine/settings.ts";
import {
  binds,
  connects,
  halfCloses,
  hangs,
  listens,
  peerCloses,
  visits,
} from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine, minutesLater, type Process } from "../../builders/capture/machine.ts";
import { type Diagnosed, findingsOf } from "../support/findings.ts";
import { idsOf, onlyRemedy, remediesWith } from "../support/remedies.ts";

const diagnosed = (turn: (box: Machine) => unknown): Diagnosed => {
  const box = machine();
  turn(box);
  minutesLater(box, 90);
  return findingsOf(box);
};

describe("two that leak", () => {
  const diagnosis = diagnosed((box) => {
    binds(box, process(box, "node.exe", 5000), 1000);
    binds(box, service(box, 5004, ["Spooler"], "spoolsv.exe"), 1000);
  });

  test("are both restarted before anything that only buys time", () => {
    expect(idsOf(diagnosis).slice(0, 2).sort()).toEqual(["restart-process", "restart-service"]);
  });

  test("have one advice to their makers, which names each by its runtime", () => {
    expect(remediesWith(diagnosis, "close-sockets").map(({ title }) => title)).toEqual([
      "Have node.exe (5000) close its sockets",
      "Have spoolsv.exe (5004) close its sockets",
    ]);
  });

  test("of no known runtime are named by neither in the title of what both need", () => {
    const alike = diagnosed((box) => {
      for (const [name, processId] of [
        ["a.exe", 5000],
        ["b.exe", 5004],
      ] as const)
        binds(box, process(box, name, processId), 1000);
    });
    expect(onlyRemedy(alike, "close-sockets").title).toBe("Have the program close its sockets");
  });
});

describe("a leak beside something else", () => {
  const orderOf = (turn: (box: Machine) => unknown): readonly string[] => {
    const ids = idsOf(diagnosed(turn));
    return ids.filter((id) => ["restart-process", "widen-range", "restart-winnat", "reuse-connections"].includes(id));
  };
  const leaks = (box: Machine): unknown => binds(box, process(box, "leaky.exe", 5000), 5000);

  test("is ended before the range is made larger for churn, which the verdict is about", () => {
    const churn = (box: Machine): unknown => visits(box, process(box, "app.exe", 5004), 6000, { how: "connect" });
    expect(orderOf((box) => [leaks(box), churn(box)])).toEqual(["reuse-connections", "restart-process", "widen-range"]);
  });

  test("is ended before the range is made larger for load", () => {
    const load = (box: Machine): void => {
      const proxy = process(box, "proxy.exe", 5004);
      for (let index = 0; index < 180; index += 1)
        connects(box, proxy, 50, { to: { address: `10.1.0.${index}`, port: 443 }, how: "connect" });
    };
    const { remedies } = diagnosed((box) => [leaks(box), load(box)]);
    expect(remedies.slice(0, 2).map(({ id, title }) => [id, title.slice(0, 13)])).toEqual([
      ["restart-process", "End leaky.exe"],
      ["widen-range", "Make the dyna"],
    ]);
  });

  test("of sockets that are held is no matter of peers, though the process has closed more others", () => {
    const { findings, remedies } = diagnosed((box) => {
      const app = process(box, "app.exe", 5000);
      halfCloses(connects(box, app, 5000));
      peerCloses(connects(box, app, 4000));
    });
    expect(findings.find(({ id }) => id === "close-wait-leak")?.summary).toMatch(/^app\.exe \(5000\) holds 4,000/);
    expect(onlyRemedy({ remedies }, "restart-process").findings).toEqual(["close-wait-leak"]);
    expect(onlyRemedy({ remedies }, "wait-for-peer").findings).toEqual(["connection-build-up", "closing-connections"]);
  });
});

describe("who gets no answer", () => {
  test("is not ended before the peer is looked at, though another leaks", () => {
    const ids = diagnosed((box) => {
      binds(box, process(box, "leaky.exe", 5000), 2000);
      hangs(connects(box, process(box, "app.exe", 5004), 1000, { how: "connect" }));
    }).remedies.map(({ id, title }) => `${id}: ${title}`);
    const order = ["restart-process: End leaky.exe", "check-peers", "restart-process: End app.exe"].map((start) =>
      ids.findIndex((each) => each.startsWith(start)),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});

describe("peers of both kinds", () => {
  test("are looked at for what each does not do", () => {
    const diagnosis = diagnosed((box) => {
      const app = process(box, "app.exe", 5000);
      hangs(connects(box, app, 1000, { how: "connect" }));
      halfCloses(connects(box, process(box, "other.exe", 5004), 1000));
    });
    expect(remediesWith(diagnosis, "check-peers").map(({ title }) => title)).toEqual([
      "Find out why the peer does not answer",
      "Find out why the peer does not close",
    ]);
  });
});

describe("a shared range that lies badly", () => {
  test("is moved beside the default range, where that is to be set", () => {
    const { remedies } = diagnosed((box) => {
      range(box, "tcp", 20_000, 10_000);
      sharesPorts(box, 20_000, 10_000);
    });
    expect(onlyRemedy({ remedies }, "restore-range").commands).toHaveLength(2);
    expect(onlyRemedy({ remedies }, "fix-auto-reuse").title).toBe("Move the auto-reuse range to 32,768 to 49,151");
  });
});

describe("a process whose child has its sockets too", () => {
  const shared = (names: readonly string[], by: (box: Machine) => Process): Diagnosed =>
    diagnosed((box) => {
      const parent = by(box);
      binds(box, parent, 1000);
      for (const [index, name] of names.entries())
        inherits(box, process(box, name, 6000 + index * 4, { parent }), parent);
    });

  test.each([
    [
      ["child.exe"],
      "child.exe (6000) has handles to most of the same sockets: their ports come back only when it has ended too.",
    ],
    [
      ["a.exe", "b.exe"],
      "a.exe (6000), b.exe (6004) have handles to most of the same sockets: their ports come back only when they have ended too.",
    ],
    [
      ["a.exe", "b.exe", "c.exe", "d.exe", "e.exe"],
      "a.exe (6000), b.exe (6004), c.exe (6008), d.exe (6012) and 1 more have handles to most of the same sockets: their ports come back only when they have ended too.",
    ],
  ])("is not ended without a word of %j", (names, advice) => {
    const { remedies } = shared(names, (box) => process(box, "node.exe", 5000));
    expect(onlyRemedy({ remedies }, "restart-process").advice[0]).toBe(advice);
  });

  test("is not restarted as a service without a word of it", () => {
    const { remedies } = shared(["child.exe"], (box) => service(box, 5000, ["Spooler"], "spoolsv.exe"));
    expect(onlyRemedy({ remedies }, "restart-service").advice[0]).toContain("child.exe (6000)");
  });
});

describe("the default range", () => {
  const narrow = (box: Machine): void => {
    for (const protocol of ["tcp", "udp"] as const) range(box, protocol, 20_000, protocol === "tcp" ? 255 : 1000);
  };

  test("is set back for both protocols by one remedy", () => {
    const { commands, findings } = onlyRemedy(diagnosed(narrow), "restore-range");
    expect(findings).toEqual(["odd-range"]);
    expect(commands).toEqual([
      "netsh int ipv4 set dynamicport tcp start=49152 num=16384",
      "netsh int ipv6 set dynamicport tcp start=49152 num=16384",
      "netsh int ipv4 set dynamicport udp start=49152 num=16384",
      "netsh int ipv6 set dynamicport udp start=49152 num=16384",
    ]);
  });

  test("stands where a larger one would stand for the leak that fills the small one", () => {
    const diagnosis = diagnosed((box) => {
      narrow(box);
      binds(box, process(box, "a.exe", 5000), 250);
    });
    expect(onlyRemedy(diagnosis, "restore-range").findings).toEqual(["bound-leak", "odd-range"]);
    expect(idsOf(diagnosis)).not.toContain("widen-range");
  });

  test.each([
    ["as many ports as now", 65_280, ["widen-range"]],
    ["one port more than now", 65_279, ["restore-range"]],
  ])("is told by what is not excluded in it: %s", (_, lastExcluded, told) => {
    const diagnosis = diagnosed((box) => {
      range(box, "tcp", 20_000, 255);
      excludes(box, "tcp", 49_152, lastExcluded, true);
      binds(box, process(box, "a.exe", 5000), 250);
    });
    const ids = idsOf(diagnosis).filter((id) => id === "restore-range" || id === "widen-range");
    expect(ids).toEqual(told);
  });

  test("is no answer to a leak in a range that is larger", () => {
    const diagnosis = diagnosed((box) => {
      range(box, "tcp", 1025, 64_511);
      binds(box, process(box, "a.exe", 5000), 4000);
    });
    for (const { id, findings } of diagnosis.remedies)
      if (id === "restore-range") expect(findings).not.toContain("bound-leak");
  });
});

describe("a larger range, where each family has one of its own", () => {
  const widened = (turn: (box: Machine, app: Process) => void) =>
    onlyRemedy(
      diagnosed((box) => {
        range(box, "tcp", 30_000, 17_000, "ipv6");
        turn(box, process(box, "app.exe", 5000));
      }),
      "widen-range",
    );

  test("is for the family that is short", () => {
    const { title, commands, undo, reason } = widened((box, app) => binds(box, app, 9000));
    expect(title).toBe("Make the dynamic range of TCP IPv4 larger: 10,000 to 65,535");
    expect(commands).toEqual(["netsh int ipv4 set dynamicport tcp start=10000 num=55536"]);
    expect(undo).toEqual(["netsh int ipv4 set dynamicport tcp start=49152 num=16384"]);
    expect(reason).toMatch(
      /^The range of TCP IPv4 has 16,384 ports, 49,152 to 65,535\. 10,000 to 65,535 are 55,536, and/,
    );
  });

  test("is told of both by their own numbers, where both are half used", () => {
    const { title, commands, reason } = widened((box, app) => {
      binds(box, app, 9000);
      binds(box, app, 9000, { family: "ipv6", address: "2001:db8:7::20" });
      listens(box, process(box, "web.exe", 5004), 1, { fromPort: 48_000 });
    });
    expect(title).toBe("Make the dynamic ranges of TCP larger");
    expect(commands).toEqual([
      "netsh int ipv4 set dynamicport tcp start=10000 num=38000",
      "netsh int ipv6 set dynamicport tcp start=10000 num=38000",
    ]);
    expect(reason).toContain(
      "The range of TCP IPv6 has 17,000 ports, 30,000 to 46,999. 10,000 to 47,999 are 38,000, and",
    );
  });
});

describe("more endpoints", () => {
  const API = { address: "10.0.0.7", port: 443 };
  const of = (turn: (box: Machine, app: Process) => void): Pick<Diagnosed, "remedies"> =>
    diagnosed((box) => {
      range(box, "tcp", 50_000, 1000);
      turn(box, process(box, "app.exe", 4400));
    });

  test("are for the peer of the connections, not for one that closed more of them", () => {
    const diagnosis = of((box, app) => {
      connects(box, app, 300, { to: API });
      peerCloses(connects(box, app, 400));
    });
    expect(onlyRemedy(diagnosis, "spread-destination").reason).toBe(
      "app.exe (4400) holds 300 TCP ports for connections, all to 10.0.0.7:443. 300 local ports are connected to 10.0.0.7:443.",
    );
  });

  test("are not for a peer that does not answer", () => {
    const diagnosis = of((box, app) => hangs(connects(box, app, 300, { to: API, how: "connect" })));
    expect(idsOf(diagnosis)).not.toContain("spread-destination");
  });

  test.each([
    [300, 300, true],
    [300, 301, false],
  ])("are for one with half of the connections in TIME_WAIT: %i and %i elsewhere", (toOne, elsewhere, isTold) => {
    const diagnosis = of((box, app) => {
      visits(box, app, toOne, { to: API, how: "connect" });
      for (let index = 0; index < elsewhere; index += 50)
        visits(box, app, Math.min(50, elsewhere - index), {
          to: { address: `10.1.0.${index}`, port: 443 },
          how: "connect",
        });
    });
    expect(idsOf(diagnosis).includes("spread-destination")).toBe(isTold);
  });

  test("are what an auto-reuse range needs that one of them fills, and no larger dynamic range", () => {
    const diagnosis = diagnosed((box) => {
      sharesPorts(box, 40_000, 300);
      connects(box, process(box, "app.exe", 4400), 300, { to: API, fromPort: 40_000, how: "connect" });
    });
    const { findings } = diagnosis;
    expect(findings.map(({ id }) => id)).toContain("destination-saturation");
    expect(idsOf(diagnosis)).toContain("spread-destination");
    expect(idsOf(diagnosis)).not.toContain("widen-range");
  });
});

describe("the whole machine", () => {
  const ofKernel = (ports: number): readonly string[] =>
    idsOf(
      diagnosed((box) => connects(box, kernel(box), ports, { to: { address: "10.0.0.9", port: 445 }, how: "connect" })),
    );

  test.each([
    [8191, false],
    [8192, true],
  ])("is stopped for %i of 16,384 ports of the kernel: %s", (ports, isStopped) => {
    const ids = ofKernel(ports);
    expect(ids).toContain("ask-kernel");
    expect(ids.includes("restart-machine")).toBe(isStopped);
    expect(ids.includes("kernel-dump")).toBe(isStopped);
  });
});
