/** An auto-reuse range lies where it does harm, or is set and switched off. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import { PORTS } from "../model/port.ts";
import type { DynamicRange } from "../model/port-range.ts";
import { whoIs } from "../verdict/capture/names.ts";
import { count, listed } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { nameOf, poolsOf } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const endOf = ({ start, ports }: Pick<DynamicRange, "start" | "ports">): number => start + ports - 1;

const rangeText = (range: DynamicRange): string => `${range.start} to ${endOf(range)}`;

const warning = (summary: string, evidence: readonly string[] = []): Sighting => ({
  severity: "Warning",
  protocol: "tcp",
  summary,
  evidence,
  process: NOBODY,
});

const coversPool = (seen: CaptureCase, range: DynamicRange): readonly Sighting[] =>
  poolsOf(seen, "tcp")
    .filter(({ pool }) => !pool.isAssumed && range.start <= pool.start && endOf(range) >= endOf(pool))
    .map(({ pool }) =>
      warning(
        `The auto-reuse range ${rangeText(range)} covers the whole dynamic ${nameOf(pool)} range (${pool.start} to ${endOf(pool)}).`,
        ["Programs that bind before they connect need ports of the dynamic range that are not shared."],
      ),
    );

interface Listener {
  readonly port: number;
  readonly who: string;
}

const listenersIn = (snapshot: Snapshot, range: DynamicRange): readonly Listener[] => {
  const byPort = new Map<number, string>();
  for (const { state, localPort, processId } of snapshot.sockets) {
    if (state !== "listening" || localPort < range.start || localPort > endOf(range)) continue;
    byPort.set(localPort, processId === null ? "an unknown process" : whoIs(snapshot, processId));
  }
  return [...byPort].map(([port, who]) => ({ port, who })).sort((a, b) => a.port - b.port);
};

const NAMED = 5;

const overlapsListeners = ({ snapshot }: CaptureCase, range: DynamicRange): readonly Sighting[] => {
  const listeners = listenersIn(snapshot, range);
  if (listeners.length === 0) return [];
  const named = listeners.map(({ port, who }) => `${port} (${who})`);
  return [
    warning(
      `The auto-reuse range ${rangeText(range)} has ${count(listeners.length, "port")} at which something listens.`,
      [`Listeners: ${listed(named, NAMED)}.`],
    ),
  ];
};

const endsTooHigh = (range: DynamicRange): readonly Sighting[] =>
  endOf(range) < PORTS
    ? []
    : [
        warning(
          `The auto-reuse range begins at ${range.start} and has ${count(range.ports, "port")}: it would end beyond ${PORTS - 1}.`,
        ),
      ];

const idle = ({ start }: DynamicRange): Sighting => ({
  severity: "Information",
  protocol: "tcp",
  summary: `An auto-reuse range from ${start} on is set with 0 ports, which switches it off.`,
  evidence: [],
  process: NOBODY,
});

const seeCapture = (seen: CaptureCase): readonly Sighting[] => [
  ...seen.snapshot.autoReuseRanges.flatMap((range) => [
    ...coversPool(seen, range),
    ...overlapsListeners(seen, range),
    ...endsTooHigh(range),
  ]),
  ...seen.snapshot.idleAutoReuseRanges.map(idle),
];

export const autoReuseMisplaced: Rule = {
  id: "auto-reuse-misplaced",
  title: "The auto-reuse range lies badly",
  why: "The auto-reuse range is for outgoing connections that share ports: it must leave ports to programs that cannot share, and keep away from ports at which servers listen.",
  advice:
    "Give it a part of the ports that overlaps neither listeners nor the whole dynamic range, and restart the machine.",
  capture: { needs: [CAPTURE_NEEDS.settings, CAPTURE_NEEDS.tcp, CAPTURE_NEEDS.tcpRange], see: seeCapture },
};
