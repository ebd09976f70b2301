// Every scenario by its name. A test goes over all of them; a new one is a new entry in one of the lists.

import { failures } from "./scenarios/failures.ts";
import { files } from "./scenarios/files.ts";
import { generations } from "./scenarios/generations.ts";
import { identities } from "./scenarios/identities.ts";
import { leaks } from "./scenarios/leaks.ts";
import { type Plot, type Scenario, scenarioOf } from "./scenarios/scenario.ts";

const plots: Readonly<Record<string, Plot>> = { ...leaks, ...failures, ...identities, ...generations, ...files };

export const scenarios: Readonly<Record<string, Scenario>> = Object.fromEntries(
  Object.entries(plots).map(([name, plot]) => [name, scenarioOf(plot)]),
);

/** For tests that want one of them by name. */
export const scenarioNamed = (name: string): Scenario => {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new RangeError(`there is no scenario ${name}`);
  return scenario;
};
