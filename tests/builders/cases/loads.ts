// Ports go where nobody keeps them, or where they were never to be had: churn, ranges, exclusions, settings, proofs.

import { withJson } from "../capture/changes.ts";
import { exits, process, service } from "../capture/machine/processes.ts";
import {
  excludes,
  excludesBlocks,
  lacks,
  logged,
  probeMeets,
  range,
  withoutProbe,
  WSAENOBUFS,
} from "../capture/machine/settings.ts";
import { accepts, binds, closes, connects, listens, visits } from "../capture/machine/sockets.ts";
import { type Machine, machine } from "../capture/machine.ts";
import { type Cases, snapshot } from "./given.ts";
import { connectsToMany, manyClients, onMachine, seenOn, server, visitsMany } from "./plot.ts";

const OWN = "100.100.100.108";
const API = { address: "10.0.0.80", port: 443 } as const;

/** A range on a machine of its own, which its few clients use. */
const withRange = (start: number, ports: number, turn: (box: Machine) => void): Machine => {
  const box = machine();
  range(box, "tcp", start, ports);
  turn(box);
  return box;
};

/** A client that ends leaves TIME_WAIT and nothing that tells whose it was. */
const passingClient = (box: Machine, name: string, turn: (by: ReturnType<typeof process>) => void): void => {
  const by = process(box, name, 7300);
  turn(by);
  exits(box, by);
};

const ownAddress = (box: Machine): void => {
  listens(box, process(box, "sunshine.exe", 7400), 1, { fromPort: 8080 });
  passingClient(box, "moonlight.exe", (by) =>
    visits(box, by, 16_340, { address: OWN, to: { address: OWN, port: 8080 }, how: "connect" }),
  );
};

const socketPairs = (box: Machine): void =>
  passingClient(box, "fluent-bit.exe", (by) => {
    for (let index = 0; index < 50; index += 1) {
      const to = { address: "127.0.0.1", port: 63_000 + index };
      visits(box, by, 200, { address: "127.0.0.1", to, how: "connect" });
    }
  });

const hypervisor = (box: Machine): void => {
  service(box, 2300, ["hns", "SharedAccess", "nvagent"]);
  service(box, 2304, ["vmms"], "vmms.exe");
};

/** WinNAT took all but 300 ports of the range. */
const reservedByWinNat = (each: number): Machine => {
  const box = machine();
  hypervisor(box);
  excludesBlocks(box, "tcp", 49_152, 65_235);
  manyClients(box, 5, each);
  return box;
};

/** Small blocks, nowhere more than 3,000 ports apart. */
const choppedForWsl = (box: Machine): void => {
  hypervisor(box);
  service(box, 2308, ["WSLService"], "wslservice.exe");
  for (let port = 52_000; port < 65_000; port += 3000) excludes(box, "tcp", port, port + 99);
};

/** A connection at every 60th port, for a day or longer. */
const choppedForHns = (box: Machine): void => {
  hypervisor(box);
  const agent = process(box, "azuremonitor.exe", 7750, { session: 0 });
  for (let port = 49_200; port < 65_536; port += 60) connects(box, agent, 1, { fromPort: port });
};

const exchange = (box: Machine): void => {
  const parts = Array.from({ length: 20 }, (_, index) =>
    service(box, 2000 + index * 4, [`MSExchange${index}`], `exchange${index}.exe`),
  );
  for (const [index, part] of parts.entries()) listens(box, part, 3, { fromPort: 1100 + index * 10 });
  for (const [index, part] of parts.entries()) connects(box, part, 110, { to: server(index) });
};

/** 40 services listen on 160 ports where a range of 255 lies. */
const lowListeners = (box: Machine): void => {
  for (let index = 0; index < 40; index += 1) {
    listens(box, service(box, 2000 + index * 4, [`Service${index}`], `service${index}.exe`), 4, {
      fromPort: 1025 + index * 4,
    });
  }
  connects(box, process(box, "client.exe", 7500), 20);
};

const busyDomainController = (box: Machine): void => {
  listens(box, process(box, "lsass.exe", 900, { session: 0 }), 4, { fromPort: 49_680 });
  connects(box, process(box, "sqlservr.exe", 7600, { session: 0 }), 90, { to: server(1) });
  connectsToMany(box, process(box, "w3wp.exe", 7604, { session: 0 }), 40, 15);
  visitsMany(box, process(box, "monitor.exe", 7608), 20, 40);
};

const TABLES = ["tcp-ipv4", "tcp-ipv6", "udp-ipv4", "udp-ipv6", "bound-tcp-ipv4", "bound-tcp-ipv6"] as const;

const unseenLeak = (): Machine =>
  onMachine((box) => {
    for (const name of [...TABLES, "handle-table", "afd-handles"]) lacks(box, name, "failed", "Win32 error 1450.");
    probeMeets(box, "tcp", WSAENOBUFS);
  });

const oneServerUsedUp = (): Machine => {
  const box = onMachine((each) => {
    const client = process(each, "Contoso.Gateway.exe", 7700);
    visits(each, client, 7000, { to: API, how: "connect" });
    connects(each, client, 40, { to: API, how: "connect" });
  });
  logged(box, 4227, 0.2);
  return box;
};

