/** The evidence in sentences: what was seen, then what the trace cannot tell. */

import { STATUS } from "../../model/ntstatus.ts";
import { KERNEL_PID } from "../../model/process.ts";
import type { FailureGroup } from "../../trackers/failures.ts";
import type { Holding } from "../../trackers/holdings.ts";
import { MIN_CULPRIT_PORTS } from "../limits.ts";
import { between, clockTime, count, duration, number, percent, processText } from "../phrases.ts";
import { besideReasons } from "./beside.ts";
import { hasEndedBefore, isSoleVictim } from "./doubt.ts";
import type { TraceEvidence } from "./evidence.ts";
import type { Shortage } from "./pattern.ts";
import { failedCalls, portsTold, shortPool } from "./scope.ts";

type Reason = string | null;

const proof = ({ facts, toIso }: TraceEvidence): Reason => {
  const { evidence, failures } = facts;
  if (evidence === null) return null;
  const groups = failures.groups.filter(({ isExhaustion }) => isExhaustion);
  // A failed listen is evidence, and none of the calls that are counted.
  const calls = failedCalls(facts) || groups.reduce((sum, { count: more }) => sum + more, 0);
  const both = groups.some(({ hasAfd, hasTcpip }) => hasAfd && hasTcpip);
  const witness = both
    ? "AFD and TCPIP both report it"
    : groups.some(({ hasAfd }) => hasAfd)
      ? "AFD reports it"
      : "TCPIP reports it";
  const operations = [
    ...new Set(
      groups.map(
        ({ operation, protocol }) => `${protocol === "unknown" ? "" : `${protocol.toUpperCase()} `}${operation}`,
      ),
    ),
  ].join(", ");
  return `${count(calls, "call")} (${operations}) ended in STATUS_TOO_MANY_ADDRESSES (0xC0000209) ${between(toIso(evidence.first), toIso(evidence.last))}; ${witness}.`;
};

const tcpipOnly = ({ facts }: TraceEvidence): Reason => {
  const { byAfd, byTcpipOnly } = facts.failures;
  if (byAfd === null || byTcpipOnly === null) return null;
  return `${count(byTcpipOnly.count, "more call")} failed that way by TCPIP's report alone: sockets of the kernel, or calls whose AFD events are not in the trace.`;
};

/** What speaks against calling a process culprit, though the ports speak for it. */
const doubts = ({ facts, toIso }: TraceEvidence, { suspicion }: Shortage): readonly Reason[] => {
  if (suspicion === null) return [];
  const { process } = suspicion;
  return [
    hasEndedBefore(suspicion, facts)
      ? `${processText(process)} had ended at ${clockTime(toIso(process.endedTicks ?? 0))}: either the closes of its sockets were lost, or another process still holds them.`
      : null,
    isSoleVictim(suspicion, facts)
      ? `${processText(process)} is also the only process that was hurt: others may have filled the pool before.`
      : null,
    process.processId === KERNEL_PID
      ? "PID 4 is the kernel: a driver (such as http.sys or SMB) opened these sockets, and no user-mode process can be blamed."
      : null,
  ];
};

const victims = ({ facts }: TraceEvidence): Reason => {
  const { victims: all } = facts.failures;
  if (all.length === 0) return null;
  const named = all.slice(0, 3).map(({ process, failures }) => `${processText(process)} ${count(failures, "time")}`);
  return `Hurt: ${named.join(", ")}${all.length > 3 ? ` and ${count(all.length - 3, "more process", "more processes")}` : ""}.`;
};

const binds = ({ facts, reading }: TraceEvidence): Reason => {
  const { attempted, succeeded, failed } = facts.binds;
  if (attempted + succeeded + failed === 0) return null;
  const span = reading.spanSeconds === null ? "" : ` in ${duration(reading.spanSeconds)}`;
  return `Binds seen${span}: ${number(attempted)} asked for, ${number(succeeded)} succeeded, ${number(failed)} failed.`;
};

const EXPLICIT_PORT_STATUSES: readonly number[] = [
  STATUS.addressAlreadyExists,
  STATUS.sharingViolation,
  STATUS.accessDenied,
];

const isConflict = ({ operation, status, isExhaustion }: FailureGroup): boolean =>
  operation === "bind" &&
  !isExhaustion &&
  (EXPLICIT_PORT_STATUSES.includes(status) || status === STATUS.tooManyAddresses);

const conflicts = ({ facts }: TraceEvidence): Reason => {
  const calls = facts.failures.groups.filter(isConflict).reduce((sum, group) => sum + group.count, 0);
  return calls === 0
    ? null
    : `${count(calls, "bind")} failed because the very port asked for was taken or excluded; that is a conflict, not exhaustion.`;
};

const destination = ({ destination: worst }: Shortage): Reason =>
  worst === null
    ? null
    : `${count(worst.failures, "connect")} to ${worst.remote} failed because the pair of local port and remote endpoint was in use, or none was free: each port can be used once per destination, and the rest of the pool may be free.`;

const timeWait = ({ facts }: TraceEvidence): Reason => {
  const { entered, atStart } = facts.timeWait;
  if ((entered ?? 0) + (atStart ?? 0) === 0) return null;
  const parts = [
    atStart === null ? null : `${number(atStart)} in TIME_WAIT in the rundown`,
    entered === null ? null : `${number(entered)} went into TIME_WAIT`,
  ];
  return `Connections: ${parts.filter((part) => part !== null).join(", ")}.`;
};

const ledger = ({ facts }: TraceEvidence): Reason => {
  if (facts.ledger === null) return null;
  const { acquired, released, held } = facts.ledger;
  return `TCPIP's ledger of TCP ports: ${number(acquired)} acquired, ${number(released)} released, ${number(held)} of them still held at the end.`;
};

