// Writes the examples that `npm start` reads: a trace in which one process leaks ports until two others fail, and a capture of a
// machine whose ports belong to a process that has ended. Its only argument is the folder for them.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipOf } from "./capture/capture-files.ts";
import { captureOf } from "./capture/machine/capture.ts";
import { machinePlot } from "./capture/scenarios.ts";
import { leaks } from "./scenarios/leaks.ts";
import { scenarioOf } from "./scenarios/scenario.ts";

const folder = process.argv[2];
if (folder === undefined) throw new RangeError("the folder to write to is missing");
writeFileSync(join(folder, "leak.etl"), scenarioOf(leaks.leak).build());
writeFileSync(join(folder, "srv01.zip"), zipOf(captureOf(machinePlot("bound leak of a dead process").tale())));
