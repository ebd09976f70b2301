// Levels one port on each side of every border, and the free room that is counted beside them.

import { describe, expect, test } from "@jest/globals";
import { machine } from "../../builders/capture/machine.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { excludes, range } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { captureReport, poolOf, runMachine } from "../support/captures.ts";

const run = (used: number, ports: number, protocol: "tcp" | "udp") => {
  const box = machine();
  range(box, protocol, 65_536 - ports, ports);
  binds(box, process(box, "any.exe", 5868), used, { protocol });
  return runMachine(box);
};

describe.each(["tcp", "udp"] as const)("the level of %s", (protocol) => {
  // 50, 80 and 98 % of 16384 are 8192, 13107.2 and 16056.32; of 255 they are 127.5, 204 and 249.9; of 300, 150, 240 and 294.
  test.each([
    [16_384, 8191, "Healthy"],
    [16_384, 8192, "Elevated"],
    [16_384, 13_107, "Elevated"],
    [16_384, 13_108, "Critical"],
    [16_384, 16_056, "Critical"],
    [16_384, 16_057, "Exhausted"],
    [16_384, 16_384, "Exhausted"],
    [255, 127, "Healthy"],
    [255, 128, "Elevated"],
    [255, 203, "Elevated"],
    [255, 204, "Critical"],
    [255, 249, "Critical"],
    [255, 250, "Exhausted"],
    [300, 149, "Healthy"],
    [300, 150, "Elevated"],
    [300, 239, "Elevated"],
    [300, 240, "Critical"],
    [300, 293, "Critical"],
    [300, 294, "Exhausted"],
    [300, 0, "Healthy"],
  ])("of %i ports with %i used is %s", (ports, used, level) => {
    const done = run(used, ports, protocol);
    expect(poolOf(done, protocol)).toMatchObject({ capacity: ports, used, free: ports - used, level });
    expect(captureReport(done).verdict).toMatchObject({ level });
  });
});

describe("free room", () => {
  /** 1,000 ports from 60000 on, of which these ranges are excluded. */
  const pool = (...taken: readonly (readonly [number, number])[]) => {
    const box = machine();
    range(box, "tcp", 60_000, 1000);
    for (const [start, end] of taken) excludes(box, "tcp", start, end);
    return poolOf(runMachine(box), "tcp");
  };

  test.each([
    ["nothing taken", [], 1000, 15, 0],
    ["one port in the middle", [[60_500, 60_500]], 500, 14, 0],
    ["the first port", [[60_000, 60_000]], 999, 15, 0],
    ["the last port", [[60_999, 60_999]], 999, 15, 0],
    ["a hole of 63", [[60_063, 60_999]], 63, 0, 0],
    ["a hole of 64", [[60_064, 60_999]], 64, 1, 0],
    [
      "holes of 64 and 127",
      [
        [60_064, 60_064],
        [60_192, 60_999],
      ],
      127,
      2,
      0,
    ],
    ["all", [[60_000, 60_999]], 0, 0, 0],
  ] as const)("with %s", (_, taken, largestFreeRun, free64Blocks, free4096Blocks) => {
    expect(pool(...taken)).toMatchObject({ largestFreeRun, free64Blocks, free4096Blocks });
  });

  test("a run of 4096 counts once, and two of them when they fit beside each other", () => {
    for (const [ports, blocks] of [
      [4095, 0],
      [4096, 1],
      [8191, 1],
      [8192, 2],
      [16_384, 4],
    ] as const) {
      const box = machine();
      range(box, "tcp", 40_000, ports);
      expect(poolOf(runMachine(box), "tcp").free4096Blocks).toBe(blocks);
    }
  });
});
