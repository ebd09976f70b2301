// Writes the built files of tests/fixtures/etl and, for every file there, the counts of the independent walk.
// Run it after a change of the writer or when a sample was added: node tests/builders/write-fixtures.ts

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildTrace } from "./etl-writer.ts";
import { headerKinds } from "./header-kinds.ts";
import { scenarioNamed } from "./scenarios.ts";
import type { TraceFile } from "./trace-file.ts";
import { type Walk, walkTrace } from "./walk.ts";

const FIXTURES = join("tests", "fixtures");
const TRACES = join(FIXTURES, "etl");
const COUNTS = join(FIXTURES, "counts");

/** Scenarios worth having as bytes, each in a file small enough to be kept. */
const KEPT: Readonly<Record<string, Partial<TraceFile>>> = {
  "close-wait-leak": { compression: "matches" },
  compressed: {},
  "compressed-damaged": {},
  healthy: { compression: "matches" },
  "newer-versions": { bufferSize: 0x1000 },
  "sockets-without-create": { bufferSize: 0x1000 },
  truncated: { bufferSize: 0x2000, compression: "matches" },
  "udp-failure": { compression: "literals" },
  "vista-healthy": { bufferSize: 0x1000 },
};

const writeBuilt = (): void => {
  for (const [name, file] of Object.entries(KEPT)) {
    writeFileSync(join(TRACES, `built__${name}.etl`), scenarioNamed(name).build(file));
  }
  writeFileSync(join(TRACES, "built__header-kinds.etl"), buildTrace(headerKinds()));
};

/** One line an event, so that a change is one line of a diff. */
const countsText = ({ counts }: Walk): string =>
  `[\n${counts.map((count) => `  ${JSON.stringify(count)}`).join(",\n")}\n]\n`;

const writeCounts = (): void => {
  mkdirSync(COUNTS, { recursive: true });
  for (const name of readdirSync(TRACES)) {
    writeFileSync(join(COUNTS, `${name}.json`), countsText(walkTrace(readFileSync(join(TRACES, name)))));
  }
};

writeBuilt();
writeCounts();
