// Captures of a machine as time goes by: what happens between them is told step by step.

import type { Capture } from "./capture-files.ts";
import { captureOf } from "./machine/capture.ts";
import { type Machine, minutesLater } from "./machine.ts";

export type Happening = (box: Machine) => void;

/** One capture now, and one after each happening, `minutes` later each time. */
export const seriesOf = (box: Machine, minutes: number, happenings: readonly Happening[]): readonly Capture[] => [
  captureOf(box),
  ...happenings.map((happens) => {
    happens(box);
    minutesLater(box, minutes);
    return captureOf(box);
  }),
];

export const nothing: Happening = () => undefined;
