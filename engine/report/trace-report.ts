/** Facts and verdict -> the `trace-report` record. Lists are cut where the record would grow too long for one line. */
import { formatFiletime } from "../bytes/filetime.ts";
import type { Clock } from "../etl/clock.ts";
import type { ReadResult, TraceSession } from "../etl/reader.ts";
import type * as Contract from "../generated/records.ts";
import { formatStatus, statusMeaning, statusName } from "../model/ntstatus.ts";
import type { Diagnosis } from "../remedies/diagnose.ts";
import type { TraceFacts } from "../trackers/analysis.ts";
import type { ExhaustionFailures, FailureGroup, Victim } from "../trackers/failures.ts";
import type { Holding } from "../trackers/holdings.ts";
import type { Reservation } from "../trackers/reservations.ts";
import { type KindCount, providerCounts, unreadableEvents } from "./coverage.ts";
import { ownerOf, witnessesOf } from "./parts.ts";

export interface TraceReportInput {
  readonly session: TraceSession;
  readonly result: ReadResult;
  readonly counts: readonly KindCount[];
  readonly facts: TraceFacts;
  readonly verdict: Contract.TraceVerdict;
  readonly growth: Contract.PortGrowth | null;
  readonly diagnosis: Diagnosis;
  readonly captures: readonly Contract.TraceCapture[];
  readonly since: string | null;
  readonly until: string | null;
}

/** Rows per list: together they stay well under the megabyte that Windows PowerShell 5.1 can take in one line. */
const LIMIT = {
  victims: 500,
  holders: 1000,
  reservations: 300,
  destinations: 20,
  providers: 300,
  unreadable: 100,
  remotes: 10,
} as const;

const sessionOf = ({ log, clock }: TraceSession, { span }: ReadResult): Contract.TraceSession => ({
  loggerName: log.loggerName,
  osBuild: log.osBuild,
  pointerSize: log.pointerSize,
  processors: log.processors,
  clock: log.clock,
  startTime: formatFiletime(log.startTime),
  endTime: log.endTime === 0n ? null : formatFiletime(log.endTime),
  firstEventTime: span === null ? null : clock.toIso(span.first),
  lastEventTime: span === null ? null : clock.toIso(span.last),
  compressed: log.isCompressed,
  circular: log.isCircular,
  relogged: log.isRelogged,
});

const coverageOf = ({ session, result, counts, since, until }: TraceReportInput): Contract.TraceCoverage => {
  const events = counts.reduce((sum, kind) => sum + kind.events, 0);
  const decoded = counts.reduce((sum, kind) => sum + kind.decoded, 0);
  return {
    events,
    decoded,
    undecoded: events - decoded,
    eventsLost: session.log.eventsLost,
    buffersLost: session.log.buffersLost,
    damagedBuffers: result.damage.damagedBuffers,
    truncated: result.damage.isTruncated,
    bytesSkipped: result.damage.bytesSkipped,
    outOfOrder: result.outOfOrder,
    since,
    until,
    providers: providerCounts(counts).slice(0, LIMIT.providers),
    unreadable: unreadableEvents(counts).slice(0, LIMIT.unreadable),
    damage: result.damage.damage.map(({ offset, code, message }) => ({ offset, code, message })),
  };
};

const failureOf =
  ({ toIso }: Clock) =>
  (group: FailureGroup): Contract.Failure => ({
    operation: group.operation,
    protocol: group.protocol,
    status: formatStatus(group.status),
    name: statusName(group.status),
    isExhaustion: group.isExhaustion,
    count: group.count,
    firstTime: toIso(group.first),
    lastTime: toIso(group.last),
    meaning: statusMeaning(group.status),
    witnesses: witnessesOf(group),
  });

const victimOf =
  ({ toIso }: Clock) =>
  ({ process, failures, first, last, protocols, remotes }: Victim): Contract.Victim => ({
    ...ownerOf(process),
    failures,
    firstTime: toIso(first),
    lastTime: toIso(last),
    protocols: [...protocols],
    remotes: remotes.slice(0, LIMIT.remotes) as Contract.Victim["remotes"],
    remoteCount: remotes.length,
  });

