// Every scenario by its name. A test goes over all of them; a new one is a new entry in one of the lists.

import { leaks } from "./scenarios/leaks.ts";
import type { Scenario } from "./scenarios/scenario.ts";

export const scenarios: Readonly<Record<string, Scenario>> = { ...leaks };
