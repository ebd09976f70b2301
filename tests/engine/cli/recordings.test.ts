// Every recording in tests/fixtures/recordings (a trace, and captures of its start and end) is judged as its golden says. Write
// one (tests/builders/write-recordings.ts), accept its golden (../support/golden.ts), and it is a test.

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { differenceFromGolden, FIXTURES, partsText } from "../support/golden.ts";
import { onlyOf, runTraceFile } from "../support/run.ts";

const RECORDINGS = join(FIXTURES, "recordings");
const REPORTS = join(FIXTURES, "recording-reports");

const recordings = readdirSync(RECORDINGS);

describe.each(recordings)("%s", (name) => {
  const path = (file: string): string => join(RECORDINGS, name, file);

  test("is judged as its golden says", () => {
    const run = runTraceFile(path("ports.etl"), { captures: [path("ports.start.zip"), path("ports.stop.zip")] });
    const { file: _file, timeline: _timeline, captures, ...report } = onlyOf(run, "trace-report");
    const received = partsText({
      ...report,
      captures: captures.map((each) => ({ ...each, file: basename(each.file) })),
    });
    expect(differenceFromGolden(join(REPORTS, `${name}.json`), received)).toBeNull();
  });

  test("has no culprit, or another one, by its trace alone", () => {
    const alone = onlyOf(runTraceFile(path("ports.etl")), "trace-report").verdict;
    const { captures, verdict } = onlyOf(
      runTraceFile(path("ports.etl"), { captures: [path("ports.start.zip"), path("ports.stop.zip")] }),
      "trace-report",
    );
    expect(captures.every(({ used }) => used)).toBe(true);
    expect(verdict.culprit?.processId).toBeDefined();
    expect(alone.culprit?.processId).not.toBe(verdict.culprit?.processId);
  });
});

test("every golden has its recording", () => {
  expect(readdirSync(REPORTS)).toEqual(recordings.map((name) => `${name}.json`));
});
