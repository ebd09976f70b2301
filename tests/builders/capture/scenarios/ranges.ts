// Ranges and what is cut out of them, and the two families that share their numbers.

import { type Machine, machine, minutesLater } from "../machine.ts";
import { process } from "../machine/processes.ts";
import { excludes, excludesBlocks, range, WSAENOBUFS } from "../machine/settings.ts";
import { binds, connects, listens } from "../machine/sockets.ts";
import { leaking } from "./plot.ts";
import type { MachinePlot } from "./scenario.ts";

/** Blocks of 100 up to 65235 leave 300 ports; five clients share some of them; listeners lie in what is excluded. */
const winNat = (each: number): Machine => {
  const box = machine();
  excludesBlocks(box, "tcp", 49_152, 65_235);
  listens(box, process(box, "lsass.exe", 900, { session: 0 }), 5, { fromPort: 49_664 });
  for (const index of [0, 1, 2, 3, 4]) connects(box, process(box, `app${index}.exe`, 4000 + index * 4), each);
  minutesLater(box, 5);
  return box;
};

export const ranges = {
  "exclusions that leave 300 ports": {
    tells: "WinNAT took all but 300 ports; 200 of them are used.",
    tale: () => winNat(40),
    expected: {
      level: "Elevated",
      pattern: "Reservation",
      culprit: null,
      pools: [
        {
          protocol: "tcp",
          capacity: 300,
          used: 200,
          excluded: 16_084,
          largestFreeRun: 100,
          free64Blocks: 1,
          byClass: { connected: 200, listening: 0, excluded: 16_084 },
        },
        { protocol: "udp", capacity: 16_384, used: 0, excluded: 0 },
      ],
    },
  },
  "exclusions that leave nothing": {
    tells: "WinNAT took all but 300 ports; 295 of them are used.",
    tale: () => winNat(59),
    expected: {
      level: "Exhausted",
      pattern: "Reservation",
      culprit: null,
      pools: [{ protocol: "tcp", capacity: 300, used: 295, largestFreeRun: 5, free64Blocks: 0 }],
    },
  },
  "exclusions across the edges": {
    tells: "Exclusions reach over both ends of the range, overlap, repeat, and lie outside.",
    tale: () => {
      const box = machine();
      // A range that ends at 60151, so that there is an outside behind it.
      range(box, "tcp", 49_152, 11_000);
      excludes(box, "tcp", 49_000, 49_251);
      excludes(box, "tcp", 60_100, 60_400, true);
      excludes(box, "tcp", 60_100, 60_400, true);
      excludes(box, "tcp", 60_090, 60_120);
      excludes(box, "tcp", 5000, 5999);
      return box;
    },
    // 49152-49251 are 100 ports, 60090-60151 are 62.
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", capacity: 10_838, used: 0, excluded: 162, largestFreeRun: 10_838, free4096Blocks: 2 }],
    },
  },
  "everything is excluded": {
    tells: "Not one port is left.",
    tale: () => {
      const box = machine();
      excludes(box, "udp", 49_152, 65_535, true);
      return box;
    },
    expected: {
      level: "Exhausted",
      pattern: "Reservation",
      culprit: null,
      pool: "udp",
      pools: [{ protocol: "udp", capacity: 0, used: 0, excluded: 16_384, largestFreeRun: 0 }],
    },
  },
  "dual-mode sockets": {
    tells: "9,000 wildcard IPv6 sockets, which take the number in both families.",
    tale: () => leaking((box, by) => binds(box, by, 9000, { family: "ipv6" })),
    expected: {
      level: "Elevated",
      pattern: "BoundLeak",
      culprit: 5868,
      pools: [{ protocol: "tcp", family: null, used: 9000, byFamily: { ipv4: 0, ipv6: 9000 } }],
    },
  },
  "the same numbers in both families": {
    tells: "5,000 ports are used in IPv4 and the same ones in IPv6: 5,000 ports.",
    tale: () =>
      leaking((box, by) => {
        for (const family of ["ipv4", "ipv6"] as const) binds(box, by, 5000, { family, fromPort: 50_000 });
      }),
    expected: {
      level: "Healthy",
      pattern: "None",
      culprit: null,
      pools: [{ protocol: "tcp", used: 5000, byFamily: { ipv4: 5000, ipv6: 5000 } }],
      owners: [{ processId: 5868, protocol: "tcp", ports: 5000 }],
    },
  },
  "ranges that differ between the families": {
    tells: "IPv6 has a range of its own with 1,000 ports, and 900 of them are gone.",
    tale: () => {
      const box = machine();
      range(box, "tcp", 20_000, 1000, "ipv6");
      binds(box, process(box, "six.exe", 5868), 900, { family: "ipv6" });
      connects(box, process(box, "four.exe", 5900), 100);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      pool: "tcp",
      pools: [
        { protocol: "tcp", family: "ipv4", capacity: 16_384, used: 100, level: "Healthy" },
        { protocol: "tcp", family: "ipv6", capacity: 1000, used: 900, level: "Critical" },
        { protocol: "udp", family: null, capacity: 16_384, used: 0 },
      ],
    },
  },
  "a large holder in the other family's range": {
    tells:
      "IPv6's 1,000 ports are short, and 900 of them are one process's; another has 5,000 of IPv4's, which are not short.",
    tale: () => {
      const box = machine();
      range(box, "tcp", 20_000, 1000, "ipv6");
      binds(box, process(box, "six.exe", 5868), 900, { family: "ipv6" });
      binds(box, process(box, "four.exe", 5900), 5000);
      return box;
    },
    expected: {
      level: "Critical",
      pattern: "BoundLeak",
      culprit: 5868,
      pool: "tcp",
      pools: [
        { protocol: "tcp", family: "ipv4", used: 5000, level: "Healthy" },
        { protocol: "tcp", family: "ipv6", used: 900, level: "Critical" },
      ],
    },
  },
  "the range of one family is used up": {
    tells: "All 1,000 ports of IPv6's own range are taken, and its probe fails; IPv4 is fine.",
    tale: () => {
      const box = machine();
      range(box, "tcp", 20_000, 1000, "ipv6");
      binds(box, process(box, "six.exe", 5868), 1000, { family: "ipv6" });
      box.probes = [
        { protocol: "tcp", family: "ipv4", error: null },
        { protocol: "tcp", family: "ipv6", error: WSAENOBUFS },
      ];
      return box;
    },
    expected: {
      level: "Exhausted",
      pattern: "BoundLeak",
      culprit: 5868,
      pool: "tcp",
      pools: [
        { protocol: "tcp", family: "ipv4", used: 0, level: "Healthy" },
        { protocol: "tcp", family: "ipv6", used: 1000, level: "Exhausted" },
      ],
    },
  },
  "the worse pool decides": {
    tells: "TCP is half full, UDP is nearly used up.",
    tale: () =>
      leaking((box, by) => {
        binds(box, by, 9000);
        binds(box, process(box, "resolver.exe", 2200), 14_000, { protocol: "udp" });
      }),
    expected: {
      level: "Critical",
      pattern: "UdpLeak",
      culprit: 2200,
      pool: "udp",
      pools: [
        { protocol: "tcp", used: 9000, level: "Elevated" },
        { protocol: "udp", used: 14_000, level: "Critical" },
      ],
    },
  },
} as const satisfies Readonly<Record<string, MachinePlot>>;
