// The walk over every fixture against its golden. Drop a trace into tests/fixtures/etl, run
// tests/builders/write-fixtures.ts, look at the counts, and it is a test.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { walkTrace } from "../../builders/walk.ts";

const FIXTURES = join(__dirname, "../../fixtures");
const traces = readdirSync(join(FIXTURES, "etl"));

describe("the walk", () => {
  test.each(traces)("counts %s as its golden does", (name) => {
    const walk = walkTrace(readFileSync(join(FIXTURES, "etl", name)));
    const golden: unknown = JSON.parse(readFileSync(join(FIXTURES, "counts", `${name}.json`), "utf8"));
    expect(walk.counts).toEqual(golden);
    expect(walk.counts.reduce((sum, count) => sum + count.count, 0)).toBe(walk.events);
  });

  test("has a trace for every golden", () => {
    expect(readdirSync(join(FIXTURES, "counts"))).toEqual(traces.map((name) => `${name}.json`));
  });

  test("finds nothing in what is no trace", () => {
    expect(walkTrace(new Uint8Array(0)).events).toBe(0);
    expect(walkTrace(new Uint8Array(0x200)).buffers).toBe(0);
  });
});
