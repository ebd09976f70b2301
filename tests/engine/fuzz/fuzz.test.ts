// Mutated fixtures: whatever was done to a file, both commands end in records that keep the contract. (The runner refuses
// output that does not, and any error that is the engine's own defect.)

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { seededRandom } from "../../builders/random.ts";
import { FIXTURES } from "../support/golden.ts";
import { MUTATIONS } from "../support/mutations.ts";
import { eventsOf, onlyOf, type Run, recordsOf, traceOf } from "../support/run.ts";

/** Mutated files a fixture and kind of mutation; each is made by its own seed. */
const SEEDS = 4;
const LARGEST = 60_000;
/** Far more than it takes: only a loop without end gets here. */
const TIMEOUT_MS = 120_000;

const folder = join(FIXTURES, "etl");
const small = readdirSync(folder).filter((name) => statSync(join(folder, name)).size <= LARGEST);

const expectEnded = (run: Run): void => {
  const isRefused = recordsOf(run.records, "error").length === 1;
  expect(run.exitCode).toBe(isRefused ? 1 : 0);
};

const tell = (seed: number, run: () => Run): Run => {
  try {
    return run();
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

describe.each(small)("%s", (name) => {
  const whole = new Uint8Array(readFileSync(join(folder, name)));

  test.each(Object.entries(MUTATIONS))(
    "with %s ends in records",
    (kind, mutate) => {
      for (let index = 0; index < SEEDS; index += 1) {
        const seed = index * 1009 + name.length * 31 + kind.length;
        const bytes = mutate(whole, seededRandom(seed));
        const traced = tell(seed, () => traceOf(bytes, { failures: true }));
        expectEnded(traced);
        const events = tell(seed, () => eventsOf(bytes));
        expectEnded(events);
        if (traced.exitCode !== 0) continue;
        // Both commands read the same records, whatever they make of them.
        expect(recordsOf(events.records, "event").length).toBe(onlyOf(traced, "trace-report").coverage.events);
      }
    },
    TIMEOUT_MS,
  );
});
