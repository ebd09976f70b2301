// Somebody keeps ports, or seems to.

import { helpers } from "../capture/machine/handles.ts";
import { opensPortless } from "../capture/machine/portless.ts";
import { kernel, process, service } from "../capture/machine/processes.ts";
import { logged, probeMeets, range, WSAENOBUFS } from "../capture/machine/settings.ts";
import {
  accepts,
  binds,
  closes,
  connects,
  halfCloses,
  hangs,
  listens,
  peerCloses,
} from "../capture/machine/sockets.ts";
import { type Machine, machine } from "../capture/machine.ts";
import type { Cases } from "./given.ts";
import { bequeaths, connectsToMany, onMachine, seenOn } from "./plot.ts";
import { snapshot } from "./given.ts";

const LOCALHOST = "127.0.0.1";

const listenerOn = (box: Machine, name: string, processId: number, port: number) => {
  const [listener] = listens(box, process(box, name, processId, { session: 0 }), 1, { fromPort: port });
  if (listener === undefined) throw new RangeError("nobody listens");
  return listener;
};

const sailorLeak = () => {
  const box = onMachine((each) =>
    binds(each, process(each, "com.docker.sailor.exe", 9120), 15_683, { protocol: "udp" }),
  );
  logged(box, 4266, 0.2);
  probeMeets(box, "tcp", null);
  probeMeets(box, "udp", WSAENOBUFS);
  return snapshot(box);
};

const loopbackPairs = (box: Machine): void => {
  const listener = listenerOn(box, "claw-server.exe", 9300, 9105);
  const client = process(box, "BrowserOS.exe", 9200);
  const ends = connects(box, client, 13_870, { address: LOCALHOST, to: { address: LOCALHOST, port: 9105 } });
  for (const [index, socket] of accepts(box, listener, ends.length).entries()) {
    socket.local = { address: LOCALHOST, port: 9105 };
    socket.remote = ends[index]?.local ?? null;
  }
};

const DNS_POOL = 2500;

const dnsServer = (box: Machine): void => {
  const dns = service(box, 2040, ["DNS"], "dns.exe");
  listens(box, dns, 1, { fromPort: 53 });
  binds(box, dns, DNS_POOL, { protocol: "udp", fromPort: 52_000 });
};

