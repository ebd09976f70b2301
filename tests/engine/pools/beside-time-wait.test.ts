// Whose connections are in TIME_WAIT in the capture of the end: the process that alone asked for their endpoint, unless
// something else shows that others had connections to it.

import { describe, expect, test } from "@jest/globals";
import type { TraceReport } from "../../../engine/generated/records.ts";
import { captured, goesOnTo, recordedMachine } from "../../builders/beside.ts";
import { process as runs } from "../../builders/capture/machine/processes.ts";
import { closes, connects as links, visits as wears } from "../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { takesPorts, visits, WEB } from "../../builders/scenarios/plot.ts";
import { binds, closes as ends, connects } from "../../builders/story/calls.ts";
import { process } from "../../builders/story/processes.ts";
import { opens } from "../../builders/story/sockets.ts";
import { at, type Process, type Story, story } from "../../builders/story.ts";
import { reportBeside } from "../support/beside.ts";

type Turn = (tale: Story, by: Process) => void;

/** Each process has its turn, then app.exe takes a port and all is over. */
const told = (turns: readonly (readonly [number, Turn])[]): Story => {
  const tale = story({ seed: 72 });
  for (const [index, [processId, turn]] of turns.entries()) {
    const by = process(tale, `v${processId}.exe`, processId);
    at(tale, `09:00:1${index}`);
    turn(tale, by);
  }
  at(tale, "09:05:00");
  takesPorts(tale, process(tale, "app.exe", 6100), 1);
  return tale;
};

const visitsFive: Turn = (tale, by) => visits(tale, by, 5);

/** The same peer over an IPv6 socket that also speaks IPv4. */
const visitsMapped: Turn = (tale, by) => {
  const socket = opens(tale, by, { local: "::" });
  binds(tale, socket);
  connects(tale, socket, { address: `::ffff:${WEB.address}`, port: WEB.port }, { ex: true });
  ends(tale, socket);
};

const attributed = ({ holders }: TraceReport): number => holders.reduce((sum, { timeWait }) => sum + timeWait, 0);

const visitedMachine = (): Machine => {
  const box = recordedMachine();
  runs(box, "v4100.exe", 4100);
  runs(box, "v4200.exe", 4200);
  return box;
};

const of = (box: Machine, processId: number): Machine["processes"][number] => {
  const found = box.processes.find((each) => each.processId === processId);
  if (found === undefined) throw new RangeError(`PID ${processId} does not run`);
  return found;
};

const worn = (box: Machine, count: number): Machine => {
  goesOnTo(box, "09:00:10");
  wears(box, of(box, 4100), count, { to: WEB });
  return box;
};

describe("TIME_WAIT is attributed", () => {
  test("where one process connected to the endpoint", () => {
    const report = reportBeside(told([[4100, visitsFive]]), [captured(worn(visitedMachine(), 5), "09:05:00")]);
    expect(attributed(report)).toBe(5);
    expect(report.verdict.reasons).toContainEqual(expect.stringMatching(/^In TIME_WAIT .* 5 ports; .*inference, 5 of/));
  });

  test("to one process that the trace knows by two entries", () => {
    const tale = told([
      [
        4100,
        (story, by) => {
          visits(story, by, 3);
          visits(story, by, 2);
        },
      ],
    ]);
    expect(attributed(reportBeside(tale, [captured(worn(visitedMachine(), 5), "09:05:00")]))).toBe(5);
  });
});

describe("TIME_WAIT is nobody's", () => {
  test.each<readonly [string, readonly (readonly [number, Turn])[]]>([
    [
      "two processes connected to the endpoint",
      [
        [4100, visitsFive],
        [4200, visitsFive],
      ],
    ],
    [
      "another one connected to it over IPv6",
      [
        [4100, visitsFive],
        [4200, visitsMapped],
      ],
    ],
    ["the process closed fewer connections than there are", [[4100, (tale, by) => visits(tale, by, 1)]]],
  ])("where %s", (_, turns) => {
    const report = reportBeside(told(turns), [captured(worn(visitedMachine(), 5), "09:05:00")]);
    expect(attributed(report)).toBe(0);
    expect(report.verdict.reasons).toContainEqual(expect.stringMatching(/^In TIME_WAIT .* 5 ports; .*cannot be told/));
  });

  test("where a capture shows that another process had connections to the endpoint", () => {
    const box = visitedMachine();
    const older = links(box, of(box, 4200), 5, { to: WEB });
    const start = captured(box, "09:00:05");
    closes(box, older);
    expect(attributed(reportBeside(told([[4100, visitsFive]]), [start, captured(box, "09:05:00")]))).toBe(0);
  });

  test("where the rows are from before the trace", () => {
    const box = visitedMachine();
    wears(box, of(box, 4200), 5, { to: WEB });
    const start = captured(box, "09:00:05");
    expect(attributed(reportBeside(told([[4100, visitsFive]]), [start, captured(box, "09:05:00")]))).toBe(0);
  });

  test("where only a part of the trace was asked for, which does not show all that connected", () => {
    const tale = told([[4100, visitsFive]]);
    const captures = [captured(worn(visitedMachine(), 5), "09:05:00")];
    expect(attributed(reportBeside(tale, captures, { since: "2026-03-02T09:00:05Z" }))).toBe(0);
  });
});
