/**
 * Which process of the trace is which process of the captures. Both know PIDs, and PIDs are used again; a wrong name is a
 * wrong culprit, so that anything that may be another life of the PID means that nothing is said.
 */
import type { SnapshotProcess } from "../../artifacts/snapshot.ts";
import { isKernelOrNobody, isSameImage, type TrackedProcess } from "../../model/process.ts";
import type { BesideCapture, TraceSpan } from "./beside.ts";

export interface Life extends SnapshotProcess {
  readonly processId: number;
  /** The process of the trace that it is; null where the trace shows none with this PID. */
  readonly tracked: TrackedProcess | null;
}

/** Tells who has a PID; null where that is not sure. */
export type Lives = (processId: number) => Life | null;

/** CIM tells microseconds, where the tables of processes tell 100 ns. */
const SAME_MOMENT = 10_000n;

const isSameMoment = (a: bigint, b: bigint): boolean => a - b < SAME_MOMENT && b - a < SAME_MOMENT;

const areOneLife = (seen: readonly SnapshotProcess[]): boolean => {
  const creations = seen.map(({ created }) => created).filter((created) => created !== null);
  const names = seen.map(({ name }) => name).filter((name) => name !== null);
  return (
    creations.every((created) => isSameMoment(created, creations[0] ?? created)) &&
    names.every((name) => isSameImage(name, names[0] ?? name))
  );
};

/** The last capture that shows it lacks nothing that came later: else it ended in between, and its PID may be used again. */
const endedBetween = (processId: number, captures: readonly BesideCapture[]): number | null => {
  const index = captures.findLastIndex(({ snapshot }) => snapshot.processes.has(processId));
  const isMissed = captures.slice(index + 1).some(({ snapshot }) => snapshot.areProcessesKnown);
  return isMissed ? (captures[index]?.ticks ?? null) : null;
};

const isSame = (
  process: TrackedProcess,
  { name, created }: SnapshotProcess,
  seenLast: number | null,
  { toTicks }: TraceSpan,
): boolean => {
  if (process.isInferred || created === null) return false;
  if (process.name !== null && name !== null && !isSameImage(process.name, name)) return false;
  return toTicks(created) <= process.firstTicks && (seenLast === null || process.firstTicks <= seenLast);
};

export const livesOf = (
  captures: readonly BesideCapture[],
  processes: readonly TrackedProcess[],
  span: TraceSpan,
): Lives => {
  const inOrder = [...captures].sort((a, b) => a.ticks - b.ticks);
  const byPid = new Map<number, TrackedProcess[]>();
  for (const process of processes) {
    if (process.processId === null) continue;
    const others = byPid.get(process.processId);
    if (others === undefined) byPid.set(process.processId, [process]);
    else others.push(process);
  }
  return (processId) => {
    const seen = inOrder.flatMap(({ snapshot }) => snapshot.processes.get(processId) ?? []);
    const last = seen.at(-1);
    if (last === undefined || !areOneLife(seen)) return null;
    const [tracked = null, ...others] = byPid.get(processId) ?? [];
    if (others.length > 0) return null;
    const known = { ...last, created: seen.find(({ created }) => created !== null)?.created ?? null };
    if (tracked === null || isKernelOrNobody(processId)) return { ...known, processId, tracked };
    return isSame(tracked, known, endedBetween(processId, inOrder), span) ? { ...known, processId, tracked } : null;
  };
};

const LONGEST_SERVICES = 3;

/** A host of services says nothing by its image name. */
const nameOf = ({ name, services }: Life): string | null => {
  if (name === null || services.length === 0) return name;
  const more = services.length > LONGEST_SERVICES ? ", ..." : "";
  return `${name} [${services.slice(0, LONGEST_SERVICES).join(", ")}${more}]`;
};

/** Gives names to processes that the trace does not name, and services to their hosts; returns how many had no name. */
export const giveNames = (processes: readonly TrackedProcess[], lives: Lives): number => {
  let named = 0;
  for (const process of processes) {
    const life = process.processId === null ? null : lives(process.processId);
    const name = life === null ? null : nameOf(life);
    if (name === null || life?.tracked !== process || (process.name !== null && life.services.length === 0)) continue;
    if (process.name === null) named += 1;
    process.name = name;
  }
  return named;
};

/** A process that holds ports and does nothing in the trace. */
export const silentProcess = (life: Life, index: number): TrackedProcess => ({
  index,
  eprocess: null,
  processId: life.processId,
  name: nameOf(life),
  firstTicks: 0,
  isInferred: false,
  isStarted: false,
  endedTicks: null,
  mergedInto: null,
  inferredFrom: null,
});
