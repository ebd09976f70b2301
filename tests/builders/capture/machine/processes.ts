// Processes begin and end. When one ends, its handles close; what nobody else has a handle to ends with it, but Windows goes
// on naming it as the owner of sockets that live on (domain 3.4).

import type { Machine, Process } from "../machine.ts";
import { tick } from "../machine.ts";
import { closesForGood } from "./sockets.ts";

export type ProcessOptions = {
  readonly parent?: Process;
  readonly session?: number;
  readonly services?: readonly string[];
  /** Protected: refused even to an administrator. */
  readonly isProtected?: boolean;
};

const ACCESS_DENIED = 5;

/** Who is not elevated may open what runs in the same session, the rest is refused. */
const refusalOf = (box: Machine, session: number, isProtected: boolean): number =>
  isProtected || (!box.options.elevated && session === 0) ? ACCESS_DENIED : 0;

export const process = (box: Machine, name: string, processId: number, given: ProcessOptions = {}): Process => {
  if (box.processes.some((other) => other.processId === processId))
    throw new RangeError(`PID ${processId} runs already`);
  const session = given.session ?? 1;
  const made: Process = {
    name,
    processId,
    parentId: given.parent?.processId ?? 4,
    created: tick(box),
    session,
    services: given.services ?? [],
    refusal: refusalOf(box, session, given.isProtected ?? false),
  };
  box.processes.push(made);
  return made;
};

export const service = (box: Machine, processId: number, services: readonly string[], name = "svchost.exe"): Process =>
  process(box, name, processId, { session: 0, services });

/** The kernel: its sockets have no handle that a program could see. */
export const kernel = (box: Machine): Process => {
  const found = box.processes.find(({ processId }) => processId === 4);
  if (found === undefined) throw new RangeError("there is no kernel");
  return found;
};

export const exits = (box: Machine, ended: Process): void => {
  tick(box);
  for (const { object } of [...box.sockets, ...box.portless]) dropHandles(object.handles, ended.processId);
  for (const { handles } of box.objects) dropHandles(handles, ended.processId);
  box.handleValues.delete(ended.processId);
  box.processes.splice(box.processes.indexOf(ended), 1);
  closesForGood(box);
};

const dropHandles = (handles: { readonly processId: number }[], processId: number): void => {
  const kept = handles.filter((handle) => handle.processId !== processId);
  handles.splice(0, handles.length, ...kept);
};