export const holders = {
  "docker backend, 15,335 ports bound": () =>
    seenOn((box) => binds(box, process(box, "com.docker.backend.exe", 20_752), 15_335), { osBuild: 26_200 }),
  "widened range, 10,590 bound": () => {
    const box = machine();
    range(box, "tcp", 10_000, 55_535);
    binds(box, process(box, "node.exe", 6300), 10_590);
    return snapshot(box);
  },
  "docker backend, 2,029 ports bound": () =>
    seenOn((box) => binds(box, process(box, "com.docker.backend.exe", 25_740), 2029)),
  "tailscaled gone, a child holds its sockets": () => bequeaths(),
  "the same, its PID is a notepad's now": () => bequeaths({ isRecycled: true }),
  "the same, holder out of sight": () => bequeaths({ isHidden: true }),
  "its PID a notepad's, holder out of sight": () => bequeaths({ isHidden: true, isRecycled: true }),
  "tailscaled gone, two children hold them": () => bequeaths({ heirs: ["cmd.exe", "updater.exe"] }),
  "svchost with three services, bound": () =>
    seenOn((box) => binds(box, service(box, 1240, ["Dnscache", "LanmanWorkstation", "NlaSvc"]), 14_000)),
  "print spooler, seen without rights": () =>
    seenOn((box) => binds(box, service(box, 3100, ["Spooler"], "spoolsv.exe"), 14_000), {
      elevated: false,
      debugPrivilege: false,
    }),
  "service with a quote in its name": () =>
    seenOn((box) => binds(box, service(box, 3200, ["O'Brien Agent"], "agent.exe"), 9000)),
  "node leaks in CLOSE_WAIT": () =>
    seenOn((box) =>
      peerCloses(connects(box, process(box, "node.exe", 6400), 12_000, { to: { address: "10.0.0.81", port: 80 } })),
    ),
  "tomcat leaks in CLOSE_WAIT": () =>
    seenOn((box) => peerCloses(connects(box, service(box, 3300, ["Tomcat9"], "tomcat9.exe"), 14_200))),
  "client keeps 9,000 to one server": () =>
    seenOn((box) =>
      connects(box, process(box, "Contoso.Api.exe", 6500), 9000, { to: { address: "10.0.0.82", port: 443 } }),
    ),
  "loopback, 13,870 connections": () => seenOn(loopbackPairs),
  "proxy with 12,000 to 300 servers": () =>
    seenOn((box) => connectsToMany(box, service(box, 3400, ["Squid"], "squid.exe"), 300, 40)),
  "proxy with 5,000 to 250 servers": () =>
    seenOn((box) => connectsToMany(box, service(box, 3400, ["Squid"], "squid.exe"), 250, 20)),
  "two docker backends, 15,335 bound by both": () =>
    seenOn((box) => {
      binds(box, process(box, "com.docker.backend.exe", 20_752), 7668);
      binds(box, process(box, "com.docker.backend.exe", 24_852), 7667);
    }),
  "antivirus that nobody may open, 14,000 bound": () =>
    seenOn((box) =>
      binds(box, process(box, "MsMpEng.exe", 3100, { session: 0, services: ["WinDefend"], isProtected: true }), 14_000),
    ),
  "lsass of a domain controller, 9,000 bound": () =>
    seenOn((box) => binds(box, service(box, 900, ["KeyIso", "Netlogon", "SamSs"], "lsass.exe"), 9000)),
  "leak after an event 4231 of the morning": () => {
    const box = onMachine((each) => binds(each, process(each, "node.exe", 6400), 11_000));
    logged(box, 4231, 3);
    return snapshot(box);
  },
  "two that keep 7,000 each": () =>
    seenOn((box) => {
      connects(box, process(box, "java.exe", 6600), 7000, { to: { address: "10.0.0.83", port: 1521 } });
      connects(box, process(box, "w3wp.exe", 6700, { session: 0 }), 7000, { to: { address: "10.0.0.84", port: 1433 } });
    }),
  "retry storm to a dead peer": () =>
    seenOn((box) =>
      hangs(
        connects(box, process(box, "agent.exe", 6800), 13_500, {
          how: "connect",
          to: { address: "10.0.0.99", port: 8443 },
        }),
      ),
    ),
  "peers that do not close, 13,500": () =>
    seenOn((box) => halfCloses(connects(box, process(box, "poller.exe", 6900), 13_500))),
  "kernel, 14,000 connections to SMB": () =>
    seenOn((box) => connects(box, kernel(box), 14_000, { to: { address: "10.0.0.9", port: 445 }, how: "connect" })),
  "kernel, 14,000 bound": () => seenOn((box) => binds(box, kernel(box), 14_000)),
  "sailor, 15,683 UDP ports and event 4266": sailorLeak,
  "WmiPrvSE leaks UDP": () =>
    seenOn((box) => binds(box, process(box, "WmiPrvSE.exe", 3500, { session: 0 }), 13_400, { protocol: "udp" })),
  "tunnel service leaks UDP": () =>
    seenOn((box) =>
      binds(box, service(box, 3600, ["FirezoneTunnel"], "firezone-tunnel.exe"), 9500, { protocol: "udp" }),
    ),
  "DNS server with its 2,500 UDP ports": () => seenOn(dnsServer),
  "DNS server beside a UDP leak": () =>
    seenOn((box) => {
      dnsServer(box);
      binds(box, process(box, "voip.exe", 7000), 9500, { protocol: "udp" });
    }),
  "30,000 AFD handles without a port": () =>
    seenOn((box) => opensPortless(box, service(box, 3700, ["fluent-bit"], "fluent-bit.exe"), 30_000, "unbound")),
  "12,000 handles of an event loop": () => seenOn((box) => helpers(box, process(box, "mio-app.exe", 7100), 12_000)),
  "web server with 10,000 clients": () => seenOn((box) => accepts(box, listenerOn(box, "w3wp.exe", 3800, 443), 10_000)),
  "server that leaks what it accepted, 12,000 in CLOSE_WAIT": () =>
    seenOn((box) => peerCloses(accepts(box, listenerOn(box, "w3wp.exe", 3800, 443), 12_000))),
  "leak that is over": () => seenOn((box) => closes(box, binds(box, process(box, "node.exe", 7200), 15_000))),
} as const satisfies Cases;
