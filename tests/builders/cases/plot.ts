// Turns that many cases share, over those of machines.

import { inOffice } from "../capture/scenarios/plot.ts";
import { inherits } from "../capture/machine/handles.ts";
import { exits, process, service } from "../capture/machine/processes.ts";
import { binds, connects, visits } from "../capture/machine/sockets.ts";
import {
  type End,
  type Machine,
  type MachineOptions,
  minutesLater,
  type Process,
  machine,
} from "../capture/machine.ts";
import { type Given, snapshot } from "./given.ts";

/** An ordinary machine on which something goes on for an hour and a half. */
export const onMachine = (turn: (box: Machine) => void, given: Partial<MachineOptions> = {}): Machine => {
  const box = inOffice(given);
  turn(box);
  minutesLater(box, 90);
  return box;
};

export const seenOn = (turn: (box: Machine) => void, given: Partial<MachineOptions> = {}): Given =>
  snapshot(onMachine(turn, given));

export const server = (index: number): End => ({ address: `10.1.${index >> 8}.${index & 0xff}`, port: 443 });

/** Connections to so many servers, so many to each. */
export const connectsToMany = (box: Machine, by: Process, servers: number, each: number): void => {
  for (let index = 1; index <= servers; index += 1) connects(box, by, each, { to: server(index) });
};

export const visitsMany = (box: Machine, by: Process, servers: number, each: number): void => {
  for (let index = 1; index <= servers; index += 1) visits(box, by, each, { to: server(index), how: "connect" });
};

/** Processes of the same size, none of which stands out. */
export const manyClients = (box: Machine, count: number, each: number): void => {
  for (let index = 0; index < count; index += 1)
    connects(box, process(box, `client${index}.exe`, 8000 + index * 4), each, { to: server(index) });
};

/** PID that had opened the sockets of a process that is gone. */
export const GONE = 5868;
export const HEIR = 7120;

export type Bequest = {
  /** Nobody may look into the heir. */
  readonly isHidden?: boolean;
  /** Another program has the PID now. */
  readonly isRecycled?: boolean;
  readonly heirs?: readonly string[];
};

/** tailscaled.exe binds 16,317 sockets, its children inherit them, and it ends; others have 58. */
export const bequeaths = ({ isHidden = false, isRecycled = false, heirs = ["cmd.exe"] }: Bequest = {}): Given => {
  const box = machine();
  const parent = process(box, "tailscaled.exe", GONE, { session: 0 });
  binds(box, parent, 16_317);
  for (const [index, name] of heirs.entries()) {
    inherits(box, process(box, name, HEIR + index * 4, { parent, isProtected: isHidden }), parent);
  }
  exits(box, parent);
  minutesLater(box, 30);
  if (isRecycled) process(box, "notepad.exe", GONE);
  connects(box, service(box, 2100, ["Dnscache"]), 58);
  return snapshot(box);
};
