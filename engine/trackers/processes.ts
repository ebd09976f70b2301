/**
 * Who is who: joins EPROCESS addresses, PIDs and image names into processes.
 *
 * An AFD event names its owner by EPROCESS address; only AfdCreate (and the Vista generation's create) says which PID that
 * is. The header's PID is that of the thread that happened to run and is used only where no create was seen, and then only
 * from a request (enter) record, which runs in the caller's thread. The result is marked as inferred.
 * PERFINFO records have no PID in the header; nothing here reads it from them.
 */
import { createPointerMap } from "../bytes/pointer-map.ts";
import { readAnsiz, readUtf16z } from "../bytes/text.ts";
import { canonical, imageName, isSameImage, type TrackedProcess } from "../model/process.ts";
import { AFD } from "../providers/afd.ts";
import { KERNEL_LOGGER_PROCESS, KERNEL_PROCESS } from "../providers/kernel-process.ts";
import { SLOT } from "../providers/slots.ts";
import type { EventRow, Subscription } from "./subscription.ts";

export interface Processes {
  readonly subscriptions: readonly Subscription[];
  /** The process at an EPROCESS address; its PID may become known later. */
  readonly ofEprocess: (eprocess: number) => TrackedProcess;
  /** The process that has this PID now. */
  readonly ofPid: (processId: number) => TrackedProcess;
  /** A request was issued in the context of this PID: the best guess for a process without a create. */
  readonly inferPid: (process: TrackedProcess, processId: number) => void;
  readonly all: () => readonly TrackedProcess[];
}

const AFD_CREATE = 1000;
const AFD_VISTA_CREATE = 1;
const MANIFEST = { start: 1, stop: 2, rundown: 15 } as const;
const CLASSIC = { start: 1, end: 2, rundownStart: 3, rundownEnd: 4, defunct: 39 } as const;

/** The two processes that own sockets and have no image path. Source: Windows NT design, documented for Task Manager. */
const SYSTEM_NAMES: Readonly<Record<number, string>> = { 0: "Idle", 4: "System" };

