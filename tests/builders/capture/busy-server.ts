// Writes the capture that the benchmark reads: a server with a million handles and 100,000 rows in its tables, on which one
// process leaks. Its only argument is the path of the zip to write.

import { writeFileSync } from "node:fs";
import { zipOf } from "./capture-files.ts";
import { type Machine, machine, minutesLater, type Process } from "./machine.ts";
import { captureOf } from "./machine/capture.ts";
import { files, otherHandles } from "./machine/handles.ts";
import { process, service } from "./machine/processes.ts";
import { accepts, binds, closes, connects, listens } from "./machine/sockets.ts";

const HANDLES = 1_000_000;
const PROCESSES = 200;

/** 13,000 rows in IPv6 and 66,000 in IPv4, of which 20,000 are in TIME_WAIT; all on one port. */
const serve = (box: Machine, web: Process): void => {
  const [v4, v6] = (["ipv4", "ipv6"] as const).map((family) => listens(box, web, 1, { fromPort: 443, family })[0]);
  if (v4 === undefined || v6 === undefined) throw new RangeError("nobody listens");
  closes(box, accepts(box, v4, 20_000));
  accepts(box, v4, 46_000);
  accepts(box, v6, 13_000);
};

const busyServer = (): Machine => {
  const box = machine({ osBuild: 20_348 });
  serve(box, process(box, "w3wp.exe", 3300, { session: 0 }));
  const client = process(box, "node.exe", 5868);
  binds(box, client, 14_000);
  connects(box, client, 1000);
  connects(box, process(box, "sqlservr.exe", 2800, { session: 0 }), 1000);
  binds(box, service(box, 2040, ["DNS"], "dns.exe"), 3998, { protocol: "udp", fromPort: 50_000 });
  const rest = HANDLES - box.sockets.filter(({ object }) => object.handles.length > 0).length;
  for (let index = 0; index < PROCESSES; index += 1) {
    const each = process(box, `app${index}.exe`, 10_000 + index * 4);
    files(box, each, Math.round((rest * 0.3) / PROCESSES));
    otherHandles(box, each, Math.round((rest * 0.7) / PROCESSES));
  }
  minutesLater(box, 60);
  return box;
};

const path = globalThis.process.argv[2];
if (path === undefined) throw new RangeError("the path of the file to write is missing");
writeFileSync(path, zipOf(captureOf(busyServer())));
