// Windows from Vista's events to versions that nobody has seen yet, 32 and 64-bit records.

import { socketAddress } from "../socket-address.ts";
import { connects } from "../story/calls.ts";
import { classicRundown, process, rundown } from "../story/processes.ts";
import { opens } from "../story/sockets.ts";
import { STATUS } from "../story/statuses.ts";
import { CONNECT_PORT_FAILED, ownerValues, TCPIP_EVENT, tcpip } from "../story/tcpip.ts";
import { bindsVista, closesVista, connectsVista, opensVista } from "../story/vista.ts";
import { type Story, story, threadOf } from "../story.ts";
import { leakExpected, leakStory } from "./leaks.ts";
import { takesPorts, triesToBind, WEB } from "./plot.ts";
import { holder, type Plot } from "./scenario.ts";

/** A performance counter as Windows 7 machines have it. */
const WINDOWS_7 = { perfFreq: 2_343_750 } as const;

const vistaLeak = (tale: Story): void => {
  const service = process(tale, "svc.exe", 4120);
  const web = process(tale, "web.exe", 5200);
  classicRundown(tale, "rundownAtStart", 2);
  for (let index = 0; index < 300; index += 1) bindsVista(tale, opensVista(tale, service));
  for (let index = 0; index < 30; index += 1) {
    const socket = opensVista(tale, web, { local: index % 2 === 0 ? "0.0.0.0" : "::" });
    bindsVista(tale, socket, index < 20 ? "own event" : "status");
    closesVista(tale, socket);
  }
};

const vistaVisits = (tale: Story): void => {
  const browser = process(tale, "browser.exe", 6016);
  classicRundown(tale, "rundownAtStart", 2);
  for (let index = 0; index < 25; index += 1) {
    const socket = opensVista(tale, browser);
    bindsVista(tale, socket);
    connectsVista(tale, socket, WEB);
    closesVista(tale, socket);
  }
};

/** 1050 in a version whose start is known, 1006 in one that may be anything. */
const fromTheFuture = (tale: Story): void => {
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  for (let index = 0; index < 20; index += 1) {
    const local = socketAddress({ address: "0.0.0.0", port: 0 });
    const values = {
      ...ownerValues(web),
      LocalAddress: local,
      RemoteAddress: socketAddress(WEB),
      Status: STATUS.tooManyAddresses,
    };
    const [id, version] = index < 12 ? [CONNECT_PORT_FAILED, 9] : [TCPIP_EVENT.tcp.bindFailed, 7];
    tcpip(tale, threadOf(tale, web), id, values, { version, more: new Uint8Array(12).fill(0xa5) });
  }
};

const dualStack = (tale: Story): void => {
  const client = process(tale, "client.exe", 3400);
  rundown(tale);
  for (let index = 0; index < 158; index += 1) {
    const socket = opens(tale, client, { local: "::" });
    const address = index % 2 === 0 ? "::ffff:10.0.0.80" : "2001:db8::80";
    connects(tale, socket, { address, port: 443 });
  }
};

export const generations = {
  "vista-events": {
    tells: "A leak in the older events 1 - 41 alone; failed binds as event 40 and by their status.",
    tale: () => {
      const tale = story({ seed: 61, era: "Win7", dynamicRange: { start: 49152, ports: 300 } });
      vistaLeak(tale);
      return tale;
    },
    file: WINDOWS_7,
    expected: {
      exhausted: "yes",
      pattern: "BoundLeak",
      culprit: 4120,
      culpritName: "svc.exe",
      binds: { attempted: 330, succeeded: 300, failed: 30 },
      failures: 30,
      victims: [{ processId: 5200, failures: 30 }],
      holders: [holder(4120, 300)],
    },
  },
  "vista-healthy": {
    tells: "25 connections in the older events, all closed.",
    tale: () => {
      const tale = story({ seed: 62, era: "Win7" });
      vistaVisits(tale);
      return tale;
    },
    file: WINDOWS_7,
    expected: {
      exhausted: "no",
      pattern: "None",
      culprit: null,
      binds: { attempted: 25, succeeded: 25, failed: 0 },
      failures: 0,
      holders: [holder(6016, 25, { closed: 25, peak: 1 })],
    },
  },
  "thirty-two-bit": {
    tells: "A leak on 32-bit Windows 7, pointers of 4 bytes throughout.",
    tale: () =>
      leakStory(
        300,
        { seed: 63, bits: 32, era: "Win7" },
        { names: (tale) => classicRundown(tale, "rundownAtStart", 3) },
      ),
    file: WINDOWS_7,
    expected: { ...leakExpected(300), session: { pointerSize: 4, osBuild: 7601 } },
  },
  "thirty-two-bit-records": {
    tells: "The leaking process logs 32-bit records into a 64-bit trace.",
    tale: () => leakStory(300, { seed: 64 }, { service: { bits: 32 } }),
    expected: { ...leakExpected(300), session: { pointerSize: 8 } },
  },
  "windows-11": {
    tells: "A leak on Windows 11 24H2, AFD and TCPIP in their newest versions.",
    tale: () => leakStory(300, { seed: 65, era: "W11-24H2", witness: "both" }),
    expected: { ...leakExpected(300), session: { osBuild: 26100 } },
  },
  ipv6: {
    tells: "Dual-stack sockets take 150 ports at connect, to IPv4-mapped and IPv6 addresses; 8 connects fail.",
    tale: () => {
      const tale = story({ seed: 66, witness: "both", dynamicRange: { start: 49152, ports: 150 } });
      dualStack(tale);
      return tale;
    },
    expected: {
      exhausted: "yes",
      pattern: "ConnectionBuildUp",
      culprit: 3400,
      failures: 8,
      victims: [{ processId: 3400, failures: 8 }],
      holders: [holder(3400, 150, { deferred: 150 })],
    },
  },
  "newer-versions": {
    tells: "12 failures in a 1050 with more fields than are known, 8 in a 1006 that may be laid out in any way.",
    tale: () => {
      const tale = story({ seed: 67, witness: "tcpip" });
      fromTheFuture(tale);
      return tale;
    },
    expected: {
      exhausted: "yes",
      failures: 12,
      coverage: { unreadable: [{ id: 1006, version: 7, events: 8 }] },
    },
  },
  "newer-versions-beside-afd": {
    tells: "The unreadable 1006 stands beside AFD's records of the same kind of failures.",
    tale: () => {
      const tale = story({ seed: 68, witness: "both", dynamicRange: { start: 49152, ports: 200 } });
      takesPorts(tale, process(tale, "svc.exe", 4120), 200);
      triesToBind(tale, process(tale, "mail.exe", 5388), 7);
      fromTheFuture(tale);
      return tale;
    },
    expected: {
      exhausted: "yes",
      pattern: "BoundLeak",
      culprit: 4120,
      failures: 7,
      coverage: { unreadable: [{ id: 1006, version: 7, events: 8 }] },
    },
  },
} as const satisfies Readonly<Record<string, Plot>>;