const reservations = ({ facts }: TraceEvidence): Reason => {
  const granted = facts.reservations.filter(({ status }) => status === 0);
  const ports = granted.reduce((sum, reservation) => sum + reservation.ports, 0);
  const refused = facts.reservations.length - granted.length;
  if (facts.reservations.length === 0) return null;
  return `Reservations: ${number(granted.length)} granted with ${count(ports, "port")} in all, ${number(refused)} refused.`;
};

const beforeTrace = (evidence: TraceEvidence): Reason => {
  const { facts, beside } = evidence;
  if (beside !== null && beside.older.by !== null) return null;
  const sockets = facts.holdings.reduce((sum, { closedFromBeforeTrace }) => sum + closedFromBeforeTrace, 0);
  const seen = sockets > 0 ? ` (${number(sockets)} of them were closed in it)` : "";
  return `Ports opened before the trace began are not in it${seen}${shortPool(evidence) === null ? "; nor is the configured dynamic range" : ""}.`;
};

const losses = ({ facts, reading }: TraceEvidence): readonly Reason[] => [
  reading.eventsLost > 0
    ? `The recording lost ${count(reading.eventsLost, "event")}: a missing close looks like a leak.`
    : null,
  reading.buffersLost > 0 ? `The recording lost ${count(reading.buffersLost, "buffer")}.` : null,
  facts.lostCloses > 0 ? `${count(facts.lostCloses, "socket")} came to an end without a close in the trace.` : null,
  reading.damagedBuffers > 0
    ? `${count(reading.damagedBuffers, "buffer")} of the file could not be read in full.`
    : null,
  reading.isTruncated ? "The file is cut short: what came after is not in it." : null,
  reading.isUnfinished ? "The session was never closed: the last seconds may be missing." : null,
  reading.unreadable > 0
    ? `Not read: ${count(reading.unreadable, "event")} about ports or processes, of a version newer than this program knows or with a payload too short for its layout.`
    : null,
  reading.outOfOrder > 0 ? `${count(reading.outOfOrder, "event")} could not be brought into time order.` : null,
  reading.isWindowed
    ? "Only a part of the trace was asked for: sockets from before it count as open before the trace."
    : null,
];

/** Processes that stand in the report under a PID taken from the thread that called. */
const inferred = ({ facts }: TraceEvidence): Reason => {
  const processes = facts.holdings.filter(({ process, opened }) => process.isInferred && opened > 0).length;
  return processes === 0
    ? null
    : `${count(processes, "process", "processes")} created no socket in the trace: the PID is that of the calling thread.`;
};

/** At the end, so that older ports count where a capture shows them then. */
const largestHolder = ({ facts, beside }: TraceEvidence): Reason => {
  const isAll = beside?.older.by === "stop";
  const heldBy = ({ held, before }: Holding): number => held + (isAll ? before.tcp + before.udp : 0);
  const [largest] = [...facts.holdings].sort((a, b) => heldBy(b) - heldBy(a));
  const all = facts.holdings.reduce((sum, holding) => sum + heldBy(holding), 0);
  if (largest === undefined || heldBy(largest) === 0) return null;
  return `Most ports at the end: ${processText(largest.process)} with ${number(heldBy(largest))} of ${number(all)} (${percent(heldBy(largest) / all)}).`;
};

/** Whoever has the greater part of a small part of the pool need not be who filled it. */
const unaccounted = (evidence: TraceEvidence, { suspicion, destination }: Shortage): Reason => {
  const pool = shortPool(evidence);
  const told = Math.round(portsTold(evidence));
  if (pool === null || suspicion !== null || destination !== null || evidence.facts.evidence === null) return null;
  return `Of the ${count(pool.capacity, "port")} of the pool, trace and snapshots tell who held ${number(told)} while calls failed.`;
};

const explicitHolder = ({ facts }: TraceEvidence): Reason => {
  const [largest] = [...facts.holdings].sort((a, b) => b.explicitHeld - a.explicitHeld);
  if (largest === undefined || largest.explicitHeld < MIN_CULPRIT_PORTS) return null;
  return `${processText(largest.process)} held ${number(largest.explicitHeld)} ports that it had asked for by number: the program's choice, as of a DNS server, and no leak; those in the dynamic range are missing from the pool all the same.`;
};

const listed = (reasons: readonly Reason[]): readonly string[] => reasons.filter((reason) => reason !== null);

/** Sentences for a trace that has events about ports. */
export const reasonsOf = (evidence: TraceEvidence, shortage: Shortage): readonly string[] =>
  listed([
    proof(evidence),
    tcpipOnly(evidence),
    shortage.suspicion?.reason ?? largestHolder(evidence),
    unaccounted(evidence, shortage),
    ...doubts(evidence, shortage),
    destination(shortage),
    victims(evidence),
    binds(evidence),
    conflicts(evidence),
    timeWait(evidence),
    ledger(evidence),
    reservations(evidence),
    explicitHolder(evidence),
    inferred(evidence),
    ...losses(evidence),
    ...besideReasons(evidence),
    beforeTrace(evidence),
  ]);

/** Sentences for a trace that cannot tell. */
export const unknownReasons = (evidence: TraceEvidence): readonly string[] => {
  const { hasAfd, hasTcpip, events } = evidence.reading;
  const why =
    hasAfd || hasTcpip
      ? "It has Winsock-AFD or TCPIP events, but no completed bind among them."
      : `It has no event from Winsock-AFD or TCPIP among ${number(events)}: a packet capture alone does not show binds, since a bind sends no packet.`;
  return listed([
    why,
    ...losses(evidence),
    "To find out: `netsh trace start scenario=netconnection`, let the failure happen, `netsh trace stop`, and read that file.",
  ]);
};
