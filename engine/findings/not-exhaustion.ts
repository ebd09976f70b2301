/** Calls fail with 10055 while ports are free: it is memory that is short, not ports. */
import { formatStatus, STATUS, statusName } from "../model/ntstatus.ts";
import { type PoolLevel, usedPart } from "../verdict/capture/level.ts";
import { poolName } from "../verdict/capture/names.ts";
import { count, finePercent, number } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { CAPTURE_NEEDS, type Need, TRACE_NEEDS } from "./needs.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

/** How many ports are free is only known with the range, and with what is excluded from it. */
const isRoomKnown = ({ snapshot: { exclusionsRead } }: CaptureCase, { pool, protocol }: PoolLevel): boolean =>
  pool !== null && !pool.isAssumed && exclusionsRead.some((read) => read.protocol === protocol);

const refused = ({ levels }: CaptureCase): readonly PoolLevel[] => levels.filter(({ cause }) => cause === "memory");

const room: Need<CaptureCase> = {
  isMet: (seen) => refused(seen).every((level) => isRoomKnown(seen, level)),
  lacks:
    "Windows failed with 10055, and how many ports are free is not known: the dynamic range or the excluded ranges were not read (`netsh int ipv4 show dynamicport tcp`, `netsh int ipv4 show excludedportrange tcp`; udp likewise).",
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  refused(seen).flatMap((level): readonly Sighting[] => {
    const { protocol, pool } = level;
    if (pool === null || !isRoomKnown(seen, level)) return [];
    return [
      {
        severity: "Critical",
        protocol,
        summary: `Asked for any ${poolName(protocol, pool.family)} port, Windows failed with 10055 although ${number(pool.free)} of ${count(pool.capacity, "port")} are free.`,
        evidence: [
          `${finePercent(usedPart(pool))} of the pool are in use, and 10055 also means that memory for sockets, such as nonpaged pool, was short.`,
        ],
        process: NOBODY,
      },
    ];
  });

/** Winsock makes 10055 of these as well (ntstatus.ts). */
const MEMORY_STATUS: readonly number[] = [STATUS.insufficientResources, STATUS.noMemory];

const seeTrace = ({ evidence: { facts } }: TraceCase): readonly Sighting[] => {
  // A lack of ports that is proved explains more than a lack of memory beside it.
  if (facts.evidence !== null) return [];
  const groups = facts.failures.groups.filter(({ status }) => MEMORY_STATUS.includes(status));
  const calls = groups.reduce((sum, group) => sum + group.count, 0);
  if (calls === 0) return [];
  return [
    {
      severity: "Critical",
      protocol: null,
      summary: `${count(calls, "call")} failed for want of memory, which programs see as 10055, and none for want of a port.`,
      evidence: groups.map(
        ({ operation, status, count: failed }) =>
          `${number(failed)} times: ${operation}, ${statusName(status)} (${formatStatus(status)}).`,
      ),
      process: NOBODY,
    },
  ];
};

/** Calls that failed may have been lost; but where ports ran out for certain, that is what 10055 means. */
const whole: Need<TraceCase> = {
  ...TRACE_NEEDS.whole,
  isMet: (seen) => seen.evidence.facts.evidence !== null || TRACE_NEEDS.whole.isMet(seen),
};

export const notExhaustion: Rule = {
  id: "not-exhaustion",
  title: "10055 without exhaustion",
  why: "WSAENOBUFS (10055) means want of ports or want of memory. Here ports are free: a wider range, or a process ended for its ports, changes nothing.",
  advice: "Look at the nonpaged pool and at drivers that filter the network; leave the dynamic range as it is.",
  capture: { needs: [CAPTURE_NEEDS.probe, room], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls, whole], see: seeTrace },
};