const holderOf =
  (heldByAll: number) =>
  (holding: Holding): Contract.Holder => ({
    ...ownerOf(holding.process),
    opened: holding.opened,
    closed: holding.closed,
    held: holding.held,
    peak: holding.peak,
    deferred: holding.deferred,
    closedFromBeforeTrace: holding.closedFromBeforeTrace,
    heldBefore: holding.before.tcp + holding.before.udp,
    timeWait: holding.timeWait,
    explicit: holding.explicit,
    connected: holding.connected,
    peerClosed: holding.peerClosed,
    udp: holding.udp,
    share: heldByAll === 0 ? 0 : holding.held / heldByAll,
    heldAtExhaustion: holding.atExhaustion.held,
    ownerInferred: holding.process.isInferred,
  });

const reservationOf =
  ({ toIso }: Clock) =>
  ({ process, status, startPort, ports, ticks, protocol }: Reservation): Contract.TraceReservation => ({
    ...ownerOf(process),
    status: formatStatus(status),
    startPort,
    ports,
    time: toIso(ticks),
    protocol,
  });

const exhaustionOf = ({ facts, session }: TraceReportInput): Contract.ExhaustionCounts => {
  const { toIso } = session.clock;
  const calls: ExhaustionFailures | null = facts.isAfd ? facts.failures.byAfd : facts.failures.byTcpipOnly;
  return {
    failures: calls?.count ?? 0,
    firstTime: calls === null ? null : toIso(calls.first),
    lastTime: calls === null ? null : toIso(calls.last),
    firstEvidence: facts.evidence === null ? null : toIso(facts.evidence.first),
    lastEvidence: facts.evidence === null ? null : toIso(facts.evidence.last),
  };
};

const destinationsOf = ({ destinations }: TraceFacts): Contract.TraceDestination[] => {
  const all = destinations.reduce((sum, { failures }) => sum + failures, 0);
  return destinations
    .slice(0, LIMIT.destinations)
    .map(({ remote, connects, failures }) => ({ remote, connects, failures, share: failures / all }));
};

const holdersOf = ({ holdings }: TraceFacts): readonly Contract.Holder[] => {
  const heldByAll = holdings.reduce((sum, { held }) => sum + held, 0);
  const sorted = holdings
    .filter(
      ({ opened, closedFromBeforeTrace, before, timeWait }) =>
        opened + closedFromBeforeTrace + before.tcp + before.udp + timeWait > 0,
    )
    .sort(
      (a, b) =>
        b.held + b.before.tcp + b.before.udp - (a.held + a.before.tcp + a.before.udp) ||
        b.opened - a.opened ||
        b.closedFromBeforeTrace - a.closedFromBeforeTrace ||
        a.process.index - b.process.index,
    );
  return sorted.map(holderOf(heldByAll));
};

const beyond = (rows: number, limit: number): number => Math.max(0, rows - limit);

const omittedOf = ({ facts, counts }: TraceReportInput, holders: number): Contract.OmittedRows => ({
  victims: beyond(facts.failures.victims.length, LIMIT.victims),
  holders: beyond(holders, LIMIT.holders),
  reservations: facts.reservationsOmitted + beyond(facts.reservations.length, LIMIT.reservations),
  providers: beyond(providerCounts(counts).length, LIMIT.providers),
  unreadable: beyond(unreadableEvents(counts).length, LIMIT.unreadable),
});

export const buildTraceReport = (input: TraceReportInput): Contract.TraceReport => {
  const { session, result, facts } = input;
  const { clock, file } = session;
  const holders = holdersOf(facts);
  return {
    kind: "trace-report",
    file: file.path,
    sizeBytes: file.sizeBytes,
    session: sessionOf(session, result),
    coverage: coverageOf(input),
    verdict: input.verdict,
    captures: [...input.captures],
    binds: { attempted: facts.binds.attempted, succeeded: facts.binds.succeeded, failed: facts.binds.failed },
    exhaustion: exhaustionOf(input),
    failures: facts.failures.groups.map(failureOf(clock)),
    victims: facts.failures.victims.slice(0, LIMIT.victims).map(victimOf(clock)),
    holders: holders.slice(0, LIMIT.holders),
    reservations: facts.reservations.slice(0, LIMIT.reservations).map(reservationOf(clock)),
    destinations: destinationsOf(facts),
    ledger: facts.ledger === null ? null : { ...facts.ledger },
    timeWait: { ...facts.timeWait },
    timeline: facts.timeline.map(({ startTicks, held, opened, failed }) => ({
      time: clock.toIso(startTicks),
      held,
      opened,
      failed,
    })) as Contract.TraceReport["timeline"],
    growth: input.growth,
    findings: input.diagnosis.findings,
    unchecked: input.diagnosis.unchecked,
    remedies: input.diagnosis.remedies,
    omitted: omittedOf(input, holders.length),
  };
};
