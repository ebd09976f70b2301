/** A pool is filling up, and has ports yet. The levels and their limits are the verdict's. */
import type { Finding } from "../generated/records.ts";
import { PORT_CLASSES, type PortClass } from "../pools/port-class.ts";
import type { PoolLevel } from "../verdict/capture/level.ts";
import { usedPart } from "../verdict/capture/level.ts";
import { poolName } from "../verdict/capture/names.ts";
import { count, finePercent, number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { assumedText } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const SEVERITIES: Readonly<Partial<Record<PoolLevel["level"], Finding["severity"]>>> = {
  Elevated: "Warning",
  Critical: "Critical",
};

const CLASS_TEXT: Readonly<Record<PortClass, string>> = {
  listening: "listening",
  connected: "connected",
  closeWait: "in CLOSE_WAIT",
  closing: "being closed",
  bound: "bound and not connected",
  udp: "of UDP sockets",
  timeWait: "in TIME_WAIT",
};

const freeText = ({ pool }: PoolLevel): string | null =>
  pool === null
    ? null
    : `${count(pool.free, "port")} ${pool.free === 1 ? "is" : "are"} free, the longest run of them is ${number(pool.largestFreeRun)} long.`;

const classesText = ({ pool }: PoolLevel): string | null => {
  if (pool === null) return null;
  const used = PORT_CLASSES.filter((each) => pool.byClass[each] > 0)
    .toSorted((a, b) => pool.byClass[b] - pool.byClass[a])
    .map((each) => `${number(pool.byClass[each])} ${CLASS_TEXT[each]}`);
  return used.length === 0 ? null : `In use: ${used.join(", ")}.`;
};

const sightingOf = (level: PoolLevel): readonly Sighting[] => {
  const { pool, protocol, cause } = level;
  const severity = SEVERITIES[level.level];
  if (severity === undefined || cause !== "percent" || pool === null) return [];
  return [
    {
      severity,
      protocol,
      summary: `${number(pool.used)} of ${count(pool.capacity, `${poolName(protocol, pool.family)} port`)} are in use (${finePercent(usedPart(pool))}).`,
      evidence: [freeText(level), classesText(level), assumedText(level.pool)].filter((each) => each !== null),
      process: NOBODY,
    },
  ];
};

const seeCapture = ({ levels }: CaptureCase): readonly Sighting[] => levels.flatMap(sightingOf);

export const poolPressure: Rule = {
  id: "pool-pressure",
  title: "Ephemeral ports are filling up",
  why: "When the rest is gone too, each program that needs a port of this pool is refused one. Microsoft's own diagnostic scripts warn from 50 % and from 80 % on.",
  advice:
    "Look at who holds them now, while the machine still works, and at how fast it grows: Measure-PortChurn tells.",
  capture: {
    needs: [CAPTURE_NEEDS.allTcp, CAPTURE_NEEDS.udp, CAPTURE_NEEDS.tcpRange, CAPTURE_NEEDS.udpRange],
    see: seeCapture,
  },
};
