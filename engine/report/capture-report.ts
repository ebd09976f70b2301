/** Snapshot, accounts and verdict -> the capture-report record. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { CaptureReport, PortPool, PortProbe } from "../generated/records.ts";
import type { Diagnosis } from "../remedies/diagnose.ts";
import type { PoolLevel } from "../verdict/capture/level.ts";
import type { CaptureJudgement } from "../verdict/capture/verdict.ts";
import { cutPercent } from "./cut-percent.ts";
import { firstHalf, fitted } from "./fit.ts";
import { eventCounts } from "./port-events.ts";
import { reservationsOf } from "./reservations.ts";

const machineOf = ({ machine }: Snapshot): CaptureReport["machine"] => ({
  name: machine?.name ?? null,
  osBuild: machine?.osBuild ?? null,
  time: machine?.time ?? null,
  elevated: machine?.elevated ?? null,
  debugPrivilege: machine?.debugPrivilege ?? null,
});

const poolOf = ({ pool, level }: PoolLevel): readonly PortPool[] => {
  if (pool === null) return [];
  const {
    protocol,
    family,
    start,
    ports,
    isAssumed,
    capacity,
    used,
    free,
    excluded,
    byClass,
    byFamily,
    outside: _,
    ...runs
  } = pool;
  const usedPercent = cutPercent(pool);
  const range = { protocol, family, start, ports, assumed: isAssumed };
  const use = { capacity, used, free, usedPercent, excluded, ...runs };
  return [{ ...range, ...use, level, byClass: { ...byClass, excluded }, byFamily }];
};

const probesOf = ({ probes }: Snapshot): readonly PortProbe[] =>
  probes.map(({ protocol, family, error }) => ({ protocol, family, succeeded: error === null, error }));

const shortened = (report: CaptureReport): CaptureReport => {
  const [reservations, artifacts] = [firstHalf(report.reservations), firstHalf(report.coverage.artifacts)];
  return {
    ...report,
    reservations,
    coverage: { artifacts },
    omitted: {
      reservations: report.omitted.reservations + report.reservations.length - reservations.length,
      artifacts: report.omitted.artifacts + report.coverage.artifacts.length - artifacts.length,
    },
  };
};

const isShort = ({ reservations, coverage }: CaptureReport): boolean =>
  reservations.length + coverage.artifacts.length <= 2;

export const buildCaptureReport = (
  snapshot: Snapshot,
  { verdict, levels, suspects }: CaptureJudgement,
  { findings, unchecked, remedies }: Diagnosis,
): CaptureReport => {
  const report: CaptureReport = {
    kind: "capture-report",
    machine: machineOf(snapshot),
    verdict,
    pools: levels.flatMap(poolOf),
    ranges: snapshot.ranges,
    autoReuseRanges: snapshot.autoReuseRanges,
    settings: snapshot.settings,
    reservations: reservationsOf(snapshot),
    probes: probesOf(snapshot),
    events: eventCounts(snapshot.events),
    suspects,
    findings,
    unchecked,
    remedies,
    coverage: { artifacts: snapshot.coverage },
    omitted: { reservations: 0, artifacts: 0 },
  };
  return fitted(report, isShort, shortened);
};
