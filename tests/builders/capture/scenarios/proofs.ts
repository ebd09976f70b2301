// The probe is proof of now, events are proof of then, and 10055 may mean something else.

import type { Machine } from "../machine.ts";
import { lacks, logged, probeMeets, withoutProbe, WSAENOBUFS } from "../machine/settings.ts";
import { binds } from "../machine/sockets.ts";
import { inOffice, leaking } from "./plot.ts";
import type { MachinePlot } from "./scenario.ts";

const afterwards = (turn: (box: Machine) => void, box: Machine = inOffice()): Machine => {
  turn(box);
  return box;
};

export const proofs = {
  "probe fails on a full pool": {
    tells: "13,200 of 16,384 ports are used and Windows has none to give.",
    tale: () =>
      afterwards(
        (box) => probeMeets(box, "tcp", WSAENOBUFS),
        leaking((box, by) => binds(box, by, 13_200)),
      ),
    expected: {
      level: "Exhausted",
      pattern: "BoundLeak",
      culprit: 5868,
      pool: "tcp",
      pools: [{ protocol: "tcp", used: 13_200, level: "Exhausted" }],
    },
  },
  "10055 with an empty pool": {
    tells: "The probe failed although nearly all ports are free and everything was seen: that is want of memory.",
    tale: () => afterwards((box) => probeMeets(box, "tcp", WSAENOBUFS)),
    expected: { level: "Unknown", pattern: "None", culprit: null, pool: "tcp" },
  },
  "10055 where bound sockets cannot be seen": {
    tells: "The probe failed and the tables that would show a leak were not given.",
    tale: () =>
      afterwards((box) => {
        probeMeets(box, "tcp", WSAENOBUFS);
        for (const name of ["bound-tcp-ipv4", "bound-tcp-ipv6", "handle-table", "afd-handles"])
          lacks(box, name, "failed", "The export is missing.");
      }),
    expected: { level: "Exhausted", pattern: "None", culprit: null, pool: "tcp" },
  },
  "another error of the probe": {
    tells: "The probe was refused by a filter (10013): that says nothing about ports.",
    tale: () => afterwards((box) => probeMeets(box, "tcp", 10_013)),
    expected: { level: "Healthy", pattern: "None", culprit: null },
  },
  "event 4231 that is over": {
    tells: "Windows ran out two hours ago, and has ports now.",
    tale: () => afterwards((box) => logged(box, 4231, 2)),
    expected: { level: "Elevated", pattern: "None", culprit: null, pool: "tcp" },
  },
  "event 4231 of two hours ago without a probe": {
    tells: "Windows ran out two hours ago, and nobody asked since; but all tables were read and show free ports.",
    tale: () =>
      afterwards((box) => {
        logged(box, 4231, 2);
        withoutProbe(box);
      }),
    expected: { level: "Elevated", pattern: "None", culprit: null, pool: "tcp" },
  },
  "event 4231 of this hour without a probe": {
    tells: "Windows ran out half an hour ago, and nobody asked since.",
    tale: () =>
      afterwards((box) => {
        logged(box, 4231, 0.5);
        withoutProbe(box);
      }),
    expected: { level: "Exhausted", pattern: "None", culprit: null, pool: "tcp" },
  },
  "event 4266 of this hour without a probe": {
    tells: "The same for UDP.",
    tale: () =>
      afterwards((box) => {
        logged(box, 4266, 0.5);
        withoutProbe(box);
      }),
    expected: {
      level: "Exhausted",
      pattern: "None",
      culprit: null,
      pool: "udp",
      pools: [{ protocol: "tcp", used: 37, level: "Healthy" }],
    },
  },
  "event at no known time": {
    tells: "An event that came without a time, and no probe.",
    tale: () =>
      afterwards((box) => {
        box.events.push({ id: 4231, time: null });
        withoutProbe(box);
      }),
    expected: { level: "Exhausted", pattern: "None", culprit: null, pool: "tcp" },
  },
  "event of the day before": {
    tells: "The event is 30 hours old.",
    tale: () =>
      afterwards((box) => {
        logged(box, 4231, 30);
        withoutProbe(box);
      }),
    expected: { level: "Healthy", pattern: "None", culprit: null },
  },
  "event 4227": {
    tells: "A connection met its own TIME_WAIT: the pool may be far from full.",
    tale: () =>
      afterwards((box) => {
        logged(box, 4227, 1);
        withoutProbe(box);
      }),
    expected: { level: "Healthy", pattern: "None", culprit: null },
  },
  "UDP probe fails, TCP is fine": {
    tells: "Exhausted is the pool whose probe failed.",
    tale: () =>
      afterwards(
        (box) => {
          probeMeets(box, "udp", WSAENOBUFS);
          probeMeets(box, "tcp", null);
        },
        leaking((box, by) => binds(box, by, 13_500, { protocol: "udp" })),
      ),
    expected: { level: "Exhausted", pattern: "UdpLeak", culprit: 5868, pool: "udp" },
  },
} as const satisfies Readonly<Record<string, MachinePlot>>;
