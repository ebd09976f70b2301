/** All that was read of one machine at one moment, whatever it was read from. No judgement, no accounting. */
import { parseIsoTime } from "../bytes/filetime.ts";
import type {
  ArtifactCoverage,
  Capture,
  CaptureInspection,
  CaptureProbe,
  CaptureSettings,
} from "../generated/records.ts";
import type { DynamicRange, ExcludedRange } from "../model/port-range.ts";
import { imageName } from "../model/process.ts";
import type { SocketRow } from "../model/socket-row.ts";
import type { AfdHandle } from "./afd-handles.ts";
import type { Contribution } from "./contribution.ts";
import type { ListedHandles, PortEvent } from "./decoded.ts";
import { type Sight, sightOf } from "./sight.ts";

export interface SnapshotProcess {
  readonly name: string | null;
  readonly created: bigint | null;
  readonly parentId: number | null;
  readonly services: readonly string[];
}

export interface Snapshot {
  /** Null for loose files. */
  readonly machine: Capture["machine"] | null;
  readonly time: bigint | null;
  readonly sockets: readonly SocketRow[];
  readonly afdHandles: readonly AfdHandle[];
  readonly inspections: readonly CaptureInspection[];
  readonly listedHandles: readonly ListedHandles[];
  readonly handleCounts: ReadonlyMap<number, number>;
  readonly processes: ReadonlyMap<number, SnapshotProcess>;
  /** The list of processes is whole: who is not in it has ended. */
  readonly areProcessesKnown: boolean;
  readonly ranges: readonly DynamicRange[];
  readonly exclusions: readonly ExcludedRange[];
  readonly autoReuseRanges: readonly DynamicRange[];
  readonly settings: CaptureSettings;
  readonly events: readonly PortEvent[];
  readonly probes: readonly CaptureProbe[];
  readonly coverage: readonly ArtifactCoverage[];
  readonly sight: Sight;
}

const UNSET: CaptureSettings = { tcpTimedWaitDelay: null, maxUserPort: null };

const servicesByProcess = (capture: Capture | null): ReadonlyMap<number, readonly string[]> => {
  const byProcess = new Map<number, string[]>();
  for (const { processId, name } of capture?.services ?? []) {
    const names = byProcess.get(processId);
    if (names === undefined) byProcess.set(processId, [name]);
    else names.push(name);
  }
  return byProcess;
};

/** A PID of 0 in a list of processes is the idle process, which has no sockets: in port tables it means TIME_WAIT. */
const processesOf = (
  capture: Capture | null,
  contributions: readonly Contribution[],
): ReadonlyMap<number, SnapshotProcess> => {
  const services = servicesByProcess(capture);
  const processes = new Map<number, SnapshotProcess>();
  for (const { decoded } of contributions) {
    for (const { processId, name, services: named } of decoded.names ?? [])
      processes.set(processId, { name: imageName(name), created: null, parentId: null, services: named });
  }
  for (const { processId, name, created, parentId } of capture?.processes ?? []) {
    processes.set(processId, {
      name: imageName(name),
      created: created === null ? null : parseIsoTime(created),
      parentId,
      services: services.get(processId) ?? [],
    });
  }
  return processes;
};

const isWhole = (coverage: readonly ArtifactCoverage[], kind: string): boolean =>
  coverage.some((artifact) => artifact.kind === kind && artifact.status === "read");

const mergedCounts = (contributions: readonly Contribution[]): ReadonlyMap<number, number> =>
  new Map(contributions.flatMap(({ handleCounts }) => [...handleCounts]));

/** `capture` is the manifest where there is one; `contributions` come from its artifacts and from loose files. */
export const buildSnapshot = (capture: Capture | null, contributions: readonly Contribution[]): Snapshot => {
  const coverage = contributions.map((contribution) => contribution.coverage);
  const inspections = capture?.inspections ?? [];
  return {
    machine: capture?.machine ?? null,
    time: capture === null ? null : parseIsoTime(capture.machine.time),
    sockets: contributions.flatMap(({ decoded }) => decoded.sockets ?? []),
    afdHandles: contributions.flatMap(({ afdHandles }) => afdHandles),
    inspections,
    listedHandles: contributions.flatMap(({ decoded }) => decoded.handles ?? []),
    handleCounts: mergedCounts(contributions),
    processes: processesOf(capture, contributions),
    areProcessesKnown: isWhole(coverage, "processes"),
    ranges: contributions.flatMap(({ decoded }) => decoded.ranges ?? []),
    exclusions: contributions.flatMap(({ decoded }) => decoded.exclusions ?? []),
    autoReuseRanges: (capture?.autoReuseRanges ?? []).filter(({ ports }) => ports > 0),
    settings: capture?.settings ?? UNSET,
    events: contributions.flatMap(({ decoded }) => decoded.events ?? []),
    probes: capture?.probes ?? [],
    coverage,
    sight: sightOf(contributions, inspections),
  };
};
