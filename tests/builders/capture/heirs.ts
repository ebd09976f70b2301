// Sockets that outlive the process that opened them, as a child has them too (domain 3.4), and those that a living process
// gave away. Who holds them now only handles tell, and not every process lets its handles be seen.

import { type Machine, type MachineOptions, machine, minutesLater, type Process } from "./machine.ts";
import { inherits, shares } from "./machine/handles.ts";
import { exits, process } from "./machine/processes.ts";
import { binds } from "./machine/sockets.ts";

export const PARENT = 5868;
export const HEIR = 7120;

export type Circumstances = {
  /** The heir's handles can be read. */
  readonly isHeirOpen?: boolean;
  /** A notepad.exe has the parent's PID now. */
  readonly isRecycled?: boolean;
  readonly given?: Partial<MachineOptions>;
};

/** node.exe opens sockets, worker.exe inherits them all, and node.exe ends. */
export const bequeathed = (
  opens: (box: Machine, by: Process) => void,
  { isHeirOpen = true, isRecycled = false, given = {} }: Circumstances = {},
): Machine => {
  const box = machine(given);
  const parent = process(box, "node.exe", PARENT);
  opens(box, parent);
  inherits(box, process(box, "worker.exe", HEIR, { parent, isProtected: !isHeirOpen }), parent);
  exits(box, parent);
  minutesLater(box, 30);
  if (isRecycled) process(box, "notepad.exe", PARENT);
  return box;
};

/** node.exe lives and has given its sockets to a broker that nobody may look into. */
export const givenAway = (count: number): Machine => {
  const box = machine();
  const giver = process(box, "node.exe", PARENT);
  const sockets = binds(box, giver, count);
  shares(box, sockets, process(box, "broker.exe", HEIR, { isProtected: true }));
  for (const { object } of sockets) object.handles.shift();
  return box;
};
