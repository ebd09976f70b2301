// One endpoint that has most of the local ports it can have: in the pool by event 4227, in an auto-reuse range by the ports alone.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { logged, range, sharesPorts } from "../../builders/capture/machine/settings.ts";
import { connects, visits } from "../../builders/capture/machine/sockets.ts";
import { failures } from "../../builders/scenarios/failures.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, traceFindingsOf, withId } from "../support/findings.ts";

const ID = "destination-saturation";
const DATABASE = { address: "10.0.0.7", port: 1433 } as const;
const ELSEWHERE = { address: "10.0.0.8", port: 443 } as const;

type Load = { readonly toOne: number; readonly toOther?: number; readonly hoursAgo?: number | null };

/** 1,000 ports from 60000 on, a client of a database, and event 4227 an hour ago. */
const calling = ({ toOne, toOther = 0, hoursAgo = 1 }: Load): Machine => {
  const box = machine();
  range(box, "tcp", 60_000, 1000);
  const client = process(box, "orders.exe", 4100);
  connects(box, client, toOne, { to: DATABASE });
  connects(box, client, toOther, { to: ELSEWHERE });
  if (hoursAgo !== null) logged(box, 4227, hoursAgo);
  return box;
};

const severity = (load: Load): string | null => withId(findingsOf(calling(load)), ID)[0]?.severity ?? null;

describe("an endpoint with a part of the pool", () => {
  test.each([
    ["a quarter", { toOne: 250 }, "Warning"],
    ["a port less", { toOne: 249 }, null],
    ["half", { toOne: 500 }, "Critical"],
    ["a quarter, as another one", { toOne: 250, toOther: 250 }, "Warning"],
    ["less than another one", { toOne: 250, toOther: 251 }, "Warning"],
    ["a quarter without an event", { toOne: 250, hoursAgo: null }, null],
    ["a quarter and an event of two days ago", { toOne: 250, hoursAgo: 48 }, null],
    ["nearly all: then everybody is short", { toOne: 800 }, null],
    ["a port less than nearly all", { toOne: 799 }, "Critical"],
  ] as const)("%s", (_, load, expected) => {
    expect(severity(load)).toBe(expected);
  });

  test("is not found by less than 128 ports", () => {
    const small = (toOne: number) => {
      const box = machine();
      range(box, "tcp", 60_000, 300);
      connects(box, process(box, "orders.exe", 4100), toOne, { to: DATABASE });
      logged(box, 4227, 1);
      return withId(findingsOf(box), ID).length;
    };
    expect([small(127), small(128)]).toEqual([0, 1]);
  });

  test("is not found among many equals", () => {
    const box = calling({ toOne: 250 });
    const client = process(box, "spider.exe", 4200);
    for (const last of [20, 21, 22]) connects(box, client, 100, { to: { address: `10.0.0.${last}`, port: 443 } });
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });

  test("is told with its ports, TIME_WAIT and event, and accuses nobody", () => {
    const box = calling({ toOne: 200 });
    visits(box, process(box, "batch.exe", 4300), 200, { to: DATABASE });
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({
      summary: "Connections to 10.0.0.7:1433 take 400 of the 1,000 local ports that they can have (40 %).",
      evidence: [
        expect.stringMatching(/^200 of them are in TIME_WAIT/),
        "Open connections to it, by process: orders.exe (4100) 200.",
        expect.stringMatching(/^Windows logged 1 event 4227 /),
      ],
      processId: null,
    });
  });
});

describe("an endpoint in an auto-reuse range", () => {
  const sharing = (toOne: number) => {
    const box = calling({ toOne, hoursAgo: null });
    sharesPorts(box, 60_000, 500);
    return findingsOf(box);
  };

  test("is short of ports from 80 % of it on, without any event", () => {
    expect(withId(sharing(399), ID)).toEqual([]);
    expect(onlyFinding(sharing(400), ID)).toMatchObject({
      severity: "Critical",
      summary: "Connections to 10.0.0.7:1433 take 400 of the 500 local ports of the auto-reuse range (80 %).",
    });
  });

  test("is seen outside the dynamic range as well", () => {
    const box = machine();
    sharesPorts(box, 30_000, 500);
    connects(box, process(box, "orders.exe", 4100), 450, { to: DATABASE, fromPort: 30_000 });
    expect(onlyFinding(findingsOf(box), ID).summary).toMatch(/450 of the 500 local ports of the auto-reuse range/);
  });
});

describe("what was not read", () => {
  test("are the events", () => {
    const capture = captureWithout(calling({ toOne: 300 }), ["events"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/events of the System log/)]);
  });

  test("is nothing", () => {
    expect(lacksOf(findingsOf(calling({ toOne: 100 })), ID)).toBeNull();
  });
});

describe("a saturated endpoint in a trace", () => {
  test("is told with its failures", () => {
    const diagnosis = traceFindingsOf(failures["destination-saturation"].tale());
    expect(onlyFinding(diagnosis, ID)).toMatchObject({
      severity: "Critical",
      summary: expect.stringMatching(/^500 of \d+ connects to 10\.0\.0\.80:443 found no local port/),
      processId: null,
    });
  });

  test("is none on an ordinary day", () => {
    expect(withId(traceFindingsOf(failures.healthy.tale()), ID)).toEqual([]);
  });

  test("may have been lost with a part of the recording", () => {
    const diagnosis = traceFindingsOf(failures.healthy.tale(), { eventsLost: 12 });
    expect(lacksOf(diagnosis, ID)).toEqual([expect.stringMatching(/^Part of the recording was lost/)]);
  });
});