export const createProcesses = (): Processes => {
  const all: TrackedProcess[] = [];
  const byEprocess = createPointerMap<TrackedProcess>();
  const byPid = new Map<number, TrackedProcess>();

  const add = (eprocess: number | null, processId: number | null): TrackedProcess => {
    const name = processId === null ? null : (SYSTEM_NAMES[processId] ?? null);
    const process: TrackedProcess = {
      index: all.length,
      eprocess,
      processId,
      name,
      isInferred: false,
      isStarted: false,
      isEnded: false,
      mergedInto: null,
    };
    all.push(process);
    if (eprocess !== null) byEprocess.set(eprocess, process);
    if (processId !== null) byPid.set(processId, process);
    return process;
  };

  const merge = (from: TrackedProcess, into: TrackedProcess): void => {
    if (from === into) return;
    from.mergedInto = into;
    into.name ??= from.name;
    into.isStarted ||= from.isStarted;
  };

  /** The process known only by this PID, which an address can still be joined to. */
  const loosePid = (processId: number): TrackedProcess | null => {
    const process = byPid.get(processId);
    return process !== undefined && process.eprocess === null && !process.isEnded ? process : null;
  };

  const givePid = (process: TrackedProcess, processId: number, isInferred: boolean): void => {
    const loose = loosePid(processId);
    if (loose !== null) merge(loose, process);
    process.processId = processId;
    process.isInferred = isInferred;
    process.name ??= SYSTEM_NAMES[processId] ?? null;
    byPid.set(processId, process);
  };

  /** A process new at this address: the one known by its PID so far, if there is one. */
  const newAt = (eprocess: number, processId: number): TrackedProcess => {
    const loose = loosePid(processId);
    if (loose === null) return add(eprocess, processId);
    loose.eprocess = eprocess;
    byEprocess.set(eprocess, loose);
    return loose;
  };

  /** An event states that the process at this address has this PID. */
  const join = (eprocess: number, processId: number): TrackedProcess => {
    const process = byEprocess.get(eprocess);
    if (process === undefined) return newAt(eprocess, processId);
    if (process.processId === processId && !process.isEnded) {
      process.isInferred = false;
      return process;
    }
    if (process.processId !== null && !process.isInferred) return newAt(eprocess, processId);
    givePid(process, processId, false);
    return process;
  };

  const current = (eprocess: number, processId: number): TrackedProcess =>
    eprocess === 0 ? (byPid.get(processId) ?? add(null, processId)) : join(eprocess, processId);

  const started = (eprocess: number, processId: number, name: string | null): void => {
    const old = byPid.get(processId);
    const isSame =
      old !== undefined &&
      old.isStarted &&
      !old.isEnded &&
      (name === null || old.name === null || isSameImage(old.name, name));
    if (old !== undefined && !isSame) {
      old.isEnded = true;
      byPid.delete(processId);
    }
    const known = byEprocess.get(eprocess);
    if (!isSame && known !== undefined) known.isEnded = true;
    const process = current(eprocess, processId);
    process.isStarted = true;
    process.name ??= name;
  };

  const existing = (eprocess: number, processId: number, name: string | null): void => {
    const old = byPid.get(processId);
    const isOther =
      eprocess === 0 && old !== undefined && old.name !== null && name !== null && !isSameImage(old.name, name);
    if (isOther) byPid.delete(processId);
    const process = current(eprocess, processId);
    process.name ??= name;
  };

  const ended = (eprocess: number, processId: number, name: string | null): void => {
    const process =
      (eprocess === 0 ? undefined : byEprocess.get(eprocess)) ??
      byPid.get(processId) ??
      add(eprocess === 0 ? null : eprocess, processId);
    process.name ??= name;
    process.isEnded = true;
    if (byPid.get(processId) === process) byPid.delete(processId);
  };

  const onManifest = ({ id, values, view }: EventRow): void => {
    const processId = values[SLOT.processId] as number;
    if (id === MANIFEST.stop) return ended(0, processId, null);
    const start = values[SLOT.imageName] as number;
    const name = imageName(readUtf16z(view, start, start + (values[SLOT.imageName + 1] as number)).text) || null;
    return id === MANIFEST.start ? started(0, processId, name) : existing(0, processId, name);
  };

  const onClassic = ({ id, values, view }: EventRow): void => {
    const processId = values[SLOT.processId] as number;
    const eprocess = values[SLOT.process] as number;
    const start = values[SLOT.imageName] as number;
    const name = imageName(readAnsiz(view, start, start + (values[SLOT.imageName + 1] as number)).text) || null;
    if (id === CLASSIC.start) started(eprocess, processId, name);
    else if (id === CLASSIC.end || id === CLASSIC.defunct) ended(eprocess, processId, name);
    else existing(eprocess, processId, name);
  };

  const onCreate = (row: EventRow): void => {
    const eprocess = row.values[SLOT.process] as number;
    const processId = row.values[SLOT.processId] as number;
    if (eprocess !== 0 && processId !== 0) join(eprocess, processId);
  };

  return {
    subscriptions: [
      { provider: KERNEL_PROCESS, ids: Object.values(MANIFEST), isTimeless: true, on: onManifest },
      { provider: KERNEL_LOGGER_PROCESS, ids: Object.values(CLASSIC), isTimeless: true, on: onClassic },
      { provider: AFD, ids: [AFD_CREATE, AFD_VISTA_CREATE], isTimeless: true, on: onCreate },
    ],
    ofEprocess: (eprocess) => byEprocess.get(eprocess) ?? add(eprocess, null),
    ofPid: (processId) => byPid.get(processId) ?? add(null, processId),
    inferPid: (process, processId) => {
      if (process.processId === null) givePid(process, processId, true);
    },
    all: () => all.filter((process) => canonical(process) === process),
  };
};
