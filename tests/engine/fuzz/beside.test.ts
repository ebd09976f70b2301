// Captures beside a trace, damaged in any artifact: the trace is read all the same, and nobody but the leak is blamed.

import { describe, expect, test } from "@jest/globals";
import { goesOnTo, leakyMachine, leanTale } from "../../builders/beside.ts";
import { type Capture, zipOf } from "../../builders/capture/capture-files.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { binds as keeps } from "../../builders/capture/machine/sockets.ts";
import { seededRandom } from "../../builders/random.ts";
import { reportBeside } from "../support/beside.ts";
import { MUTATIONS } from "../support/mutations.ts";

const TIMEOUT_MS = 120_000;

const box = leakyMachine({}, 300, 200);
const capturedAt = (time: string): Capture => {
  goesOnTo(box, time);
  return captureOf(box);
};

const START = capturedAt("09:00:05");
goesOnTo(box, "09:00:11");
for (const app of box.processes.filter(({ processId }) => processId === 4100)) keeps(box, app, 200);
const STOP = capturedAt("09:10:00");

const TALE = leanTale(200);
const WHOLE = reportBeside(TALE, [zipOf(START), zipOf(STOP)]);

test("undamaged, they name the leak", () => {
  expect(WHOLE.verdict.culprit?.processName).toBe("leak.exe");
});

const expectHarmless = (start: Capture, stop: Capture): void => {
  const { verdict, binds, exhaustion, failures } = reportBeside(TALE, [zipOf(start), zipOf(stop)]);
  expect([binds, exhaustion, failures]).toEqual([WHOLE.binds, WHOLE.exhaustion, WHOLE.failures]);
  expect([7000, undefined]).toContain(verdict.culprit?.processId);
};

const names = [...STOP.entries.keys()];

describe.each(Object.entries(MUTATIONS))("%s", (_, mutate) => {
  test.each(names)(
    "in %s",
    (name) => {
      const random = seededRandom(7919);
      const damaged = ({ json, entries }: Capture): Capture => {
        const bytes = entries.get(name) ?? new Uint8Array(0);
        return { json, entries: new Map(entries).set(name, mutate(bytes, random)) };
      };
      expectHarmless(START, damaged(STOP));
      expectHarmless(damaged(START), STOP);
      expectHarmless(damaged(START), damaged(STOP));
    },
    TIMEOUT_MS,
  );
});

describe("times out of any order", () => {
  const MOMENTS = [
    "1601-01-01T00:00:00.0000000Z",
    "2026-03-02T09:05:00.0000000Z",
    "9999-12-31T23:59:59.9999999Z",
  ] as const;

  test.each(MOMENTS)("processes created at %s", (created) => {
    const moved = ({ json, entries }: Capture): Capture => ({
      json: { ...json, processes: json.processes.map((each) => ({ ...each, created })) },
      entries,
    });
    expectHarmless(moved(START), STOP);
    expectHarmless(START, moved(STOP));
    expectHarmless(moved(START), moved(STOP));
  });

  test.each(MOMENTS)("captured at %s", (time) => {
    const moved = ({ json, entries }: Capture): Capture => ({
      json: { ...json, machine: { ...json.machine, time } },
      entries,
    });
    expectHarmless(moved(START), STOP);
    expectHarmless(START, moved(STOP));
  });
});
