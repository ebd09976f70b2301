/** Calls fail with 10055 while ports are free: it is memory that is short, not ports. */
import { formatStatus, STATUS, statusName } from "../model/ntstatus.ts";
import { usedPart } from "../verdict/capture/level.ts";
import { poolName } from "../verdict/capture/names.ts";
import { count, finePercent, number } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const seeCapture = ({ levels }: CaptureCase): readonly Sighting[] =>
  levels.flatMap(({ cause, protocol, pool }): readonly Sighting[] => {
    if (cause !== "memory" || pool === null) return [];
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

export const notExhaustion: Rule = {
  id: "not-exhaustion",
  title: "10055 without exhaustion",
  why: "WSAENOBUFS (10055) means want of ports or want of memory. Here ports are free: a wider range, or a process ended for its ports, changes nothing.",
  advice: "Look at the nonpaged pool and at drivers that filter the network; leave the dynamic range as it is.",
  capture: { needs: [CAPTURE_NEEDS.probe], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
