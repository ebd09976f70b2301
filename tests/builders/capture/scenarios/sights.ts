// How much can be seen: old and new Windows, callers without rights, tables that were not given.

import { type Machine, machine } from "../machine.ts";
import { shares } from "../machine/handles.ts";
import { process, service } from "../machine/processes.ts";
import { lacks, probeMeets, withoutProbe, WSAENOBUFS } from "../machine/settings.ts";
import { binds, connects } from "../machine/sockets.ts";
import { inOffice, leaking, orphaned } from "./plot.ts";
import type { MachinePlot } from "./scenario.ts";

const NOT_ELEVATED = { elevated: false, debugPrivilege: false } as const;

const TABLES = ["tcp-ipv4", "tcp-ipv6", "udp-ipv4", "udp-ipv6", "bound-tcp-ipv4", "bound-tcp-ipv6"] as const;

const withoutTables = (box: Machine): Machine => {
  for (const name of TABLES) lacks(box, name, "failed", "Win32 error 1359.");
  return box;
};

const twice = (osBuild: number): Machine =>
  leaking(
    (box, by) => {
      const sockets = binds(box, by, 9000);
      shares(box, sockets.slice(0, 5000), by);
    },
    { osBuild, debugPrivilege: false },
  );

const TWICE = {
  level: "Elevated",
  pattern: "BoundLeak",
  culprit: 5868,
  pools: [{ protocol: "tcp", used: 9000 }],
  handles: [{ processId: 5868, handles: 14_000, sockets: 9000, ports: 9000, boundOnly: 9000 }],
} as const;

const servicesLeak = (given: Parameters<typeof machine>[0], isProtected: boolean): Machine => {
  const box = machine(given);
  const leaker = isProtected
    ? process(box, "MsMpEng.exe", 3100, { session: 0, isProtected })
    : service(box, 3100, ["Spooler"], "spoolsv.exe");
  binds(box, leaker, 14_000);
  connects(box, process(box, "msedge.exe", 6016), 20);
  return box;
};

