// Captures that are larger, or have longer names, than any machine would give: every line of the output stays under a
// megabyte (the runner refuses longer ones), rows come in batches of 500, and what was left out is counted.

import { describe, expect, test } from "@jest/globals";
import type { Capture } from "../../builders/capture/capture-files.ts";
import type { CaptureJson } from "../../builders/capture/capture-json.ts";
import { machine } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { excludes, logged } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { leaking } from "../../builders/capture/scenarios/plot.ts";
import { afdOwners, captureReport, portOwners, runMachine, runOf } from "../support/captures.ts";
import { batchesOf } from "../support/run.ts";

const LEAK = captureOf(leaking((box, by) => binds(box, by, 9000)));

const changed = (change: (json: CaptureJson) => Partial<CaptureJson>): Capture => ({
  json: { ...LEAK.json, ...change(LEAK.json) },
  entries: LEAK.entries,
});

describe("many", () => {
  test("processes come in batches of 500, most first", () => {
    const box = machine();
    for (let index = 0; index < 1300; index += 1)
      binds(box, process(box, `p${index}.exe`, 10_000 + index * 4), 1 + (index % 3));
    const run = runMachine(box);
    for (const kind of ["port-owner", "afd-owner"] as const)
      expect(batchesOf(run.records, kind).map(({ rows }) => rows.length)).toEqual([500, 500, 300]);
    const ports = portOwners(run).map((row) => row.ports);
    expect(ports).toEqual(ports.toSorted((a, b) => b - a));
    expect(afdOwners(run)).toHaveLength(1300);
    expect(ports.reduce((sum, count) => sum + count, 0)).toBe(captureReport(run).pools[0]?.used);
  });

  test("reservations are cut to what a line can hold, and counted", () => {
    const box = machine();
    for (let port = 1; port < 65_536; port += 5) excludes(box, "udp", port, port + 1);
    const { reservations, omitted, pools } = captureReport(runMachine(box));
    expect(reservations.length + omitted.reservations).toBe(13_107);
    expect(omitted.reservations).toBeGreaterThan(0);
    expect(pools.find(({ protocol }) => protocol === "udp")?.excluded).toBeGreaterThan(6500);
  });

  test("events are counted by id and told one by one", () => {
    const box = machine();
    for (let index = 0; index < 1200; index += 1) logged(box, 4227, index / 100);
    const run = runMachine(box);
    expect(batchesOf(run.records, "exhaustion-event").map(({ rows }) => rows.length)).toEqual([500, 500, 200]);
    expect(captureReport(run).events).toMatchObject([{ id: 4227, count: 1200, provesExhaustion: false }]);
  });
});

const LONG = "\u{1f600}\u6f22\u0007".repeat(300_000);

describe("names that are too long for a line", () => {
  test.each<readonly [string, (json: CaptureJson) => Partial<CaptureJson>]>([
    ["of processes", ({ processes }) => ({ processes: processes.map((each) => ({ ...each, name: LONG })) })],
    ["of services", () => ({ services: [{ processId: 5868, name: LONG }] })],
    [
      "of ten thousand services of one process",
      () => ({
        services: Array.from({ length: 10_000 }, (_, index) => ({ processId: 5868, name: `Service${index}` })),
      }),
    ],
    ["of the machine", ({ machine: told }) => ({ machine: { ...told, name: LONG } })],
    [
      "of an artifact",
      ({ artifacts }) => ({
        artifacts: artifacts.map((each, index) => (index === 0 ? { ...each, name: LONG } : each)),
      }),
    ],
    [
      "in reasons",
      ({ artifacts }) => ({
        artifacts: artifacts.map((each) => ({ ...each, status: "partial" as const, reason: LONG.slice(0, 100_000) })),
      }),
    ],
    [
      "in 230 reasons that differ",
      ({ artifacts }) => {
        const failed = Array.from({ length: 230 }, (_, index) => ({
          name: `extra${index}`,
          kind: "tcp-table",
          status: "failed" as const,
          reason: `${index} ${LONG.slice(0, 20_000)}`,
          entry: null,
          protocol: "tcp" as const,
          family: "ipv4" as const,
          tableClass: 8,
        }));
        return { artifacts: [...artifacts, ...failed] };
      },
    ],
  ])("%s do not break it", (_, change) => {
    const { verdict } = captureReport(runOf(changed(change)));
    expect(verdict).toMatchObject({ level: "Elevated", pattern: "BoundLeak", culprit: { processId: 5868 } });
  });
});
