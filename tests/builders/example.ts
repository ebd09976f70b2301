// Writes the examples that `npm start` reads: a trace in which one process leaks ports until two others fail, a capture of a
// machine whose ports belong to a process that has ended, and two of a machine on which a service leaks, an hour apart. Its only
// argument is the folder for them.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipOf } from "./capture/capture-files.ts";
import { type Machine, minutesLater } from "./capture/machine.ts";
import { captureOf } from "./capture/machine/capture.ts";
import { service } from "./capture/machine/processes.ts";
import { binds } from "./capture/machine/sockets.ts";
import { inOffice } from "./capture/scenarios/plot.ts";
import { machinePlot } from "./capture/scenarios.ts";
import { leaks } from "./scenarios/leaks.ts";
import { scenarioOf } from "./scenarios/scenario.ts";

const folder = process.argv[2];
if (folder === undefined) throw new RangeError("the folder to write to is missing");
writeFileSync(join(folder, "leak.etl"), scenarioOf(leaks.leak).build());

const capture = (name: string, box: Machine): void => writeFileSync(join(folder, name), zipOf(captureOf(box)));

capture("srv01.zip", machinePlot("bound leak of a dead process").tale());

const box = inOffice({ name: "SRV02" });
const relay = service(box, 4100, ["Relay"], "relay.exe");
binds(box, relay, 900);
minutesLater(box, 60);
capture("before.zip", box);
binds(box, relay, 1500);
minutesLater(box, 60);
capture("after.zip", box);
