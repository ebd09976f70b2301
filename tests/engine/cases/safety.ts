// What no command may do, whatever the case: name nobody, the kernel, a dead process or the one that got its PID, and interrupt
// who has nothing to do with the ports. Truth is the story's, not what Windows tells of it.

import type { Remedy } from "../../../engine/generated/records.ts";
import type { Given } from "../../builders/cases/given.ts";
import type { Machine } from "../../builders/capture/machine.ts";

/** The kernel and nobody. */
const UNTOUCHABLE: readonly number[] = [0, 4];

const heldBy = ({ sockets, portless }: Machine, processId: number): number =>
  [...sockets, ...portless].filter(({ object }) => object.handles.some((handle) => handle.processId === processId))
    .length;

/** PIDs under which sockets are listed whose process is gone, be the PID free or a younger process's that holds none. */
const goneFrom = (box: Machine): readonly number[] => {
  const started = new Map(box.processes.map(({ processId, created }) => [processId, created]));
  const gone = box.sockets.filter(({ creator, created }) => {
    const start = started.get(creator);
    return start === undefined || start > created;
  });
  return [...new Set(gone.map(({ creator }) => creator))].filter((processId) => heldBy(box, processId) === 0);
};

const machinesOf = (given: Given): readonly Machine[] => {
  if (given.from !== "trace") return [given.box];
  return given.beside === null ? [] : [given.beside.box];
};

const untouchable = (given: Given): ReadonlySet<number> =>
  new Set([...UNTOUCHABLE, ...machinesOf(given).flatMap(goneFrom)]);

const running = (given: Given): ReadonlySet<number> => {
  const inTrace = given.from === "trace" ? given.tale.processes : [];
  const here = machinesOf(given).flatMap(({ processes }) => processes);
  return new Set([...inTrace, ...here].map(({ processId }) => processId));
};

/** Sockets to which the process has a handle in truth; null where the story does not tell. */
const socketsOf = (given: Given, processId: number): number | null => {
  const [box] = machinesOf(given);
  return box === undefined ? null : heldBy(box, processId);
};

const hostOf = (given: Given, service: string): number | null =>
  machinesOf(given)
    .flatMap(({ processes }) => processes)
    .find(({ services }) => services.includes(service))?.processId ?? null;

/** PIDs in the places where commands take one, as -Id 5868, /PID 5868, ProcessId = 5868, PID eq 5868. */
const PROCESS_IDS = /(?:-Id|\/pid|-ProcessId|ProcessId\s*=|-TargetProcessId|PID eq)[\s:]+(\d+(?:\s*,\s*\d+)*)/gi;

const processIdsIn = (command: string): readonly number[] =>
  [...command.matchAll(PROCESS_IDS)].flatMap(([, list = ""]) => list.split(",").map(Number));

const RESTARTED = /^Restart-Service -Name '((?:[^']|'')+)'/;

/** PIDs of processes that a command ends, or whose service it restarts; null for a service that does not run. */
const interruptedBy = (command: string, given: Given): readonly (number | null)[] => {
  const service = RESTARTED.exec(command)?.[1]?.replaceAll("''", "'");
  if (service !== undefined) return [hostOf(given, service)];
  return /Stop-Process|taskkill/i.test(command) ? processIdsIn(command) : [];
};

export const interrupted = (remedies: readonly Remedy[], given: Given): readonly (number | null)[] =>
  remedies.flatMap(({ commands }) => commands.flatMap((command) => interruptedBy(command, given)));

/** What a culprit holds at least (docs/design.md): nobody with less is to be interrupted. */
const LEAST = 128;

const isInnocent = (processId: number | null, given: Given): boolean =>
  processId === null || (socketsOf(given, processId) ?? LEAST) < LEAST;

/** Commands that do what none may, each with its fault; empty where all is well. */
export const faultsOf = (remedies: readonly Remedy[], given: Given): readonly string[] => {
  const [forbidden, alive] = [untouchable(given), running(given)];
  const faultOf = (command: string): readonly string[] => {
    const named = processIdsIn(command);
    return [
      ...named.filter((each) => forbidden.has(each)).map((each) => `names PID ${each}: ${command}`),
      ...named.filter((each) => !alive.has(each)).map((each) => `names PID ${each}, which does not run: ${command}`),
      ...interruptedBy(command, given)
        .filter((each) => isInnocent(each, given))
        .map((each) => `interrupts ${each}, which holds too little: ${command}`),
    ];
  };
  return remedies.flatMap(({ commands, undo, checkFirst }) => [...commands, ...undo, ...checkFirst].flatMap(faultOf));
};
