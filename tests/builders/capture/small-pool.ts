// A machine whose pools are small enough to be filled at once: 2,560 ports each, of which 128 are one in twenty (the least that
// makes a leak) and 26 one in a hundred.

import { type Machine, type MachineOptions, machine, minutesLater, type Process } from "./machine.ts";
import { process, service } from "./machine/processes.ts";
import { range } from "./machine/settings.ts";
import { listens } from "./machine/sockets.ts";

export const SMALL = { start: 50_000, ports: 2560 } as const;

/** With the listener that every Windows has. */
export const smallPool = (given: Partial<MachineOptions> = {}, ports: number = SMALL.ports): Machine => {
  const box = machine(given);
  for (const protocol of ["tcp", "udp"] as const) range(box, protocol, SMALL.start, ports);
  listens(box, service(box, 1180, ["RpcEptMapper", "RpcSs"]), 1, { fromPort: 135 });
  return box;
};

export const APP = 4400;

/** One program, its doings, and an hour and a half after them. */
export const withApp = (
  turn: (box: Machine, app: Process) => void,
  box: Machine = smallPool(),
  name = "app.exe",
): Machine => {
  turn(box, process(box, name, APP));
  minutesLater(box, 90);
  return box;
};
