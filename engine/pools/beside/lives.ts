/**
 * Which process of the trace is which process of the captures. Both know PIDs, and PIDs are used again; a wrong name is a
 * wrong culprit, so that anything that may be another life of the PID means that nothing is said.
 */
import type { SnapshotProcess } from "../../artifacts/snapshot.ts";
import { isKernelOrNobody, isSameImage, type TrackedProcess } from "../../model/process.ts";
import { entryOf } from "../tally.ts";
import type { BesideCapture, TraceSpan } from "./beside.ts";

export interface Life extends SnapshotProcess {
  readonly processId: number;
  /** The process of the trace that it is; null where the trace shows none with this PID. */
  readonly tracked: TrackedProcess | null;
  /** The trace shows it only long after the last capture that does: it may have ended between, and its PID been used again. */
  readonly isGuess: boolean;
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

interface Sight {
  /** When a capture showed it for the last time. */
  readonly last: number;
  /** A later one lacks it: it ended after that. */
  readonly isMissed: boolean;
}

const sightOf = (processId: number, captures: readonly BesideCapture[]): Sight => {
  const index = captures.findLastIndex(({ snapshot }) => snapshot.processes.has(processId));
  const isMissed = captures.slice(index + 1).some(({ snapshot }) => snapshot.areProcessesKnown);
  return { last: captures[index]?.ticks ?? 0, isMissed };
};

const isSame = (
  process: TrackedProcess,
  { name, created }: SnapshotProcess,
  { last, isMissed }: Sight,
  { toTicks }: TraceSpan,
): boolean => {
  if (process.isInferred || created === null) return false;
  if (process.name !== null && name !== null && !isSameImage(process.name, name)) return false;
  return toTicks(created) <= process.firstTicks && (!isMissed || process.firstTicks <= last);
};

/** Within a minute few processes end and leave their PID to another one that opens sockets. */
const SURE_SECONDS = 60;

export const livesOf = (
  captures: readonly BesideCapture[],
  processes: readonly TrackedProcess[],
  span: TraceSpan,
): Lives => {
  const inOrder = [...captures].sort((a, b) => a.ticks - b.ticks);
  const byPid = new Map<number, TrackedProcess[]>();
  for (const process of processes) {
    if (process.processId === null) continue;
    entryOf(byPid, process.processId, () => []).push(process);
  }
  return (processId) => {
    const seen = inOrder.flatMap(({ snapshot }) => snapshot.processes.get(processId) ?? []);
    const last = seen.at(-1);
    if (last === undefined || !areOneLife(seen)) return null;
    const [tracked = null, ...others] = byPid.get(processId) ?? [];
    if (others.length > 0) return null;
    const known = { ...last, created: seen.find(({ created }) => created !== null)?.created ?? null };
    if (tracked === null || isKernelOrNobody(processId)) return { ...known, processId, tracked, isGuess: false };
    const sight = sightOf(processId, inOrder);
    if (!isSame(tracked, known, sight, span)) return null;
    const isLate = tracked.firstTicks > sight.last + SURE_SECONDS * span.ticksPerSecond;
    return { ...known, processId, tracked, isGuess: tracked.name === null && isLate };
  };
};

const LONGEST_SERVICES = 3;

/** A host of services says nothing by its image name. */
const nameOf = ({ name, services }: Life): string | null => {
  if (name === null || services.length === 0) return name;
  const more = services.length > LONGEST_SERVICES ? ", ..." : "";
  return `${name} [${services.slice(0, LONGEST_SERVICES).join(", ")}${more}]`;
};

export interface Named {
  /** Processes that had no name. */
  readonly count: number;
  readonly guessed: ReadonlySet<TrackedProcess>;
}

/** Gives names to processes that the trace does not name, and services to their hosts. */
export const giveNames = (processes: readonly TrackedProcess[], lives: Lives): Named => {
  let count = 0;
  const guessed = new Set<TrackedProcess>();
  for (const process of processes) {
    const life = process.processId === null ? null : lives(process.processId);
    const name = life === null ? null : nameOf(life);
    if (name === null || life?.tracked !== process || (process.name !== null && life.services.length === 0)) continue;
    if (process.name === null) count += 1;
    if (life.isGuess) guessed.add(process);
    process.name = name;
  }
  return { count, guessed };
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
