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
import type { Family, SocketRow, Transport } from "../model/socket-row.ts";
import type { AfdHandle } from "./afd-handles.ts";
import type { Contribution } from "./contribution.ts";
import type { ListedHandles, PortEvent } from "./decoded.ts";
import { knownEvents } from "./known-events.ts";
import { holdsAllAnswers, type Sight, sightOf } from "./sight.ts";

export interface SnapshotProcess {
  readonly name: string | null;
  readonly created: bigint | null;
  readonly parentId: number | null;
  readonly services: readonly string[];
}

export interface ExclusionSource {
  readonly protocol: Transport;
  readonly family: Family;
}

export interface Snapshot {
  /** Null for loose files. */
  readonly machine: Capture["machine"] | null;
  readonly time: bigint | null;
  readonly sockets: readonly SocketRow[];
  readonly afdHandles: readonly AfdHandle[];
  readonly inspections: readonly CaptureInspection[];
  /** Of those, the processes all of whose File handles answered. */
  readonly inspectedWhole: ReadonlySet<number>;
  readonly listedHandles: readonly ListedHandles[];
  readonly handleCounts: ReadonlyMap<number, number>;
  readonly processes: ReadonlyMap<number, SnapshotProcess>;
  /** The list of processes is whole: who is not in it has ended. */
  readonly areProcessesKnown: boolean;
  readonly ranges: readonly DynamicRange[];
  readonly exclusions: readonly ExcludedRange[];
  readonly exclusionsRead: readonly ExclusionSource[];
  readonly autoReuseRanges: readonly DynamicRange[];
  /** With a first port and no number of ports: set by somebody, and switched off. */
  readonly idleAutoReuseRanges: readonly DynamicRange[];
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
  // Where the list of processes is missing, the list of services still says whose process it is.
  const isListed = (capture?.processes.length ?? 0) > 0;
  for (const [processId, names] of isListed ? [] : services)
    processes.set(processId, {
      name: null,
      created: null,
      parentId: null,
      ...processes.get(processId),
      services: names,
    });
  return processes;
};

const isWhole = (coverage: readonly ArtifactCoverage[], kind: string): boolean =>
  coverage.some((artifact) => artifact.kind === kind && artifact.status === "read");

/** Processes all of whose File handles answered: what they do not hold, somebody else does. */
const inspectedWhole = (contributions: readonly Contribution[], inspections: readonly CaptureInspection[]) =>
  new Set(
    contributions.some(holdsAllAnswers)
      ? inspections
          .filter(({ status, refused, timedOut }) => status === "inspected" && refused === 0 && timedOut === 0)
          .map(({ processId }) => processId)
      : [],
  );

/** A list that comes twice tells of the same handles. */
const distinctListed = (contributions: readonly Contribution[]): readonly ListedHandles[] => {
  const byProcess = new Map<number | null, ListedHandles>();
  for (const listed of contributions.flatMap(({ decoded }) => decoded.handles ?? [])) {
    const known = byProcess.get(listed.processId);
    if (known === undefined || listed.afdHandles > known.afdHandles) byProcess.set(listed.processId, listed);
  }
  return [...byProcess.values()];
};

/** Protocols and families whose excluded ranges were asked for and answered, be it with none. */
const exclusionsRead = (capture: Capture | null): readonly ExclusionSource[] =>
  (capture?.artifacts ?? []).flatMap(({ kind, status, protocol, family }) =>
    kind === "excluded-port-range" && status === "read" && protocol !== null && family !== null
      ? [{ protocol, family }]
      : [],
  );

const mergedCounts = (contributions: readonly Contribution[]): ReadonlyMap<number, number> =>
  new Map(contributions.flatMap(({ handleCounts }) => [...handleCounts]));

/** `capture` is the manifest where there is one, `captured` what its artifacts tell, `loose` what other files do. */
export const buildSnapshot = (
  capture: Capture | null,
  captured: readonly Contribution[],
  loose: readonly Contribution[],
): Snapshot => {
  const contributions = [...captured, ...loose];
  const coverage = contributions.map((contribution) => contribution.coverage);
  const inspections = capture?.inspections ?? [];
  return {
    machine: capture?.machine ?? null,
    time: capture === null ? null : parseIsoTime(capture.machine.time),
    sockets: contributions.flatMap(({ decoded }) => decoded.sockets ?? []),
    afdHandles: contributions.flatMap(({ afdHandles }) => afdHandles),
    inspections,
    inspectedWhole: inspectedWhole(contributions, inspections),
    listedHandles: distinctListed(contributions),
    handleCounts: mergedCounts(contributions),
    processes: processesOf(capture, contributions),
    areProcessesKnown: isWhole(coverage, "processes"),
    ranges: contributions.flatMap(({ decoded }) => decoded.ranges ?? []),
    exclusions: contributions.flatMap(({ decoded }) => decoded.exclusions ?? []),
    exclusionsRead: exclusionsRead(capture),
    autoReuseRanges: (capture?.autoReuseRanges ?? []).filter(({ ports }) => ports > 0),
    idleAutoReuseRanges: (capture?.autoReuseRanges ?? []).filter(({ start, ports }) => ports === 0 && start > 0),
    settings: capture?.settings ?? UNSET,
    events: knownEvents(contributions),
    probes: capture?.probes ?? [],
    coverage,
    sight: sightOf(contributions, inspections, capture === null),
  };
};
