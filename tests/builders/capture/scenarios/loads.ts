// Ports go where no single program keeps them: churn, servers, many small users, the kernel.

import { type Machine, machine, minutesLater, type Process } from "../machine.ts";
import { helpers } from "../machine/handles.ts";
import { opensPortless } from "../machine/portless.ts";
import { exits, kernel, process, service } from "../machine/processes.ts";
import { range } from "../machine/settings.ts";
import { accepts, binds, closes, connects, halfCloses, listens, visits } from "../machine/sockets.ts";
import { inOffice, leaking, OFFICE } from "./plot.ts";
import type { MachinePlot } from "./scenario.ts";

const server = (port: number, load: (box: Machine, web: Process) => void): Machine => {
  const box = machine();
  const web = process(box, "w3wp.exe", 3300, { session: 0 });
  listens(box, web, 1, { fromPort: port });
  load(box, web);
  return box;
};

const listenerOf = (box: Machine) => {
  const found = box.sockets.find(({ state }) => state === "listening");
  if (found === undefined) throw new RangeError("nobody listens");
  return found;
};

export const loads = {
  "healthy desktop": {
    tells: "What any desktop has.",
    tale: () => inOffice(),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [
        {
          protocol: "tcp",
          capacity: 16_384,
          used: OFFICE.listeners + OFFICE.connections,
          byClass: { listening: OFFICE.listeners, connected: OFFICE.connections },
        },
        { protocol: "udp", used: OFFICE.udp },
      ],
      handles: [{ processId: 6016, sockets: 42, ports: 42, fileHandles: 102, allHandles: 502, status: "inspected" }],
    },
  },
  "16,000 TIME_WAIT of a client that lives": {
    tells: "A client closed 16,000 connections and has 12 to the same server: the rest was likely its own.",
    tale: () =>
      leaking((box, by) => {
        visits(box, by, 16_000);
        connects(box, by, 12);
      }),
    expected: {
      level: "Critical",
      pattern: "TimeWaitChurn",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 16_012, byClass: { timeWait: 16_000, connected: 12 } }],
      owners: [
        { processId: 5868, protocol: "tcp", ports: 12, likelyTimeWait: 16_000 },
        { processId: 0, protocol: "tcp", ports: 16_000, timeWait: 16_000 },
      ],
    },
  },
  "16,000 TIME_WAIT of nobody": {
    tells: "The client of 16,000 closed connections has ended: nothing tells whose they were.",
    tale: () => {
      const box = leaking((each, by) => visits(each, by, 16_000));
      const client = box.processes.find(({ processId }) => processId === 5868);
      if (client !== undefined) exits(box, client);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "TimeWaitChurn",
      culprit: null,
      pools: [{ protocol: "tcp", used: 16_000, byClass: { timeWait: 16_000 } }],
      owners: [{ processId: 0, protocol: "tcp", ports: 16_000, timeWait: 16_000 }],
      handles: [],
    },
  },
  "16,000 TIME_WAIT beside a client that is idle": {
    tells: "16,000 short processes called a server and are gone; an agent has one connection to it, and no more.",
    tale: () => {
      const box = leaking((each, by) => visits(each, by, 16_000), {}, "curl.exe");
      const curl = box.processes.find(({ processId }) => processId === 5868);
      if (curl !== undefined) exits(box, curl);
      connects(box, process(box, "agent.exe", 6100), 1);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "TimeWaitChurn",
      culprit: 6100,
      confidence: "Low",
      reason: /[Ll]ikely agent\.exe/,
      owners: [{ processId: 6100, protocol: "tcp", ports: 1, likelyTimeWait: 16_000 }],
    },
  },
  "TIME_WAIT of a client that is a small part": {
    tells: "Half of the used ports are in TIME_WAIT, and half of these are one client's: that is a quarter.",
    tale: () => {
      const box = leaking((each, by) => {
        visits(each, by, 4300);
        connects(each, by, 12);
      });
      const gone = process(box, "curl.exe", 6100);
      visits(box, gone, 4100, { to: { address: "10.0.0.81", port: 443 } });
      exits(box, gone);
      for (let index = 0; index < 70; index += 1)
        connects(box, process(box, `app${index}.exe`, 7000 + index * 4), 100, {
          to: { address: "10.0.0.82", port: 443 },
        });
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "TimeWaitChurn",
      culprit: null,
      pools: [{ protocol: "tcp", used: 15_412, byClass: { timeWait: 8400, connected: 7012 } }],
    },
  },
  "TIME_WAIT towards two clients": {
    tells: "Two clients share a server, and 14,000 closed connections to it: neither may be accused.",
    tale: () => {
      const box = leaking((each, by) => {
        visits(each, by, 7000);
        connects(each, by, 12);
      });
      const other = process(box, "java.exe", 6200);
      visits(box, other, 7000);
      connects(box, other, 12);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "TimeWaitChurn",
      culprit: null,
      pools: [{ protocol: "tcp", used: 14_024 }],
    },
  },
  "inbound TIME_WAIT outside the range": {
    tells: "A web server closed 10,000 connections on its port 443.",
    tale: () => server(443, (box) => closes(box, accepts(box, listenerOf(box), 10_000))),
    expected: { level: "Healthy", pattern: "None", culprit: null, pools: [{ protocol: "tcp", used: 0 }] },
  },
  "inbound TIME_WAIT inside the range": {
    tells: "The same on port 50000: it is the listener's port, once.",
    tale: () => server(50_000, (box) => closes(box, accepts(box, listenerOf(box), 10_000))),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 1, byClass: { listening: 1, timeWait: 0 } }],
    },
  },
  "10,000 accepted connections": {
    tells: "A server whose listener is inside the range has 10,000 clients: one port.",
    tale: () => server(49_500, (box) => accepts(box, listenerOf(box), 10_000)),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 1, byClass: { listening: 1, connected: 0 } }],
      owners: [{ processId: 3300, protocol: "tcp", ports: 1, listening: 1, connected: 0 }],
      handles: [{ processId: 3300, handles: 10_001, sockets: 10_001, ports: 1, listening: 1, connected: 10_000 }],
    },
  },
  "accepted connections served by another process": {
    tells: "A listener hands 3,000 connections to a worker: still one port, the listener's.",
    tale: () =>
      server(49_500, (box) => accepts(box, listenerOf(box), 3000, process(box, "worker.exe", 3400, { session: 0 }))),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 1, byClass: { listening: 1, connected: 0 } }],
      owners: [{ processId: 3300, protocol: "tcp", ports: 1, listening: 1 }],
    },
  },
  "both ends on one machine": {
    tells: "200 connections over loopback to a server outside the range: two rows each, one port each.",
    tale: () => {
      const box = server(8080, () => undefined);
      const client = process(box, "client.exe", 4400);
      const ends = connects(box, client, 200, { address: "127.0.0.1", to: { address: "127.0.0.1", port: 8080 } });
      for (const [index, socket] of accepts(box, listenerOf(box), 200).entries()) {
        socket.local = { address: "127.0.0.1", port: 8080 };
        socket.remote = ends[index]?.local ?? null;
      }
      return box;
    },
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 200, byClass: { connected: 200 } }],
      owners: [{ processId: 4400, protocol: "tcp", ports: 200, connected: 200 }],
    },
  },
  "two that share": {
    tells: "Two processes have 7,000 connections each.",
    tale: () => {
      const box = leaking((each, by) => connects(each, by, 7000));
      connects(box, process(box, "java.exe", 6200), 7000);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "Mixed",
      culprit: null,
      pools: [{ protocol: "tcp", used: 14_000 }],
    },
  },
  "small users of a small range": {
    tells: "140 of 255 ports are used, 100 of them by one process: too few to accuse anybody.",
    tale: () => {
      const box = machine();
      range(box, "tcp", 40_000, 255);
      binds(box, process(box, "one.exe", 4100), 100);
      for (const index of [0, 1, 2, 3]) binds(box, process(box, `few${index}.exe`, 4200 + index * 4), 10);
      return box;
    },
    expected: {
      level: "Elevated",
      pattern: "Mixed",
      culprit: null,
      pools: [{ protocol: "tcp", capacity: 255, used: 140, largestFreeRun: 115, free64Blocks: 1 }],
    },
  },
  "range from 1025 on": {
    tells: "The range covers all listeners, as Exchange sets it: 60 listeners and 200 connections of 64,510.",
    tale: () => {
      const box = machine();
      range(box, "tcp", 1025, 64_510);
      for (let index = 0; index < 20; index += 1) {
        const each = process(box, `MSExchange${index}.exe`, 2000 + index * 4, { session: 0 });
        listens(box, each, 3, { fromPort: 2000 + index * 100 });
        connects(box, each, 10);
      }
      return box;
    },
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [
        { protocol: "tcp", capacity: 64_510, used: 260, byClass: { listening: 60, connected: 200 } },
        { protocol: "udp", capacity: 16_384, used: 0 },
      ],
    },
  },
  "listeners that fill a range": {
    tells: "A range of 255 ports lies where 40 services listen on 160.",
    tale: () => {
      const box = machine();
      range(box, "tcp", 1025, 255);
      for (let index = 0; index < 40; index += 1) {
        const each = service(box, 2000 + index * 4, [`Service${index}`], `service${index}.exe`);
        listens(box, each, 4, { fromPort: 1025 + index * 4 });
      }
      connects(box, process(box, "client.exe", 4400), 20);
      return box;
    },
    expected: {
      level: "Elevated",
      pattern: "ListenerOverlap",
      culprit: null,
      pools: [{ protocol: "tcp", capacity: 255, used: 180, byClass: { listening: 160, connected: 20 } }],
    },
  },
  "the kernel holds most": {
    tells: "14,000 connections of PID 4, to which no program has a handle.",
    tale: () => {
      const box = inOffice();
      connects(box, kernel(box), 14_000, { to: { address: "10.0.0.9", port: 445 }, how: "connect" });
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "ConnectionBuildUp",
      culprit: 4,
      pools: [{ protocol: "tcp", used: 14_037, byClass: { connected: 14_030, listening: 7 } }],
      owners: [{ processId: 4, protocol: "tcp", ports: 14_000, connected: 14_000 }],
    },
  },
  "closed here, not there": {
    tells: "13,500 connections in FIN_WAIT_2: the process has no handle to them any more, the peer does not close.",
    tale: () =>
      leaking((box, by) => {
        halfCloses(connects(box, by, 13_500));
        minutesLater(box, 1);
      }),
    expected: {
      level: "Critical",
      pattern: "ConnectionBuildUp",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 13_500, byClass: { closing: 13_500, connected: 0 } }],
    },
  },
  "helpers by the thousand": {
    tells: "12,000 AFD handles of an event loop, and 100 connections.",
    tale: () =>
      leaking((box, by) => {
        helpers(box, by, 12_000);
        connects(box, by, 100);
      }),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 100 }],
      handles: [{ processId: 5868, handles: 12_100, sockets: 100, ports: 100, helpers: 12_000 }],
    },
  },
  "sockets without ports": {
    tells: "Unbound, AF_UNIX, Hyper-V, Bluetooth and raw sockets: many handles, not one port.",
    tale: () =>
      leaking((box, by) => {
        opensPortless(box, by, 4000, "unbound");
        opensPortless(box, by, 500, "unix");
        opensPortless(box, by, 300, "hyper-v");
        opensPortless(box, by, 10, "bluetooth");
        opensPortless(box, by, 20, "raw");
      }),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [
        { protocol: "tcp", used: 0 },
        { protocol: "udp", used: 0 },
      ],
      handles: [
        { processId: 5868, handles: 4830, sockets: 4830, ports: 0, unbound: 4000, otherSockets: 830, helpers: 0 },
      ],
    },
  },
} as const satisfies Readonly<Record<string, MachinePlot>>;
