// One story in many containers: what a report says of a machine does not depend on how the recording lies in its file.

import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../engine/generated/records.ts";
import { scenarios } from "../../builders/scenarios.ts";
import { told } from "../../builders/story.ts";
import type { TraceEvent, TraceFile } from "../../builders/trace-file.ts";
import { narrowed } from "../support/narrow.ts";
import { reportOf } from "../support/run.ts";
import { filePlots, storyPlots } from "../support/stories.ts";

type Container = (events: readonly TraceEvent[]) => Partial<TraceFile>;

const CONTAINERS: Readonly<Record<string, Container>> = {
  "compressed by matches": () => ({ compression: "matches" }),
  "buffers of 4 KB": () => ({ bufferSize: 0x1000 }),
  "small buffers, mixed across processors": () => ({ bufferSize: 0x1000, arrangement: { kind: "shuffled", seed: 5 } }),
  "32-bit records": (events) => ({ events: events.map(narrowed) }),
  "system time": () => ({ clock: "systemTime" }),
};

/** Thousands of connections, six times over, would take longer than all other stories: "churn-witnessed" tells the same. */
const TOO_LONG: readonly string[] = ["churn"];

/** All that is about the file and not about the machine. */
const aboutTheMachine = ({ file, sizeBytes, session, ...report }: TraceReport): unknown => report;

const stories = Object.entries(storyPlots).filter(([name]) => !TOO_LONG.includes(name));

describe.each(stories)("%s", (_, { tale }) => {
  const story = tale();
  const events = story.events.filter((event) => event.at <= story.now);
  const plain = aboutTheMachine(reportOf(told(story)));

  test.each(Object.entries(CONTAINERS))("%s", (_name, container) => {
    expect(aboutTheMachine(reportOf(told(story, container(events))))).toEqual(plain);
  });
});

test("no scenario is left out", () => {
  expect([...Object.keys(storyPlots), ...Object.keys(filePlots)].sort()).toEqual(Object.keys(scenarios).sort());
});
