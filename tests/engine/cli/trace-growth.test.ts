// What `trace` says of growth: of ports opened in the trace, until calls failed, and with the capture of its end when it is over.

import { describe, expect, test } from "@jest/globals";
import type { PortGrowth } from "../../../engine/generated/records.ts";
import { captured, recordedMachine } from "../../builders/beside.ts";
import { process as runs } from "../../builders/capture/machine/processes.ts";
import { binds as keeps } from "../../builders/capture/machine/sockets.ts";
import { takesPorts, triesToBind, visits } from "../../builders/scenarios/plot.ts";
import { binds, closes } from "../../builders/story/calls.ts";
import { process } from "../../builders/story/processes.ts";
import { opens, silentSocket } from "../../builders/story/sockets.ts";
import { at, type Process, type Story, type StoryOptions, story, told } from "../../builders/story.ts";
import { reportBeside } from "../support/beside.ts";
import { reportOf } from "../support/run.ts";

const MINUTES = 10;

/** The same each minute for ten minutes. */
const eachMinute = (happens: (tale: Story, app: Process) => void, given: Partial<StoryOptions> = {}): Story => {
  const tale = story({ seed: 5, pace: 200, ...given });
  const app = process(tale, "app.exe", 4100);
  for (let minute = 0; minute < MINUTES; minute += 1) {
    at(tale, `09:0${minute}:01`);
    happens(tale, app);
  }
  return tale;
};

const leak = (ports: number) => (tale: Story, app: Process) => {
  takesPorts(tale, app, ports);
};

const growthOf = (tale: Story): PortGrowth => {
  const { growth } = reportOf(told(tale));
  if (growth === null) throw new Error("nothing is said of growth");
  return growth;
};

describe("a trace of a leak", () => {
  test("tells its rate, and not when the pool is full: only new ports are in it", () => {
    const growth = growthOf(eachMinute(leak(60)));
    expect(growth).toMatchObject({ protocol: null, family: null, capacity: null, trend: "Growing", forecast: null });
    expect(growth.rate?.perMinute).toBeGreaterThan(55);
    expect(growth.rate?.perMinute).toBeLessThan(65);
    expect(growth.summary).toMatch(/^The number of ports opened in the trace grows by 6\d ports a minute \(/);
    expect(growth.notes).toEqual([expect.stringMatching(/only ports opened in the trace are counted/)]);
  });

  test("tells when the pool is full with a capture of its end", () => {
    const box = recordedMachine();
    keeps(box, runs(box, "old.exe", 7000), 1000);
    const { growth } = reportBeside(eachMinute(leak(60)), [captured(box, "09:09:40")]);
    expect(growth?.forecast?.minutes).toBeCloseTo(15_384 / (growth?.rate?.perMinute ?? 1), 6);
    expect(growth?.summary).toMatch(/If it goes on like this, the pool is full in /);
    expect(growth?.notes).toEqual([
      "At the end 1,000 of 16,384 ports of the TCP pool were used, as the capture of the end shows.",
    ]);
  });

  test("tells no end by a capture of its start, nor where UDP ports are among them", () => {
    const box = recordedMachine();
    expect(reportBeside(eachMinute(leak(60)), [captured(box, "09:00:00")]).growth?.forecast).toBeNull();
    const mixed = eachMinute((tale, app) => {
      takesPorts(tale, app, 55);
      takesPorts(tale, app, 5, { protocol: "udp" });
    });
    expect(reportBeside(mixed, [captured(box, "09:09:40")]).growth?.forecast).toBeNull();
  });

  test("is judged until calls fail", () => {
    const tale = eachMinute(leak(60), { dynamicRange: { start: 49_152, ports: 60 * MINUTES } });
    at(tale, "09:20:00");
    triesToBind(tale, process(tale, "web.exe", 5200), 10);
    at(tale, "09:40:00");
    triesToBind(tale, process(tale, "late.exe", 5204), 10);
    const growth = growthOf(tale);
    expect(growth.lastTime?.slice(0, 15)).toBe("2026-03-02T09:1");
    expect(growth.notes).toContainEqual(
      expect.stringMatching(/^Calls failed for want of a port from 2026-03-02 09:(19|20):\d\d UTC on/),
    );
    expect(growth.forecast).toBeNull();
  });
});

describe("a trace without a leak", () => {
  test("of connections that come and go is said not to grow", () => {
    const growth = growthOf(eachMinute((tale, app) => visits(tale, app, 60)));
    expect(growth.trend).toBe("NotGrowing");
    expect(growth.summary).toMatch(/is not growing/);
  });

  test("in which new sockets take the place of old ones leaves it open", () => {
    const growth = growthOf(
      eachMinute((tale, app) => {
        for (let count = 0; count < 60; count += 1) {
          closes(tale, silentSocket(tale, app));
          binds(tale, opens(tale, app));
        }
      }),
    );
    expect(growth).toMatchObject({ trend: "Unknown", rate: null });
    expect(growth.summary).toMatch(/whether they had ports is not known/);
  });

  test("and without ports says nothing", () => {
    const tale = story();
    triesToBind(tale, process(tale, "web.exe", 5200), 0);
    at(tale, "09:05:00");
    process(tale, "app.exe", 4100);
    expect(reportOf(told(tale)).growth).toBeNull();
  });
});
