// Writes tests/fixtures/recordings, a folder for each recording with the names that Start-PortTrace gives. Run it after a change
// of the builders: node tests/builders/write-recordings.ts

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordings } from "./scenarios/recordings.ts";
import { told } from "./story.ts";

for (const [name, { make }] of Object.entries(recordings)) {
  const folder = join("tests", "fixtures", "recordings", name);
  mkdirSync(folder, { recursive: true });
  const { trace, start, stop } = make();
  writeFileSync(join(folder, "ports.etl"), told(trace, { bufferSize: 0x2000, compression: "matches" }));
  writeFileSync(join(folder, "ports.start.zip"), start);
  writeFileSync(join(folder, "ports.stop.zip"), stop);
}
