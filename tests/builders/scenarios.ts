// Every scenario by its name. A test goes over all of them; a new one is a new entry in one of the lists.

import { failures } from "./scenarios/failures.ts";
import { files } from "./scenarios/files.ts";
import { generations } from "./scenarios/generations.ts";
import { identities } from "./scenarios/identities.ts";
import { leaks } from "./scenarios/leaks.ts";
import type { Scenario } from "./scenarios/scenario.ts";

export const scenarios: Readonly<Record<string, Scenario>> = {
  ...leaks,
  ...failures,
  ...identities,
  ...generations,
  ...files,
};
