// Remedies by their ids, and leaks of which each has one holder: machines with Windows' default range, of which a little more than
// one port in twenty is held.

import type { Remedy } from "../../../engine/generated/records.ts";
import { service } from "../../builders/capture/machine/processes.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import {
  type Machine,
  type MachineOptions,
  machine,
  minutesLater,
  type Process,
} from "../../builders/capture/machine.ts";
import { type Diagnosed, findingsOf } from "./findings.ts";

export const LEAKED = 1000;

/** Half of the default range. */
export const GRAVE = 8192;

export const idsOf = ({ remedies }: Pick<Diagnosed, "remedies">): readonly string[] => remedies.map(({ id }) => id);

export const remediesWith = ({ remedies }: Pick<Diagnosed, "remedies">, id: string): readonly Remedy[] =>
  remedies.filter((each) => each.id === id);

/** The one remedy of an id; none, or two, is a mistake. */
export const onlyRemedy = (diagnosis: Pick<Diagnosed, "remedies">, id: string): Remedy => {
  const [remedy, ...others] = remediesWith(diagnosis, id);
  if (remedy !== undefined && others.length === 0) return remedy;
  throw new Error(
    `${remedy === undefined ? 0 : others.length + 1} remedies ${id} among: ${idsOf(diagnosis).join(", ")}`,
  );
};

/** A machine on which somebody binds sockets and keeps them. */
export const leakOf = (
  by: (box: Machine) => Process,
  given: Partial<MachineOptions> = {},
  turn: (box: Machine) => void = () => undefined,
  ports = LEAKED,
): Machine => {
  const box = machine(given);
  binds(box, by(box), ports);
  turn(box);
  minutesLater(box, 90);
  return box;
};

export const leakOfServices = (
  services: readonly string[],
  given: Partial<MachineOptions> = {},
  ports = LEAKED,
): Diagnosed => findingsOf(leakOf((box) => service(box, 1240, services), given, undefined, ports));
