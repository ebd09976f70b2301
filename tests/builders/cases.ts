// Every whole case by its name; tests/engine/cases/cases.test.ts has what an engineer would say to each.

import type { Cases } from "./cases/given.ts";
import { holders } from "./cases/holders.ts";
import { loads } from "./cases/loads.ts";
import { sights } from "./cases/sights.ts";
import { traces } from "./cases/traces.ts";

export const cases: Cases = { ...holders, ...loads, ...sights, ...traces };
