// Captures of another machine, or of another time since its start, beside a trace: they are refused, whatever they show.

import { describe, expect, test } from "@jest/globals";
import { captured, leakyMachine, leanTale, recordedMachine } from "../../builders/beside.ts";
import { process as runs } from "../../builders/capture/machine/processes.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { filetimeOf } from "../../builders/filetime.ts";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { process, rundown } from "../../builders/story/processes.ts";
import { at, type Story, story } from "../../builders/story.ts";
import { reportBeside } from "../support/beside.ts";

const refusalOf = (
  tale: Story,
  capture: Uint8Array,
  recording: Parameters<typeof reportBeside>[3] = {},
): string | null | undefined => {
  const { captures, verdict } = reportBeside(tale, [capture], {}, recording);
  if (captures[0]?.used === false) expect(verdict.culprit).toBeNull();
  return captures[0]?.reason;
};

describe("another Windows", () => {
  test("has another build", () => {
    expect(refusalOf(leanTale(), captured(leakyMachine({ osBuild: 17763 }), "09:10:00"))).toMatch(/build 17763.*19041/);
  });

  test("is the same with an enablement package, and where no build is told", () => {
    expect(refusalOf(leanTale(), captured(leakyMachine({ osBuild: 19045 }), "09:10:00"))).toBeNull();
    expect(refusalOf(leanTale(), captured(leakyMachine({ osBuild: 0 }), "09:10:00"))).toBeNull();
  });
});

describe("the machine was started again", () => {
  test("after the capture", () => {
    const capture = captured(leakyMachine(), "08:55:00");
    expect(refusalOf(leanTale(), capture)).toBeNull();
    expect(refusalOf(leanTale(), capture, { bootTime: filetimeOf("2026-03-02T08:58:00Z") })).toMatch(/started again/);
  });

  test("after the trace", () => {
    expect(refusalOf(leanTale(), captured(leakyMachine({ start: "2026-03-02T09:12:00Z" }), "09:14:00"))).toMatch(
      /started again/,
    );
  });

  test("not, where only its clock was set at the start", () => {
    // The kernel's process is younger than the capture itself.
    const box = leakyMachine({ start: "2026-03-02T09:20:00Z" });
    expect(refusalOf(leanTale(), captured(box, "09:14:00"))).toBeNull();
  });
});

describe("other processes", () => {
  /** web.exe, sql.exe and mail.exe run, and the trace says so. */
  const namedTale = (): Story => {
    const tale = story({ seed: 77, dynamicRange: { start: 60_000, ports: 20 } });
    const [web, sql, mail] = [
      process(tale, "web.exe", 5200),
      process(tale, "sql.exe", 5300),
      process(tale, "mail.exe", 5400),
    ];
    rundown(tale);
    at(tale, "09:00:10");
    takesPorts(tale, sql, 15);
    takesPorts(tale, mail, 5);
    at(tale, "09:10:00");
    triesToBind(tale, web, 30);
    return tale;
  };

  const machineOf = (processes: readonly (readonly [string, number])[]): Machine => {
    const box = recordedMachine();
    for (const [name, processId] of processes) runs(box, name, processId);
    return box;
  };

  test("long after the trace named them, when those may have ended", () => {
    expect(refusalOf(namedTale(), captured(machineOf([["a.exe", 5200]]), "09:11:00"))).toBeNull();
  });

  test.each<readonly [string, readonly (readonly [string, number])[], RegExp | null]>([
    [
      "with the PIDs of those in the trace",
      [
        ["a.exe", 5200],
        ["b.exe", 5300],
        ["mail.exe", 5400],
      ],
      /PID 5200 is web\.exe/,
    ],
    [
      "and none of those in the trace",
      [
        ["a.exe", 700],
        ["b.exe", 704],
      ],
      /3 processes of the trace do not run/,
    ],
    [
      "of which one has got the PID of an ended one",
      [
        ["a.exe", 5200],
        ["sql.exe", 5300],
        ["mail.exe", 5400],
      ],
      null,
    ],
    [
      "with names cut or in other case",
      [
        ["WEB.EXE", 5200],
        ["sql.exe", 5300],
        ["mail.exe", 5400],
      ],
      null,
    ],
  ])("%s", (_, processes, expected) => {
    const refusal = refusalOf(namedTale(), captured(machineOf(processes), "09:09:00"));
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal).toMatch(expected);
  });
});
