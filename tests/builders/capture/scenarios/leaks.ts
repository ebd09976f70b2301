// Somebody keeps ports: each kind of keeping, and each way in which the keeper is not the one that Windows names.

import { type Machine, machine, minutesLater } from "../machine.ts";
import { inherits, shares } from "../machine/handles.ts";
import { exits, process, service } from "../machine/processes.ts";
import { binds, closes, connects, hangs, peerCloses } from "../machine/sockets.ts";
import { leaking, orphaned } from "./plot.ts";
import type { MachinePlot } from "./scenario.ts";

const recycled = (): Machine => {
  const { box } = orphaned(14_000);
  process(box, "notepad.exe", 5868);
  return box;
};

const HOLDER = { processId: 7120, processName: "worker.exe", ports: 14_000 } as const;

export const leaks = {
  "bound leak": {
    tells: "A process binds 9,000 sockets and does nothing with them.",
    tale: () => leaking((box, by) => binds(box, by, 9000)),
    expected: {
      level: "Elevated",
      pattern: "BoundLeak",
      culprit: 5868,
      pool: "tcp",
      pools: [{ protocol: "tcp", capacity: 16_384, used: 9000, largestFreeRun: 7384, byClass: { bound: 9000 } }],
      owners: [{ processId: 5868, protocol: "tcp", ports: 9000, bound: 9000, creator: "running", holder: null }],
      handles: [{ processId: 5868, handles: 9000, sockets: 9000, ports: 9000, boundOnly: 9000, helpers: 0 }],
    },
  },
  "bound leak of a dead process": {
    tells: "The process that bound 14,000 sockets is gone; its child inherited them.",
    tale: () => orphaned(14_000).box,
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      pool: "tcp",
      pools: [
        {
          protocol: "tcp",
          used: 14_000,
          largestFreeRun: 2384,
          free64Blocks: 37,
          free4096Blocks: 0,
          byClass: { bound: 14_000, connected: 0 },
        },
        { protocol: "udp", used: 0, free64Blocks: 256, free4096Blocks: 4, level: "Healthy" },
      ],
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "ended", holder: HOLDER }],
      handles: [{ processId: 7120, handles: 14_000, sockets: 14_000, boundOnly: 14_000, shared: 0 }],
    },
  },
  "bound leak with two heirs": {
    tells: "The dead process left its sockets to two children: ending either one frees nothing.",
    tale: () => {
      const { box, sockets } = orphaned(14_000);
      shares(box, sockets, process(box, "logger.exe", 7124));
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: null,
      reason: /logger\.exe \(7124\)/,
      handles: [
        { processId: 7120, sockets: 14_000, shared: 14_000 },
        { processId: 7124, sockets: 14_000, shared: 14_000 },
      ],
    },
  },
  "bound leak of a recycled PID": {
    tells:
      "The same, and a notepad has the dead process's PID. Bound tables have no creation times, but it holds none.",
    tale: recycled,
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "recycled", holder: HOLDER }],
    },
  },
  "connections of a recycled PID": {
    tells: "Connections are older than the process that Windows names as their owner.",
    tale: () => {
      const box = machine();
      const parent = process(box, "node.exe", 5868);
      connects(box, parent, 14_000);
      const child = process(box, "worker.exe", 7120, { parent });
      inherits(box, child, parent);
      exits(box, parent);
      minutesLater(box, 30);
      process(box, "notepad.exe", 5868);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "ConnectionBuildUp",
      culprit: 7120,
      owners: [
        { processId: 5868, protocol: "tcp", ports: 14_000, processName: null, creator: "recycled", holder: HOLDER },
      ],
    },
  },
  "recycled PID that is busy": {
    tells: "The new process of that PID has connections of its own.",
    tale: () => {
      const box = recycled();
      const heir = box.processes.find(({ processId }) => processId === 5868);
      if (heir !== undefined) connects(box, heir, 50);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      pools: [{ protocol: "tcp", used: 14_050, byClass: { bound: 14_000, connected: 50 } }],
    },
  },
  "leak that a child shares": {
    tells: "Parent and child both live and both have a handle to each of 14,000 sockets.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 14_000));
      const [, , parent] = box.processes;
      if (parent === undefined) throw new RangeError("there is no parent");
      inherits(box, process(box, "worker.exe", 7120, { parent }), parent);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      reason: /^worker\.exe \(7120\) has handles to the same sockets/,
      pools: [{ protocol: "tcp", used: 14_000 }],
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "running", holder: null }],
      handles: [
        { processId: 5868, sockets: 14_000, shared: 14_000 },
        { processId: 7120, sockets: 14_000, shared: 14_000 },
      ],
    },
  },
  "sockets given away": {
    tells: "A living process gave 14,000 sockets to a broker and closed its own handles.",
    tale: () => {
      const box = leaking(() => undefined);
      const giver = box.processes.find(({ processId }) => processId === 5868);
      if (giver === undefined) throw new RangeError("there is no giver");
      const sockets = binds(box, giver, 14_000);
      const broker = process(box, "worker.exe", 7120);
      shares(box, sockets, broker);
      for (const { object } of sockets) object.handles.shift();
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "running", holder: HOLDER }],
    },
  },
  "CLOSE_WAIT leak": {
    tells: "The peers have closed 14,000 connections, the process has not; each has its bind in the bound table too.",
    tale: () => leaking((box, by) => peerCloses(connects(box, by, 14_000))),
    expected: {
      level: "Critical",
      pattern: "CloseWaitLeak",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 14_000, byClass: { closeWait: 14_000, bound: 0 } }],
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, closeWait: 14_000, bound: 0 }],
      handles: [{ processId: 5868, connected: 14_000, boundOnly: 0 }],
    },
  },
  "UDP leak": {
    tells: "16,100 UDP sockets of one process; whoever comes next finds 284 ports.",
    tale: () => leaking((box, by) => binds(box, by, 16_100, { protocol: "udp" })),
    expected: {
      level: "Exhausted",
      pattern: "UdpLeak",
      culprit: 5868,
      pool: "udp",
      pools: [
        { protocol: "tcp", used: 0, level: "Healthy" },
        { protocol: "udp", used: 16_100, level: "Exhausted", byClass: { udp: 16_100 } },
      ],
      owners: [{ processId: 5868, protocol: "udp", ports: 16_100, udp: 16_100 }],
      handles: [{ processId: 5868, udp: 16_100, ports: 16_100 }],
    },
  },
  "UDP ports asked for by number": {
    tells: "A DNS server binds 14,000 UDP ports by number, as it was made to; others have 300.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 300, { protocol: "udp" }));
      const dns = service(box, 2040, ["DNS"], "dns.exe");
      binds(box, dns, 14_000, { protocol: "udp", fromPort: 51_000 });
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "Mixed",
      culprit: null,
      pool: "udp",
      pools: [{ protocol: "udp", used: 14_300, byClass: { udp: 14_300 } }],
    },
  },
  "connections to one peer": {
    tells: "13,500 connections to one web server, kept open.",
    tale: () => leaking((box, by) => connects(box, by, 13_500)),
    expected: {
      level: "Critical",
      pattern: "ConnectionBuildUp",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 13_500, byClass: { connected: 13_500, bound: 0 } }],
      owners: [{ processId: 5868, protocol: "tcp", ports: 13_500, connected: 13_500, bound: 0 }],
    },
  },
  "connections that nobody answers": {
    tells: "13,500 connects wait for a peer that is not there.",
    tale: () => leaking((box, by) => hangs(connects(box, by, 13_500, { how: "connect" }))),
    expected: {
      level: "Critical",
      pattern: "ConnectionBuildUp",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 13_500, byClass: { connected: 13_500 } }],
    },
  },
  "leak of a service host": {
    tells: "A svchost with three services leaks: the socket may be any one's.",
    tale: () => {
      const box = leaking(() => undefined);
      binds(box, service(box, 1240, ["Dnscache", "LanmanWorkstation", "NlaSvc"]), 14_000);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 1240,
      owners: [
        {
          processId: 1240,
          protocol: "tcp",
          ports: 14_000,
          processName: "svchost.exe",
          services: ["Dnscache", "LanmanWorkstation", "NlaSvc"],
        },
      ],
    },
  },
  "leak that is over": {
    tells: "A process had 15,000 bound sockets and closed them.",
    tale: () =>
      leaking((box, by) => {
        closes(box, binds(box, by, 15_000));
      }),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 0, largestFreeRun: 16_384, free4096Blocks: 4 }],
    },
  },
  "orphans that nobody inherited": {
    tells: "The leaker ended without an heir, and everything it had is free again.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 14_000));
      const leaker = box.processes.find(({ processId }) => processId === 5868);
      if (leaker !== undefined) exits(box, leaker);
      minutesLater(box, 1);
      return box;
    },
    expected: { level: "Healthy", pattern: "None", culprit: null, pools: [{ protocol: "tcp", used: 0 }] },
  },
} as const satisfies Readonly<Record<string, MachinePlot>>;
