// A busy machine: more holders, victims, remote endpoints and providers than a record can show. (The runner refuses a line
// of a megabyte.)

import { describe, expect, test } from "@jest/globals";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { connects } from "../../builders/story/calls.ts";
import { process, rundown } from "../../builders/story/processes.ts";
import { opens } from "../../builders/story/sockets.ts";
import { story, told } from "../../builders/story.ts";
import type { ManifestEvent } from "../../builders/trace-file.ts";
import { plainEvents, range } from "../support/numbered.ts";
import { onlyOf, batchesOf, reportOf, traceOf } from "../support/run.ts";

const HOLDERS = 1100;
const VICTIMS = 550;
const REMOTES = 11;

const remote = (index: number): string =>
  `2001:db8:${(index >> 8).toString(16)}:1234:5678:9abc:def0:${(index & 0xff).toString(16)}`;

describe("a report of a busy machine", () => {
  const tale = story({ seed: 51, dynamicRange: { start: 49_152, ports: HOLDERS } });
  const holders = range(HOLDERS).map((index) =>
    process(tale, `service-with-a-long-name-${index}.exe`, 10_000 + 4 * index),
  );
  rundown(tale);
  for (const holder of holders) takesPorts(tale, holder, 1);
  for (const victim of holders.slice(0, VICTIMS)) {
    for (const index of range(REMOTES))
      connects(tale, opens(tale, victim, { local: "::" }), { address: remote(index), port: 443 });
  }
  const providers = plainEvents(400).map(
    (event, index): ManifestEvent => ({
      ...event,
      at: tale.now - index,
      provider: `6a5b4c3d-0102-4304-8506-${index.toString(16).padStart(12, "0")}`,
    }),
  );
  tale.events.push(...providers);
  const report = reportOf(told(tale));

  test("shows the first of each list and says how many it leaves out", () => {
    expect([report.holders.length, report.omitted.holders]).toEqual([1000, 100]);
    expect([report.victims.length, report.omitted.victims]).toEqual([500, 50]);
    expect(report.coverage.providers.length + report.omitted.providers).toBe(400 + 3);
  });

  test("counts what it does not show", () => {
    expect(report.exhaustion.failures).toBe(VICTIMS * REMOTES);
    expect(report.failures.reduce((sum, { count }) => sum + count, 0)).toBe(VICTIMS * REMOTES);
    expect(report.victims.every(({ remotes, remoteCount }) => remotes.length === 10 && remoteCount === REMOTES)).toBe(
      true,
    );
    expect(report.verdict).toMatchObject({ exhausted: "yes", pattern: "Mixed", culprit: null });
  });
});

describe("names of any length, in any script", () => {
  const tale = story({ seed: 52, dynamicRange: { start: 49_152, ports: HOLDERS } });
  const longest = (index: number): string => `${index}-${"\u6f22".repeat(500)}`;
  const holders = range(HOLDERS).map((index) => process(tale, longest(index), 10_000 + 4 * index));
  rundown(tale);
  for (const holder of holders) takesPorts(tale, holder, 1);
  for (const victim of holders) triesToBind(tale, victim, 1);
  const run = traceOf(told(tale), { failures: true });

  test("make lists shorter rather than lines too long, and nothing goes uncounted", () => {
    const report = onlyOf(run, "trace-report");
    expect(report.holders.length).toBeGreaterThan(100);
    expect(report.holders.length + report.omitted.holders).toBe(HOLDERS);
    expect(report.victims.length + report.omitted.victims).toBe(HOLDERS);
  });

  test("are cut where no file name reaches", () => {
    const names = batchesOf(run.records, "failure").flatMap(({ rows }) =>
      rows.map(({ processName }) => processName ?? ""),
    );
    expect(names).toHaveLength(HOLDERS);
    expect(new Set(names.map(({ length }) => length))).toEqual(new Set([128]));
  });
});
