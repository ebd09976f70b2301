/**
 * Joins EPROCESS addresses, PIDs and image names into processes. Each function takes in one statement of an event; the
 * registry holds what they add up to. A PID or an address that is used again begins another process.
 */
import { createPointerMap, type PointerMap } from "../bytes/pointer-map.ts";
import { fullerName, isSameImage, type TrackedProcess } from "../model/process.ts";

export interface ProcessRegistry {
  /** Processes met so far, merged ones too. */
  readonly all: TrackedProcess[];
  readonly byEprocess: PointerMap<TrackedProcess>;
  /** The process that has a PID now. */
  readonly byPid: Map<number, TrackedProcess>;
  /** Time of the event that is being taken in. */
  now: number;
}

export const createProcessRegistry = (): ProcessRegistry => ({
  all: [],
  byEprocess: createPointerMap(),
  byPid: new Map(),
  now: 0,
});

/** The two processes that own sockets and have no image. Source: their fixed PIDs since Windows NT. */
const SYSTEM_NAMES: Readonly<Record<number, string>> = { 0: "Idle", 4: "System" };

const nameOfPid = (processId: number | null): string | null =>
  processId === null ? null : (SYSTEM_NAMES[processId] ?? null);

export const addProcess = (
  registry: ProcessRegistry,
  eprocess: number | null,
  processId: number | null,
): TrackedProcess => {
  const process: TrackedProcess = {
    index: registry.all.length,
    eprocess,
    processId,
    name: nameOfPid(processId),
    firstTicks: registry.now,
    isInferred: false,
    isStarted: false,
    endedTicks: null,
    mergedInto: null,
    inferredFrom: null,
  };
  registry.all.push(process);
  if (eprocess !== null) registry.byEprocess.set(eprocess, process);
  if (processId !== null) registry.byPid.set(processId, process);
  return process;
};

/** The process known only by this PID, which an address can still be joined to. */
const loosePid = ({ byPid }: ProcessRegistry, processId: number): TrackedProcess | null => {
  const process = byPid.get(processId);
  return process !== undefined && process.eprocess === null && process.endedTicks === null ? process : null;
};

const merge = (from: TrackedProcess, into: TrackedProcess): void => {
  from.mergedInto = into;
  into.name = fullerName(into.name, from.name);
  into.isStarted ||= from.isStarted;
  into.firstTicks = Math.min(into.firstTicks, from.firstTicks);
};

/** A PID for a process that is known by its address. */
const givePid = (registry: ProcessRegistry, process: TrackedProcess, processId: number, isInferred: boolean): void => {
  const loose = loosePid(registry, processId);
  if (loose !== null && loose !== process) {
    merge(loose, process);
    if (isInferred) process.inferredFrom = loose;
  }
  process.processId = processId;
  process.isInferred = isInferred;
  process.name ??= nameOfPid(processId);
  registry.byPid.set(processId, process);
};

/** The thread that called was not the owner's: its process is another one again, with its PID and its name. */
const undoInference = ({ byPid }: ProcessRegistry, process: TrackedProcess): void => {
  const { processId, inferredFrom } = process;
  if (processId !== null && byPid.get(processId) === process) {
    if (inferredFrom === null) byPid.delete(processId);
    else byPid.set(processId, inferredFrom);
  }
  if (inferredFrom !== null) inferredFrom.mergedInto = null;
  process.inferredFrom = null;
  process.isStarted = false;
  process.name = null;
};

/** A process new at this address: the one known by its PID so far, if there is one. */
const newAt = (registry: ProcessRegistry, eprocess: number, processId: number): TrackedProcess => {
  const loose = loosePid(registry, processId);
  if (loose === null) return addProcess(registry, eprocess, processId);
  loose.eprocess = eprocess;
  registry.byEprocess.set(eprocess, loose);
  return loose;
};

/** An event states that the process at this address has this PID. */
export const joinProcess = (registry: ProcessRegistry, eprocess: number, processId: number): TrackedProcess => {
  const process = registry.byEprocess.get(eprocess);
  if (process === undefined) return newAt(registry, eprocess, processId);
  if (process.processId === processId && process.endedTicks === null) {
    process.isInferred = false;
    return process;
  }
  if (process.processId !== null && !process.isInferred) {
    process.endedTicks ??= registry.now;
    return newAt(registry, eprocess, processId);
  }
  if (process.isInferred && process.processId !== processId) undoInference(registry, process);
  givePid(registry, process, processId, false);
  return process;
};

/** A request was issued in the context of this PID: the best guess for a process without a create. */
export const inferPid = (registry: ProcessRegistry, process: TrackedProcess, processId: number): void => {
  if (process.processId === null) givePid(registry, process, processId, true);
};

export const processOfPid = (registry: ProcessRegistry, processId: number): TrackedProcess =>
  registry.byPid.get(processId) ?? addProcess(registry, null, processId);

/** Events of Kernel-Process give no address: 0. */
const current = (registry: ProcessRegistry, eprocess: number, processId: number): TrackedProcess =>
  eprocess === 0 ? processOfPid(registry, processId) : joinProcess(registry, eprocess, processId);

const isSameStart = (old: TrackedProcess, name: string | null): boolean =>
  old.isStarted && old.endedTicks === null && (name === null || old.name === null || isSameImage(old.name, name));

/** A process starts. Two providers may tell the same start. */
export const processStarted = (
  registry: ProcessRegistry,
  eprocess: number,
  processId: number,
  name: string | null,
): void => {
  const old = registry.byPid.get(processId);
  const isSame = old !== undefined && isSameStart(old, name);
  if (old !== undefined && !isSame) {
    old.endedTicks ??= registry.now;
    registry.byPid.delete(processId);
  }
  const atAddress = registry.byEprocess.get(eprocess);
  if (!isSame && atAddress !== undefined) atAddress.endedTicks ??= registry.now;
  const process = current(registry, eprocess, processId);
  process.isStarted = true;
  process.name = fullerName(process.name, name);
};

/** A rundown lists a process that runs. */
export const processExists = (
  registry: ProcessRegistry,
  eprocess: number,
  processId: number,
  name: string | null,
): void => {
  const old = registry.byPid.get(processId);
  const isKnownOtherwise = old !== undefined && old.name !== null && name !== null && !isSameImage(old.name, name);
  if (eprocess === 0 && isKnownOtherwise) registry.byPid.delete(processId);
  const process = current(registry, eprocess, processId);
  process.name = fullerName(process.name, name);
};

export const processEnded = (
  registry: ProcessRegistry,
  eprocess: number,
  processId: number,
  name: string | null,
): void => {
  const { byEprocess, byPid } = registry;
  const known = (eprocess === 0 ? undefined : byEprocess.get(eprocess)) ?? byPid.get(processId);
  const process = known ?? addProcess(registry, eprocess === 0 ? null : eprocess, processId);
  process.name = fullerName(process.name, name);
  process.endedTicks ??= registry.now;
  if (byPid.get(processId) === process) byPid.delete(processId);
};
