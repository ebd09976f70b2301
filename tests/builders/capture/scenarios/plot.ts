// Turns that many stories share.

import { type Machine, type MachineOptions, type Process, type Socket, machine, minutesLater } from "../machine.ts";
import { files, inherits, otherHandles } from "../machine/handles.ts";
import { exits, process, service } from "../machine/processes.ts";
import { binds, connects, listens, type SocketOptions } from "../machine/sockets.ts";

/** 7 TCP listeners inside the range, 30 connections and 12 UDP ports: what any desktop has. */
export const OFFICE = { listeners: 7, connections: 30, udp: 12 } as const;

export const office = (box: Machine): void => {
  const rpc = service(box, 1180, ["RpcEptMapper", "RpcSs"]);
  files(box, rpc, 20);
  otherHandles(box, rpc, 200);
  listens(box, rpc, 1, { fromPort: 135 });
  listens(box, rpc, OFFICE.listeners, { fromPort: 49_664 });
  const browser = process(box, "msedge.exe", 6016);
  files(box, browser, 60);
  otherHandles(box, browser, 400);
  connects(box, browser, OFFICE.connections);
  binds(box, browser, OFFICE.udp, { protocol: "udp" });
};

export const inOffice = (given: Partial<MachineOptions> = {}): Machine => {
  const box = machine(given);
  office(box);
  return box;
};

/** The leaker, on a machine of its own, after a while. */
export const leaking = (
  leak: (box: Machine, by: Process) => void,
  given: Partial<MachineOptions> = {},
  name = "node.exe",
): Machine => {
  const box = machine(given);
  const by = process(box, name, 5868);
  leak(box, by);
  minutesLater(box, 90);
  return box;
};

/** node.exe binds, its child inherits all of it, and node.exe ends: Windows goes on naming a PID that is gone. */
export const orphaned = (
  count: number,
  given: Partial<MachineOptions> = {},
  options: SocketOptions = {},
): { readonly box: Machine; readonly child: Process; readonly sockets: readonly Socket[] } => {
  const box = machine(given);
  const parent = process(box, "node.exe", 5868);
  const sockets = binds(box, parent, count, options);
  const child = process(box, "worker.exe", 7120, { parent });
  inherits(box, child, parent);
  exits(box, parent);
  minutesLater(box, 30);
  return { box, child, sockets };
};
