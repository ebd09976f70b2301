// Events prove that ports ran out when they were logged: whether that is over, what a strange clock makes of it, and how many
// there were where several files hold the same log.

import { describe, expect, test } from "@jest/globals";
import { zipOf } from "../../builders/capture/capture-files.ts";
import { isoOf } from "../../builders/capture/iso-time.ts";
import { eventFile, netstatFile, undatedEventFile } from "../../builders/capture/loose-texts.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { logged, withoutProbe } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { captureReport, runLoose, runMachine } from "../support/captures.ts";
import { batchesOf, type Run } from "../support/run.ts";

const LONG_AGO = "2019-05-06T07:08:09.0000000Z";

const countOf = (run: Run, id: number): number | undefined =>
  captureReport(run).events.find((event) => event.id === id)?.count;

const rowsOf = ({ records }: Run) => batchesOf(records, "exhaustion-event").flatMap(({ rows }) => rows);

describe("loose events", () => {
  test.each([4231, 4266])("%i of 2019 are over beside tables that show free ports, and proof alone", (id) => {
    const pool = id === 4231 ? "tcp" : "udp";
    const event = eventFile([id, LONG_AGO]);
    const beside = runLoose(
      new Map([
        ["event.xml", event],
        ["netstat.txt", netstatFile(inOffice())],
      ]),
    );
    expect(captureReport(beside).verdict).toMatchObject({ level: "Elevated", pool, pattern: "None", culprit: null });
    expect(captureReport(beside).verdict.summary).toMatch(/ran out and are free again/);
    expect(captureReport(runLoose(new Map([["event.xml", event]]))).verdict).toMatchObject({
      level: "Exhausted",
      pool,
    });
  });

  test("of 2019 are not over beside tables that are half full, or where not all is seen", () => {
    const box = inOffice();
    binds(box, process(box, "node.exe", 5868), 8200);
    const excerpt = inOffice();
    excerpt.sockets.splice(0, 1);
    for (const each of [box, excerpt]) {
      const files = new Map([
        ["event.xml", eventFile([4231, LONG_AGO])],
        ["netstat.txt", netstatFile(each)],
      ]);
      expect(captureReport(runLoose(files)).verdict).toMatchObject({ level: "Exhausted", pool: "tcp" });
    }
  });
});

describe("an event of a capture on which nobody probed", () => {
  const HOURS: readonly (readonly [hoursAgo: number, level: string])[] = [
    [-24, "Healthy"],
    [-1.1, "Healthy"],
    [-0.9, "Exhausted"],
    [0, "Exhausted"],
    [0.9, "Exhausted"],
    [1.1, "Elevated"],
    [23.9, "Elevated"],
    [24.1, "Healthy"],
  ];

  test.each(HOURS)("%d hours before it was taken: %s", (hoursAgo, level) => {
    const box = inOffice();
    logged(box, 4231, hoursAgo);
    withoutProbe(box);
    expect(captureReport(runMachine(box)).verdict).toMatchObject({ level });
  });
});

describe("how many there were", () => {
  test("the same events in two files count once, others beside them", () => {
    const moments = ["2026-03-01T08:00:00.0000000Z", "2026-03-01T09:00:00.0000000Z", "2026-03-01T10:00:00.0000000Z"];
    const [a = "", b = "", c = ""] = moments;
    const run = runLoose(
      new Map([
        ["a.xml", eventFile([4231, a], [4231, b])],
        ["b.xml", eventFile([4231, b], [4231, c], [4266, b])],
      ]),
    );
    expect([countOf(run, 4231), countOf(run, 4266)]).toEqual([3, 1]);
    expect(rowsOf(run).map(({ id, time }) => [id, time])).toEqual([
      [4231, c],
      [4231, b],
      [4266, b],
      [4231, a],
    ]);
  });

  test("the same event in a capture and in a file beside it counts once", () => {
    const box: Machine = inOffice();
    logged(box, 4231, 0.5);
    const [event] = box.events;
    if (event === undefined || event.time === null) throw new RangeError("nothing was logged");
    const run = runLoose(
      new Map([
        ["snapshot.zip", zipOf(captureOf(box))],
        ["event.xml", eventFile([4231, isoOf(event.time)])],
      ]),
    );
    expect(countOf(run, 4231)).toBe(1);
  });

  test("undated ones count as often as in the file that has most of them", () => {
    const run = runLoose(
      new Map([
        ["two.txt", undatedEventFile(4231, 2)],
        ["three.txt", undatedEventFile(4231, 3)],
        ["other.txt", undatedEventFile(4266, 1)],
      ]),
    );
    expect([countOf(run, 4231), countOf(run, 4266)]).toEqual([3, 1]);
    expect(rowsOf(run).every(({ time }) => time === null)).toBe(true);
  });

  test("undated ones are told beside dated ones", () => {
    const run = runLoose(
      new Map([
        ["dated.xml", eventFile([4231, LONG_AGO])],
        ["undated.txt", undatedEventFile(4231, 2)],
      ]),
    );
    expect(countOf(run, 4231)).toBe(3);
  });
});
