/**
 * Who is who: reads the events that name processes.
 *
 * An AFD event names its owner by EPROCESS address; only AfdCreate (and the Vista generation's create) says which PID that
 * is. The header's PID is that of the thread that happened to run and is used only where no create was seen, and then only
 * from a request (enter) record, which runs in the caller's thread. The result is marked as inferred.
 * PERFINFO records have no PID in the header; nothing here reads it from them.
 */
import { readAnsiz, readUtf16z, type TextSpan } from "../bytes/text.ts";
import { imageName, type TrackedProcess } from "../model/process.ts";
import { AFD } from "../providers/afd.ts";
import { KERNEL_LOGGER_PROCESS, KERNEL_PROCESS } from "../providers/kernel-process.ts";
import { SLOT } from "../providers/slots.ts";
import {
  addProcess,
  createProcessRegistry,
  inferPid,
  joinProcess,
  type ProcessRegistry,
  processEnded,
  processExists,
  processOfPid,
  processStarted,
} from "./process-registry.ts";
import type { EventRow, Subscription } from "./subscription.ts";

export interface Processes {
  /** All that were met, merged ones too. */
  readonly all: readonly TrackedProcess[];
  readonly subscriptions: readonly Subscription[];
  /** The process at an EPROCESS address; its PID may become known later. */
  readonly ofEprocess: (eprocess: number) => TrackedProcess;
  /** The process that has this PID now. */
  readonly ofPid: (processId: number) => TrackedProcess;
  /** A request was issued in the context of this PID: the best guess for a process without a create. */
  readonly inferPid: (process: TrackedProcess, processId: number) => void;
}

const AFD_CREATE = 1000;
const AFD_VISTA_CREATE = 1;
const MANIFEST = { start: 1, stop: 2, rundown: 15 } as const;
const CLASSIC = { start: 1, end: 2, rundownStart: 3, rundownEnd: 4, defunct: 39 } as const;

const nameIn = (
  { values, view }: EventRow,
  read: (view: DataView, start: number, end: number) => TextSpan,
): string | null => {
  const start = values[SLOT.imageName] as number;
  return imageName(read(view, start, start + (values[SLOT.imageName + 1] as number)).text) || null;
};

const onManifest = (registry: ProcessRegistry, row: EventRow): void => {
  const processId = row.values[SLOT.processId] as number;
  if (row.id === MANIFEST.stop) processEnded(registry, 0, processId, null);
  else if (row.id === MANIFEST.start) processStarted(registry, 0, processId, nameIn(row, readUtf16z));
  else processExists(registry, 0, processId, nameIn(row, readUtf16z));
};

const onClassic = (registry: ProcessRegistry, row: EventRow): void => {
  const processId = row.values[SLOT.processId] as number;
  const eprocess = row.values[SLOT.process] as number;
  const name = nameIn(row, readAnsiz);
  if (row.id === CLASSIC.start) processStarted(registry, eprocess, processId, name);
  else if (row.id === CLASSIC.end || row.id === CLASSIC.defunct) processEnded(registry, eprocess, processId, name);
  else processExists(registry, eprocess, processId, name);
};

const onCreate = (registry: ProcessRegistry, { values }: EventRow): void => {
  const eprocess = values[SLOT.process] as number;
  const processId = values[SLOT.processId] as number;
  if (eprocess !== 0 && processId !== 0) joinProcess(registry, eprocess, processId);
};

export const createProcesses = (): Processes => {
  const registry = createProcessRegistry();
  const timeless = (
    provider: Subscription["provider"],
    ids: readonly number[],
    on: (registry: ProcessRegistry, row: EventRow) => void,
  ): Subscription => ({
    provider,
    ids,
    isTimeless: true,
    on: (row) => {
      registry.now = row.ticks;
      on(registry, row);
    },
  });
  return {
    all: registry.all,
    subscriptions: [
      timeless(KERNEL_PROCESS, Object.values(MANIFEST), onManifest),
      timeless(KERNEL_LOGGER_PROCESS, Object.values(CLASSIC), onClassic),
      timeless(AFD, [AFD_CREATE, AFD_VISTA_CREATE], onCreate),
    ],
    ofEprocess: (eprocess) => registry.byEprocess.get(eprocess) ?? addProcess(registry, eprocess, null),
    ofPid: (processId) => processOfPid(registry, processId),
    inferPid: (process, processId) => inferPid(registry, process, processId),
  };
};
