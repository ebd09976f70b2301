// How far a verdict can be relied on: what the recording lost, and how direct the proof is.

import { describe, expect, test } from "@jest/globals";
import type { TraceFacts } from "../../../../engine/trackers/analysis.ts";
import type { Reading } from "../../../../engine/verdict/trace/evidence.ts";
import { judgeTrace } from "../../../../engine/verdict/trace/verdict.ts";
import { processOf } from "../../support/calls.ts";
import { evidenceOf, exhaustedFacts, factsOf, holdingOf, keeper, readingOf } from "../../support/evidence.ts";

const confidence = (facts: TraceFacts, reading: Partial<Reading> = {}): string =>
  judgeTrace(evidenceOf(facts, readingOf(reading))).verdict.confidence;

describe("that ports did not run out", () => {
  test.each<readonly [string, Partial<Reading>, string]>([
    ["a whole recording", {}, "High"],
    ["few events lost", { eventsLost: 100 }, "Medium"],
    ["one event in a hundred lost", { events: 9900, eventsLost: 100 }, "Medium"],
    ["more than one event in a hundred lost", { events: 9800, eventsLost: 100 }, "Low"],
    ["a buffer lost", { buffersLost: 1 }, "Low"],
    ["a damaged buffer", { damagedBuffers: 1 }, "Low"],
    ["a file that is cut short", { isTruncated: true }, "Low"],
    ["a session that was never closed", { isUnfinished: true }, "Medium"],
    ["an event about ports that could not be read", { unreadable: 1 }, "Medium"],
    ["an event out of order", { outOfOrder: 1 }, "Medium"],
    ["a part of the trace that was asked for", { isWindowed: true }, "High"],
  ])("%s: %j is believed with confidence %s", (_, reading, expected) => {
    expect(confidence(factsOf(), reading)).toBe(expected);
  });
});

describe("that ports ran out", () => {
  test("is certain by one request for any port, whatever was lost", () => {
    expect(confidence(exhaustedFacts(), { buffersLost: 9, isTruncated: true })).toBe("High");
  });

  test("is less so where no request shows which port was asked for", () => {
    expect(confidence(exhaustedFacts({}, { certain: 0 }))).toBe("Medium");
  });
});

describe("that somebody is culprit", () => {
  const inferred = processOf(0, { isInferred: true });
  const churner = holdingOf(processOf(0), { opened: 9000, closed: 9000, closedTcp: 9000, closedConnected: 9000 });
  const boundOnly = holdingOf(processOf(0), { opened: 9000, closed: 9000, closedTcp: 9000 });
  const ended = processOf(0, { endedTicks: 5 });
  const hurt = processOf(0);
  const alone = [{ process: hurt, failures: 5, first: 10, last: 20, protocols: ["tcp" as const], remotes: [] }];

  test.each<readonly [string, Partial<TraceFacts>, Partial<Reading>, string]>([
    ["half of the default pool", { holdings: [keeper(0, 8192)] }, {}, "High"],
    ["a port less", { holdings: [keeper(0, 8191)] }, {}, "Medium"],
    [
      "half of the pool, by a PID taken from the caller's thread",
      { holdings: [keeper(0, 8192, {}, { process: inferred })] },
      {},
      "Medium",
    ],
    ["half of the pool, by churn, which is inference", { holdings: [churner] }, {}, "Medium"],
    ["churn in a trace without connects", { holdings: [boundOnly] }, {}, "Low"],
    ["half of the pool, with a few events lost", { holdings: [keeper(0, 8192)] }, { eventsLost: 1 }, "Medium"],
    [
      "half of the pool, by a process that had ended",
      { holdings: [keeper(0, 8192, {}, { process: ended })] },
      {},
      "Low",
    ],
    ["half of the pool, in a part of the trace", { holdings: [keeper(0, 8192)] }, { isWindowed: true }, "Low"],
    [
      "half of the pool, where no request shows which ports were asked for by number",
      { holdings: [keeper(0, 8192)], binds: { attempted: 9000, succeeded: 9000, failed: 0, withPort: 0 } },
      {},
      "Low",
    ],
    [
      "less than that, by the only one that was hurt",
      {
        holdings: [keeper(0, 8191, {}, { process: hurt })],
        failures: { ...exhaustedFacts().failures, victims: alone },
      },
      {},
      "Low",
    ],
    [
      "half of the pool, with a buffer lost: closes may be among it",
      { holdings: [keeper(0, 8192)] },
      { buffersLost: 1 },
      "Low",
    ],
  ])("%s", (_, facts, reading, expected) => {
    expect(confidence(exhaustedFacts(facts), reading)).toBe(expected);
  });
});