export const sights = {
  "24H2 hides the objects": {
    tells: "Without SeDebugPrivilege 24H2 gives no object addresses; the heir of a dead process is found all the same.",
    tale: () => orphaned(14_000, { osBuild: 26_100, debugPrivilege: false }).box,
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      pools: [{ protocol: "tcp", used: 14_000 }],
      handles: [{ processId: 7120, sockets: 14_000, ports: 14_000 }],
    },
  },
  "duplicates inside a process": {
    tells: "5,000 of 9,000 sockets have two handles in their process.",
    tale: () => twice(22_631),
    expected: TWICE,
  },
  "duplicates inside a process, objects hidden": {
    tells: "The same on 24H2, where only the address tells that two handles are one socket.",
    tale: () => twice(26_100),
    expected: TWICE,
  },
  "32-bit Windows": {
    tells: "Handle tables of 32-bit Windows have other rows.",
    tale: () => orphaned(14_000, { pointerSize: 4, osBuild: 19_045 }).box,
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      handles: [{ processId: 7120, handles: 14_000, sockets: 14_000, fileHandles: 14_000, allHandles: 14_000 }],
    },
  },
  "tables without modules": {
    tells: "Classes 5 and 1, which know no creation time: who opened what is known, and that its PID is gone.",
    tale: () => orphaned(14_000, { tables: "pid" }).box,
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 7120,
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "ended" }],
    },
  },
  "not elevated": {
    tells: "A user without rights: a service's sockets are in the tables, its handles stay closed.",
    tale: () => servicesLeak(NOT_ELEVATED, false),
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 3100,
      pools: [{ protocol: "tcp", used: 14_020 }],
      owners: [{ processId: 3100, protocol: "tcp", ports: 14_000, creator: "running", holder: null }],
      handles: [
        { processId: 3100, status: "refused", handles: 0, fileHandles: 14_000, inspected: 0, refused: 14_000 },
        { processId: 6016, status: "inspected", sockets: 20 },
      ],
    },
  },
  "protected process": {
    tells: "An antivirus refuses even administrators.",
    tale: () => servicesLeak({}, true),
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 3100,
      handles: [{ processId: 3100, status: "refused", refused: 14_000 }],
    },
  },
  "dead creator, holder out of sight": {
    tells: "The opener is gone and the heir cannot be opened: nobody is known to hold them.",
    tale: () => {
      const { box, child } = orphaned(14_000);
      child.refusal = 5;
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      confidence: "Low",
      reason: /5868 has ended/,
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "ended", holder: null }],
    },
  },
  "recycled PID, holder out of sight": {
    tells: "The same, and a notepad has the dead process's PID: it was looked at and holds none of them.",
    tale: () => {
      const { box, child } = orphaned(14_000);
      child.refusal = 5;
      process(box, "notepad.exe", 5868);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: null,
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, holder: null }],
    },
  },
  "holder not reached in time": {
    tells: "The inspection ended before the heir's turn: its handles are not known, so nobody is.",
    tale: () => {
      const { box, child } = orphaned(14_000);
      box.unreached.add(child.processId);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      confidence: "Low",
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "ended", holder: null }],
      handles: [{ processId: 7120, status: "out-of-time", fileHandles: 14_000, inspected: 0, handles: 0 }],
    },
  },
  "leaker not reached in time": {
    tells: "The inspection ended before the leaker's turn: that it confirms nothing does not clear it.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 14_000));
      box.unreached.add(5868);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      owners: [{ processId: 5868, protocol: "tcp", ports: 14_000, creator: "running", holder: null }],
    },
  },
  "the bound table of one family is missing": {
    tells: "IPv4's bound table failed, IPv6's is empty, handles were not read, nobody probed: a leak would not show.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 14_000));
      connects(box, process(box, "msedge.exe", 6016), 20);
      for (const name of ["bound-tcp-ipv4", "handle-table", "afd-handles"])
        lacks(box, name, "failed", "Win32 error 8.");
      withoutProbe(box);
      return box;
    },
    expected: { level: "Unknown", pattern: "None", culprit: null, pools: [{ protocol: "tcp", used: 20 }] },
  },
  "Windows 7 with a sample of handles": {
    tells: "Nothing but handles shows bound sockets, and only every tenth was asked: nine tenths are out of sight.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 14_000), { osBuild: 7601 });
      box.samples.set(5868, 10);
      withoutProbe(box);
      return box;
    },
    expected: { level: "Unknown", pattern: "None", culprit: null, pools: [{ protocol: "tcp", used: 1400 }] },
  },
  "Windows 7 tells bound sockets by handles only": {
    tells: "Windows 7 has no bound tables and no device names: the handles alone show 14,000 bound sockets.",
    tale: () => leaking((box, by) => binds(box, by, 14_000), { osBuild: 7601 }),
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 14_000, byClass: { bound: 14_000 } }],
      handles: [{ processId: 5868, sockets: 14_000, boundOnly: 14_000 }],
    },
  },
  "Windows 7 where handles are refused": {
    tells: "Nothing shows bound sockets, and nobody probed: what was read cannot tell.",
    tale: () => {
      const box = servicesLeak({ osBuild: 7601, ...NOT_ELEVATED }, false);
      withoutProbe(box);
      return box;
    },
    expected: { level: "Unknown", pattern: "None", culprit: null, pools: [{ protocol: "tcp", used: 20 }] },
  },
  "Windows 7 where a probe succeeds": {
    tells: "Nothing shows bound sockets, but Windows gave a port.",
    tale: () => servicesLeak({ osBuild: 7601, ...NOT_ELEVATED }, false),
    expected: { level: "Healthy", pattern: "None", culprit: null, pools: [{ protocol: "tcp", used: 20 }] },
  },
  "neither tables nor handles": {
    tells: "Nothing shows a port, and nobody probed: there is no pool to tell of.",
    tale: () => {
      const box = withoutTables(inOffice());
      for (const name of ["handle-table", "afd-handles"]) lacks(box, name, "absent", "Constrained Language Mode.");
      withoutProbe(box);
      return box;
    },
    expected: { level: "Unknown", pattern: "None", culprit: null, pools: [] },
  },
  "handles but no tables": {
    tells: "Handles show some ports; TIME_WAIT and the kernel's would be in tables only.",
    tale: () => {
      const box = withoutTables(inOffice());
      withoutProbe(box);
      return box;
    },
    expected: {
      level: "Unknown",
      pattern: "None",
      culprit: null,
      pools: [
        { protocol: "tcp", used: 37, level: "Unknown" },
        { protocol: "udp", used: 12, level: "Unknown" },
      ],
    },
  },
  "no tables, and a probe that fails": {
    tells: "Not one table was read, and Windows had no port to give.",
    tale: () => {
      const box = withoutTables(inOffice());
      probeMeets(box, "tcp", WSAENOBUFS);
      return box;
    },
    expected: { level: "Exhausted", pattern: "None", culprit: null, pool: "tcp" },
  },
  "sampled handles": {
    tells: "Of 12,000 AFD handles every tenth was asked for its address: the others are unknown, not unbound.",
    tale: () =>
      leaking((box, by) => {
        binds(box, by, 12_000);
        box.samples.set(by.processId, 10);
      }),
    expected: {
      level: "Elevated",
      pattern: "BoundLeak",
      culprit: 5868,
      pools: [{ protocol: "tcp", used: 12_000 }],
      handles: [{ processId: 5868, status: "sampled", handles: 12_000, sockets: 1200, ports: 1200, unknown: 10_800 }],
    },
  },
  "no names": {
    tells: "The process list was not given: PIDs must do.",
    tale: () => {
      const box = leaking((each, by) => binds(each, by, 9000));
      lacks(box, "processes", "failed", "WMI did not answer.");
      return box;
    },
    expected: {
      level: "Elevated",
      pattern: "BoundLeak",
      culprit: 5868,
      owners: [{ processId: 5868, protocol: "tcp", ports: 9000, processName: null, creator: "running", holder: null }],
    },
  },
} as const satisfies Readonly<Record<string, MachinePlot>>;
