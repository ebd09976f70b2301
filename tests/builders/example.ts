// Writes the example trace that `npm start` reads: one process leaks ports until two others fail.
// Its only argument is the path of the file to write.

import { writeFileSync } from "node:fs";
import { leaks } from "./scenarios/leaks.ts";
import { scenarioOf } from "./scenarios/scenario.ts";

const path = process.argv[2];
if (path === undefined) throw new RangeError("the path of the file to write is missing");
writeFileSync(path, scenarioOf(leaks.leak).build());
