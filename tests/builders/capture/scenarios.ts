// Every scenario of a machine by its name. A test goes over all of them; a new one is a new entry in one of the lists.

import { leaks } from "./scenarios/leaks.ts";
import { loads } from "./scenarios/loads.ts";
import { proofs } from "./scenarios/proofs.ts";
import { ranges } from "./scenarios/ranges.ts";
import type { MachinePlot } from "./scenarios/scenario.ts";
import { sights } from "./scenarios/sights.ts";

export const machinePlots: Readonly<Record<string, MachinePlot>> = {
  ...leaks,
  ...loads,
  ...ranges,
  ...sights,
  ...proofs,
};

/** For tests that want one of them by name. */
export const machinePlot = (name: string): MachinePlot => {
  const plot = machinePlots[name];
  if (plot === undefined) throw new RangeError(`there is no scenario ${name}`);
  return plot;
};