const afterwards = (turn: (box: Machine) => void): Machine => {
  const box = onMachine(() => undefined);
  turn(box);
  return box;
};

const OVER_ALL = { protocol: "tcp", family: null, start: 49_152, ports: 16_384 } as const;

export const loads = {
  "healthy desktop": () => seenOn(() => undefined),
  "an exclusion that every Windows has": () =>
    snapshot(afterwards((box) => excludes(box, "tcp", 50_000, 50_059, true))),
  "server that closes first, 10,000 in TIME_WAIT": () =>
    seenOn((box) => {
      const [web] = listens(box, process(box, "w3wp.exe", 3800, { session: 0 }), 1, { fromPort: 443 });
      if (web !== undefined) closes(box, accepts(box, web, 10_000));
    }),
  "domain controller with 60 RPC listeners": () =>
    seenOn((box) => {
      for (let index = 0; index < 12; index += 1)
        listens(box, service(box, 1000 + index * 4, [`Rpc${index}`]), 5, { fromPort: 49_700 + index * 5 });
    }),
  "healthy busy server": () => seenOn(busyDomainController),
  "own address, 16,340 in TIME_WAIT": () => seenOn(ownAddress),
  "socket pairs over loopback, 10,000 in TIME_WAIT": () => seenOn(socketPairs),
  "60 servers, 12,000 in TIME_WAIT": () =>
    seenOn((box) => {
      const client = process(box, "yarp.exe", 7800);
      connectsToMany(box, client, 60, 3);
      visitsMany(box, client, 60, 200);
    }),
  "two clients of one server, 14,000 in TIME_WAIT": () =>
    seenOn((box) => {
      for (const client of [process(box, "php.exe", 7900), process(box, "python.exe", 7904)]) {
        visits(box, client, 7000, { to: API, how: "connect" });
        connects(box, client, 12, { to: API, how: "connect" });
      }
    }),
  "one server used up, half of the pool free": () => snapshot(oneServerUsedUp()),
  "event 4227, and nothing else": () => snapshot(afterwards((box) => logged(box, 4227, 1))),
  "WinNAT blocks, 200 of 300 ports used": () => snapshot(reservedByWinNat(40)),
  "WinNAT blocks, 295 of 300 ports used": () => snapshot(reservedByWinNat(59)),
  "administered exclusion of 15,000": () =>
    snapshot(
      withRange(49_152, 16_384, (box) => {
        excludes(box, "tcp", 50_000, 64_999, true);
        manyClients(box, 9, 100);
      }),
    ),
  "administered exclusion of all UDP ports": () =>
    snapshot(afterwards((box) => excludes(box, "udp", 49_152, 65_535, true))),
  "no 4,096 ports in one piece for WSL": () => seenOn(choppedForWsl),
  "no 64 ports in one piece for HNS": () => seenOn(choppedForHns),
  "range of Exchange 2007": () => snapshot(withRange(1025, 3976, exchange)),
  "range of 255 ports": () => snapshot(withRange(40_000, 255, (box) => manyClients(box, 4, 35))),
  "IPv6 with a range of its own": () => snapshot(afterwards((box) => range(box, "tcp", 20_000, 1000, "ipv6"))),
  "services listen where a small range lies": () => snapshot(withRange(1025, 255, lowListeners)),
  "recorder listens on 8,400 ports of the range": () =>
    seenOn((box) => listens(box, service(box, 2500, ["CallRecorder"], "recorder.exe"), 8400, { fromPort: 52_000 })),
  "auto-reuse over the whole range": () =>
    snapshot(
      onMachine(() => undefined),
      (capture) => withJson(capture, { autoReuseRanges: [OVER_ALL] }),
    ),
  "auto-reuse beside the range": () =>
    snapshot(
      onMachine(() => undefined),
      (capture) => withJson(capture, { autoReuseRanges: [{ ...OVER_ALL, start: 32_768, ports: 8192 }] }),
    ),
  "MaxUserPort is set": () =>
    snapshot(
      afterwards((box) => {
        box.settings.maxUserPort = 65_534;
      }),
    ),
  "TcpTimedWaitDelay of 5 seconds": () =>
    snapshot(
      afterwards((box) => {
        box.settings.tcpTimedWaitDelay = 5;
      }),
    ),
  "10055 with nearly all ports free": () => snapshot(afterwards((box) => probeMeets(box, "tcp", WSAENOBUFS))),
  "event 4231 of two hours ago, free again": () => snapshot(afterwards((box) => logged(box, 4231, 2))),
  "event 4231 of half an hour ago, not asked again": () =>
    snapshot(
      afterwards((box) => {
        logged(box, 4231, 0.5);
        withoutProbe(box);
      }),
    ),
  "event 4231 of the day before yesterday": () => snapshot(afterwards((box) => logged(box, 4231, 40))),
  "10055, and nothing could be read": () => snapshot(unseenLeak()),
  "host of containers": () =>
    seenOn((box) => {
      hypervisor(box);
      service(box, 2312, ["docker"], "dockerd.exe");
    }),
  "IPv6 range of 1,000, 900 bound": () =>
    snapshot(
      afterwards((box) => {
        range(box, "tcp", 20_000, 1000, "ipv6");
        binds(box, process(box, "six.exe", 7950), 900, { family: "ipv6" });
      }),
    ),
} as const satisfies Cases;
