// A machine that is recorded: its trace is a story, and captures are taken of the same machine beside it, at times of the
// story's day.

import { zipOf } from "./capture/capture-files.ts";
import { captureOf } from "./capture/machine/capture.ts";
import { exits, process as runs } from "./capture/machine/processes.ts";
import { lacks, range } from "./capture/machine/settings.ts";
import { binds as keeps } from "./capture/machine/sockets.ts";
import { type Machine, type MachineOptions, machine } from "./capture/machine.ts";
import { filetimeOf } from "./filetime.ts";
import { takesPorts, triesToBind } from "./scenarios/plot.ts";
import { process } from "./story/processes.ts";
import { at, type Story, type StoryOptions, story } from "./story.ts";

const DAY = "2026-03-02T";

/** The machine of a story that says nothing else: its Windows, and running since long before. */
export const recordedMachine = (given: Partial<MachineOptions> = {}): Machine =>
  machine({ osBuild: 19041, start: "2026-03-02T06:30:00Z", ...given });

export const goesOnTo = (box: Machine, time: string): void => {
  box.now = filetimeOf(`${DAY}${time}Z`);
};

/** The machine as it is at that moment. */
export const captured = (box: Machine, time: string): Uint8Array => {
  goesOnTo(box, time);
  return zipOf(captureOf(box));
};

/** A lean trace: nobody is named in it. web.exe fails for want of ports; app.exe takes a few, or as many as are given. */
export const leanTale = (taken = 20, given: Partial<StoryOptions> = {}): Story => {
  const tale = story({ seed: 71, dynamicRange: { start: 60_000, ports: taken }, ...given });
  const app = process(tale, "app.exe", 4100);
  const web = process(tale, "web.exe", 5200);
  at(tale, "09:00:10");
  takesPorts(tale, app, taken);
  at(tale, "09:10:00");
  triesToBind(tale, web, 30);
  return tale;
};

/** The machine of that trace before it began: leak.exe has all ports but those that app.exe takes, and does nothing in it. */
export const leakyMachine = (given: Partial<MachineOptions> = {}, ports = 300, taken = 20): Machine => {
  const box = recordedMachine(given);
  range(box, "tcp", 60_000 - ports, ports + taken);
  keeps(box, runs(box, "leak.exe", 7000), ports);
  runs(box, "app.exe", 4100);
  runs(box, "web.exe", 5200);
  return box;
};

/** A process ends, and its PID goes to another one. */
export const isReplaced = (box: Machine, processId: number, name: string): void => {
  const old = box.processes.find((each) => each.processId === processId);
  if (old === undefined) throw new RangeError(`PID ${processId} does not run`);
  exits(box, old);
  runs(box, name, processId);
};

/** Nobody is seen to hold any port: neither processes nor handles could be read. */
export const withoutOwners = (box: Machine): Machine => {
  lacks(box, "processes", "failed");
  lacks(box, "afd-handles", "refused");
  return box;
};
