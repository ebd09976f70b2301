// Tables of two moments are not added up: a port that was given back and taken again would count twice, and a pool would look
// fuller than it ever was. Excerpts of one moment are.

import { describe, expect, test } from "@jest/globals";
import { type Capture, zipOf } from "../../builders/capture/capture-files.ts";
import { netstatExcerpt, netstatFile } from "../../builders/capture/loose-texts.ts";
import type { Machine, Protocol } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { tcpConnectionsCsv } from "../../builders/capture/machine/cim.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { inOffice, OFFICE } from "../../builders/capture/scenarios/plot.ts";
import { captureReport, poolOf, portOwners, runLoose } from "../support/captures.ts";
import { recordsOf, type Run } from "../support/run.ts";

const OFFICE_TCP = OFFICE.listeners + OFFICE.connections;

/** The desktop at a moment at which somebody has so many bound ports, from there on. */
const moment = (count: number, fromPort: number): Machine => {
  const box = inOffice();
  binds(box, process(box, "node.exe", 5868), count, { fromPort });
  return box;
};

const EARLY = moment(1000, 51_000);
const LATE = moment(1500, 53_000);

const reasonOf = (run: Run, name: string): string | null | undefined =>
  captureReport(run).coverage.artifacts.find((artifact) => artifact.name === name)?.reason;

const diagnosticsOf = ({ records }: Run): string =>
  recordsOf(records, "diagnostic")
    .map(({ message }) => message)
    .join("\n");

const expectLeftOut = (run: Run, name: string, why: RegExp): void => {
  expect(reasonOf(run, name)).toMatch(why);
  expect(diagnosticsOf(run)).toMatch(new RegExp(`^${name.replace(".", "\\.")}: .*not counted`, "m"));
};

const expectCounted = (run: Run, name: string): void => {
  expect(reasonOf(run, name)).toBeNull();
  expect(diagnosticsOf(run)).not.toContain(name);
};

describe("two complete listings", () => {
  test.each([
    ["the fuller one last", ["early.txt", "late.txt"]],
    ["the fuller one first", ["late.txt", "early.txt"]],
  ])("are not added up: the fuller one counts, the other is told; %s", (_, names) => {
    const bytes = new Map([
      ["early.txt", netstatFile(EARLY)],
      ["late.txt", netstatFile(LATE)],
    ]);
    const run = runLoose(new Map(names.map((name) => [name, bytes.get(name) ?? new Uint8Array(0)])));
    expect(poolOf(run, "tcp")).toMatchObject({ used: 1500 + OFFICE_TCP, byClass: { bound: 1500 } });
    expectLeftOut(run, "early.txt", /another complete listing shows more/);
    expectCounted(run, "late.txt");
  });

  test("that are the same count once", () => {
    const run = runLoose(
      new Map([
        ["a.txt", netstatFile(LATE)],
        ["b.txt", netstatFile(LATE)],
      ]),
    );
    expect(poolOf(run, "tcp").used).toBe(1500 + OFFICE_TCP);
    expectCounted(run, "a.txt");
    expectLeftOut(run, "b.txt", /another complete listing/);
  });

  test("of Get-NetTCPConnection are not added up either", () => {
    const run = runLoose(
      new Map([
        ["early.csv", tcpConnectionsCsv(EARLY)],
        ["late.csv", tcpConnectionsCsv(LATE)],
      ]),
    );
    expect(poolOf(run, "tcp").used).toBe(1500 + OFFICE_TCP);
    expectLeftOut(run, "early.csv", /another complete listing/);
  });

  test("of two kinds are not added up, and what only one of them lists still counts", () => {
    const run = runLoose(
      new Map([
        ["early.txt", netstatFile(EARLY)],
        ["late.csv", tcpConnectionsCsv(LATE)],
      ]),
    );
    expect(poolOf(run, "tcp").used).toBe(1500 + OFFICE_TCP);
    expect(poolOf(run, "udp").used).toBe(OFFICE.udp);
    expectLeftOut(run, "early.txt", /Its TCP ports are not counted: another complete listing/);
  });
});

describe("excerpts", () => {
  const ofNode = (line: string): boolean => /\b5868\b/.test(line);
  const ofOthers = (line: string): boolean => !ofNode(line);

  test("are added to a complete listing and to each other", () => {
    const run = runLoose(
      new Map([
        ["others.txt", netstatExcerpt(LATE, ofOthers)],
        ["late.txt", netstatExcerpt(LATE, ofNode)],
        ["early.txt", netstatExcerpt(EARLY, ofNode)],
      ]),
    );
    expect(poolOf(run, "tcp")).toMatchObject({ used: 2500 + OFFICE_TCP, byClass: { bound: 2500 } });
    for (const name of ["others.txt", "late.txt", "early.txt"]) expectCounted(run, name);
  });
});

describe("texts beside a capture", () => {
  const without = (box: Machine, protocol: Protocol): Capture => {
    const bare = inOffice();
    Object.assign(bare, { sockets: box.sockets, processes: box.processes });
    for (const family of ["ipv4", "ipv6"]) lacks(bare, `${protocol}-${family}`, "failed", "Win32 error 8.");
    for (const name of ["handle-table", "afd-handles"]) lacks(bare, name, "failed", "Win32 error 5.");
    if (protocol === "tcp")
      for (const family of ["ipv4", "ipv6"]) lacks(bare, `bound-tcp-${family}`, "failed", "Win32 error 8.");
    return captureOf(bare);
  };
  const isOf =
    (protocol: Protocol) =>
    (line: string): boolean =>
      line.trim().startsWith(protocol.toUpperCase());
  const beside = (capture: Capture, text: Uint8Array): Run =>
    runLoose(
      new Map([
        ["netstat.txt", text],
        ["snapshot.zip", zipOf(capture)],
      ]),
    );

  test.each(["tcp", "udp"] as const)("of %s count where the capture has no tables of it", (protocol) => {
    const text = netstatExcerpt(EARLY, isOf(protocol));
    const run = beside(without(LATE, protocol), text);
    expect(poolOf(run, protocol).used).toBe(protocol === "tcp" ? 1000 + OFFICE_TCP : OFFICE.udp);
    expectCounted(run, "netstat.txt");
  });

  test("of both protocols count for the one that the capture has no tables of", () => {
    const run = beside(without(LATE, "udp"), netstatFile(EARLY));
    expect(poolOf(run, "tcp").used).toBe(1500 + OFFICE_TCP);
    expect(poolOf(run, "udp").used).toBe(OFFICE.udp);
    expectLeftOut(run, "netstat.txt", /^Its TCP ports are not counted/);
    expect(reasonOf(run, "netstat.txt")).not.toMatch(/UDP/);
  });

  test.each(["tcp", "udp"] as const)("of %s do not where the capture has tables of it", (protocol) => {
    const text = netstatExcerpt(EARLY, isOf(protocol));
    const whole = captureOf(LATE);
    const run = beside(whole, text);
    expect(captureReport(run).pools).toEqual(captureReport(runLoose(new Map([["c.zip", zipOf(whole)]]))).pools);
    expectLeftOut(run, "netstat.txt", /the capture has tables of its own/);
    expect(portOwners(run).find(({ processId }) => processId === 5868)?.ports).toBe(1500);
  });
});
