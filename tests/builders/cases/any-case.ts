// Machines by chance, on which a few hold enough ports to be suspected, and on which the one that Windows names is often not the one
// that holds them.

import fc from "fast-check";
import { inherits, shares } from "../capture/machine/handles.ts";
import { exits, kernel, process } from "../capture/machine/processes.ts";
import { range } from "../capture/machine/settings.ts";
import { binds, closes, connects, halfCloses, hangs, listens, peerCloses } from "../capture/machine/sockets.ts";
import { type Machine, machine, minutesLater, type Process, type Socket } from "../capture/machine.ts";
import { type Given, snapshot } from "./given.ts";

/** Three actors of at most 190 ports find room in it. */
const RANGE = { start: 50_000, ports: 600 } as const;

type Deed = (box: Machine, by: Process, count: number) => readonly Socket[];

const done =
  (turn: (sockets: readonly Socket[]) => void): Deed =>
  (box, by, count) => {
    const sockets = connects(box, by, count);
    turn(sockets);
    return sockets;
  };

const DEEDS: Readonly<Record<string, Deed>> = {
  binds: (box, by, count) => binds(box, by, count),
  "binds UDP": (box, by, count) => binds(box, by, count, { protocol: "udp" }),
  connects: (box, by, count) => connects(box, by, count),
  listens: (box, by, count) => listens(box, by, count),
  "leaves CLOSE_WAIT": done(peerCloses),
  "waits for an answer": done(hangs),
  "half closes": done(halfCloses),
  "closes at once": (box, by, count) => {
    const sockets = connects(box, by, count);
    closes(box, sockets);
    return [];
  },
};

type Fate = (box: Machine, actor: Process, sockets: readonly Socket[], heirs: () => Process) => void;

const bequeaths = (box: Machine, actor: Process, heirs: readonly Process[]): void => {
  for (const heir of heirs) inherits(box, heir, actor);
  exits(box, actor);
};

const FATES: Readonly<Record<string, Fate>> = {
  lives: () => undefined,
  ends: (box, actor) => exits(box, actor),
  "ends and leaves an heir": (box, actor, _, heir) => bequeaths(box, actor, [heir()]),
  "ends and leaves two heirs": (box, actor, _, heir) => bequeaths(box, actor, [heir(), heir()]),
  "ends, leaves an heir, and its PID is another's": (box, actor, _, heir) => {
    bequeaths(box, actor, [heir()]);
    minutesLater(box, 5);
    connects(box, process(box, "notepad.exe", actor.processId), 3);
  },
  "has a child that shares": (box, actor, _, heir) => inherits(box, heir(), actor),
  "gives all away": (box, _, sockets, heir) => {
    shares(box, sockets, heir());
    for (const { object } of sockets) object.handles.shift();
  },
};

const SERVICES: readonly (readonly string[])[] = [[], [], ["Spooler"], ["Dnscache"], ["LanmanWorkstation", "NlaSvc"]];

const actor = fc.record({
  deed: fc.constantFrom(...Object.keys(DEEDS)),
  count: fc.integer({ min: 60, max: 190 }),
  fate: fc.constantFrom(...Object.keys(FATES)),
  name: fc.constantFrom("node.exe", "svchost.exe", "lsass.exe", "w3wp.exe", "it's.exe"),
  services: fc.constantFrom(...SERVICES),
  isHeirHidden: fc.boolean(),
});

type Plan = {
  readonly actors: readonly {
    readonly deed: string;
    readonly count: number;
    readonly fate: string;
    readonly name: string;
    readonly services: readonly string[];
    readonly isHeirHidden: boolean;
  }[];
  readonly ofKernel: number;
  readonly osBuild: number;
  readonly tables: "module" | "pid";
};

const carryOut = ({ actors, ofKernel, osBuild, tables }: Plan): Given => {
  const box = machine({ osBuild, tables });
  for (const protocol of ["tcp", "udp"] as const) range(box, protocol, RANGE.start, RANGE.ports);
  connects(box, kernel(box), ofKernel, { how: "connect" });
  for (const [index, { deed, count, fate, name, services, isHeirHidden }] of actors.entries()) {
    // A service runs in one process.
    const own = services.map((service) => (index === 0 ? service : `${service}${index}`));
    const one = process(box, name, 5000 + index * 100, { services: own, session: 0 });
    const sockets = DEEDS[deed]?.(box, one, count) ?? [];
    let heirs = 0;
    const heir = (): Process => {
      heirs += 1;
      return process(box, "heir.exe", one.processId + heirs * 4, { parent: one, isProtected: isHeirHidden });
    };
    FATES[fate]?.(box, one, sockets, heir);
    minutesLater(box, 20);
  }
  return snapshot(box);
};

export const anyCase = (): fc.Arbitrary<() => Given> =>
  fc
    .record({
      actors: fc.array(actor, { minLength: 1, maxLength: 3 }),
      ofKernel: fc.constantFrom(0, 0, 0, 20),
      osBuild: fc.constantFrom(19_045, 26_100),
      tables: fc.constantFrom("module" as const, "pid" as const),
    })
    .map((plan) => Object.assign(() => carryOut(plan), { [fc.toStringMethod]: () => JSON.stringify(plan) }));
