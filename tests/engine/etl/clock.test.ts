// Ticks of every clock to UTC and back.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatFiletime } from "../../../engine/bytes/filetime.ts";
import { type Clock, createClock } from "../../../engine/etl/clock.ts";
import { readLogHeader } from "../../../engine/etl/log-header.ts";
import { readTicks } from "../../../engine/etl/record-time.ts";
import { buildTrace, traceFile } from "../../builders/etl-writer.ts";
import { filetimeOf } from "../../builders/filetime.ts";
import { ticksAt } from "../../builders/log-header.ts";
import type { TraceFile } from "../../builders/trace-file.ts";

const START = filetimeOf("2026-03-02T09:00:00Z");
/** Three weeks, in 100 ns: sessions are left running. */
const LONGEST = 3 * 7 * 24 * 3600 * 10_000_000;

const clockOf = (file: TraceFile): Clock => {
  const header = readLogHeader(new DataView(buildTrace(file).buffer));
  if (header === null) throw new Error("the built file has no header");
  return createClock(header);
};

const ticksOf = (file: TraceFile, clock: Clock, at: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, ticksAt(file, at), true);
  return readTicks(view, 0, clock);
};

const CLOCKS: readonly (readonly [string, Partial<TraceFile>, number])[] = [
  ["a counter of 10 MHz", { clock: "qpc" }, 0],
  ["a counter of 2.34 MHz", { clock: "qpc", perfFreq: 2_343_750 }, 5],
  ["a counter of 3.58 MHz", { clock: "qpc", perfFreq: 3_579_545 }, 3],
  ["system time", { clock: "systemTime" }, 0],
  ["cycles of the processor", { clock: "cpuCycle" }, 0],
];

describe.each(CLOCKS)("%s", (_, given, resolution) => {
  const file = traceFile({ ...given, startTime: START });
  const clock = clockOf(file);

  test("gives the moment of an event, as exactly as it ticks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LONGEST }), (at) => {
        const moment = clock.toIso(ticksOf(file, clock, at));
        const possible = Array.from({ length: resolution + 1 }, (__, early) =>
          formatFiletime(START + BigInt(at - early)),
        );
        expect(possible).toContain(moment);
      }),
    );
  });

  test("takes a moment of a time window to the ticks of an event at that moment", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LONGEST }), (at) => {
        const ticks = clock.fromFiletime(START + BigInt(at));
        expect(Math.abs(ticks - ticksOf(file, clock, at))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("counts on across a turn of the counter's low word, and from before the start", () => {
    expect(ticksOf(file, clock, 2 ** 33)).toBeGreaterThan(ticksOf(file, clock, 2 ** 32));
    expect(ticksOf(file, clock, -10_000_000)).toBe(-clock.ticksPerSecond);
  });
});

test("a time that no calendar has is printed as the nearest that one has", () => {
  const clock = clockOf(traceFile({ startTime: START }));
  expect(clock.toIso(1e300)).toBe("9999-12-31T23:59:59.9999999Z");
  expect(clock.toIso(-1e300)).toBe("1601-01-01T00:00:00.0000000Z");
});
