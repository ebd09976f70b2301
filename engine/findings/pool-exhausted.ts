/** A pool ran out: now, in the trace, or by an event of the day before. The levels and their proofs are the verdict's. */
import { portEventMeaning } from "../model/port-events.ts";
import { provenFamily, provingEvents, usedPart, type PoolLevel } from "../verdict/capture/level.ts";
import { poolName } from "../verdict/capture/names.ts";
import { failedCalls, failedTransports } from "../verdict/trace/scope.ts";
import { between, count, finePercent, listed, number, processText } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { CAPTURE_NEEDS, type Need, TRACE_NEEDS } from "./needs.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const CAUSE_TEXT: Readonly<Partial<Record<PoolLevel["cause"], string>>> = {
  probe: "Windows was asked for any port just now and had none",
  percent: "at least 98 % of the pool are in use",
  event: "Windows logged that it had none to give",
};

const useOf = ({ pool, protocol }: PoolLevel): string => {
  if (pool === null) return "How many are in use was not read.";
  if (pool.capacity === 0) return `All ${count(pool.ports, "port")} of the range are excluded.`;
  const kind = pool.family === null ? "port" : `${poolName(protocol, pool.family)} port`;
  return `${number(pool.used)} of ${count(pool.capacity, kind)} are in use (${finePercent(usedPart(pool))}).`;
};

/** Where each family has a pool of its own. */
const familyDoubt = (level: PoolLevel): readonly string[] =>
  level.pool === null || level.pool.family === provenFamily(level)
    ? []
    : ["The event does not tell whether IPv4's or IPv6's ports ran out; each family has a pool of its own."];

const eventsOf = ({ snapshot }: CaptureCase, { protocol }: PoolLevel): readonly string[] => {
  const events = provingEvents(snapshot, protocol);
  const id = events[0]?.id;
  if (id === undefined) return [];
  return [`${count(events.length, "event")} ${id} in the System log: ${portEventMeaning(id)?.meaning}`];
};

const isExhausted = ({ level, cause }: PoolLevel): boolean => level === "Exhausted" || cause === "recovered";

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  seen.levels.filter(isExhausted).map((level): Sighting => {
    const name = poolName(level.protocol, provenFamily(level));
    const isOver = level.cause === "recovered";
    return {
      severity: isOver ? "Warning" : "Critical",
      protocol: level.protocol,
      summary: isOver
        ? `${name} ports ran out before the machine was read, and there are free ones again.`
        : `${name} ports ${level.cause === "event" ? "ran out" : "are exhausted"}: ${CAUSE_TEXT[level.cause] ?? "none is left"}.`,
      evidence: [useOf(level), ...eventsOf(seen, level), ...familyDoubt(level)],
      process: NOBODY,
    };
  });

const victimsOf = ({ evidence: { facts } }: TraceCase): string => {
  const { victims } = facts.failures;
  const named = victims.map(({ process, failures }) => `${processText(process)} ${number(failures)}`);
  return victims.length === 0
    ? "Whose calls failed the trace does not tell."
    : `Calls that failed, by process: ${listed(named, 3)}.`;
};

/** Each endpoint can have each local port once: that others found none the trace does not show. */
const OF_ONE_ENDPOINT =
  "What failed were connects to one remote endpoint, which can have each local port once; ports for other endpoints may have been free.";

const seeTrace = (seen: TraceCase): readonly Sighting[] => {
  const { facts, toIso } = seen.evidence;
  const span = facts.evidence;
  if (span === null) return [];
  const { tcp, udp } = failedTransports(facts);
  const when = between(toIso(span.first), toIso(span.last));
  const calls = failedCalls(facts);
  const { destination } = seen.shortage;
  const forWhom = destination === null ? "" : ` for ${destination.remote}`;
  return [
    {
      ...(destination === null ? {} : { why: OF_ONE_ENDPOINT }),
      severity: "Critical",
      protocol: tcp === udp ? null : tcp ? "tcp" : "udp",
      summary:
        calls === 0
          ? `The machine ran out of ports${forWhom} ${when}, as events of the trace prove.`
          : `${count(calls, "call")} found no free port${forWhom} ${when}.`,
      evidence: [victimsOf(seen)],
      process: NOBODY,
    },
  ];
};

const isUnknown = ({ levels }: CaptureCase, isMeant: (level: PoolLevel) => boolean): boolean =>
  levels.some((level) => level.level === "Unknown" && isMeant(level));

/** A port that Windows gave just now says that there are some, whatever could not be seen. */
const ALL_TCP: Need<CaptureCase> = {
  isMet: (seen) =>
    CAPTURE_NEEDS.allTcp.isMet(seen) ||
    !isUnknown(seen, ({ protocol, cause }) => protocol === "tcp" && cause === "unseen"),
  lacks: CAPTURE_NEEDS.allTcp.lacks,
};

const MEMORY: Need<CaptureCase> = {
  isMet: (seen) => !isUnknown(seen, ({ cause }) => cause === "memory"),
  lacks:
    "Windows refused a port with 10055 while ports are free, which also means want of memory for sockets: a trace tells the two apart (Start-PortTrace).",
};

const RANGE: Need<CaptureCase> = {
  isMet: (seen) => !isUnknown(seen, ({ cause }) => cause === "range"),
  lacks:
    "The dynamic range was not read, and many ports in use lie outside the default one: `netsh int ipv4 show dynamicport tcp` tells.",
};

export const poolExhausted: Rule = {
  id: "pool-exhausted",
  title: "Ephemeral ports are exhausted",
  why: "Each program that needs a port of this pool is refused one: outgoing connections, name resolution and logons fail, whoever holds the ports.",
  advice:
    "Save the evidence, then get ports back from the process that holds them; a restart of the machine destroys the evidence.",
  capture: { needs: [CAPTURE_NEEDS.tcp, CAPTURE_NEEDS.udp, ALL_TCP, MEMORY, RANGE], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls, TRACE_NEEDS.whole], see: seeTrace },
};
