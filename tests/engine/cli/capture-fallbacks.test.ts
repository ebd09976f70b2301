// Captures whose tables came another way: CIM's rows as CSV for the bound tables, or for all of them; and captures that
// somebody gave together with texts of the same machine. The ports are the same ports.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Capture, zipOf } from "../../builders/capture/capture-files.ts";
import type { Artifact } from "../../builders/capture/capture-json.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { boundConnectionsCsv, tcpConnectionsCsv, udpEndpointsCsv } from "../../builders/capture/machine/cim.ts";
import { netstatLines } from "../../builders/capture/machine/evidence.ts";
import { lacks, withoutProbe } from "../../builders/capture/machine/settings.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { oemBytes } from "../../builders/capture/oem-text.ts";
import { leaking, orphaned } from "../../builders/capture/scenarios/plot.ts";
import { anyMachine } from "../pools/machines.ts";
import { captureReport, poolOf, portOwners, runLoose, runOf } from "../support/captures.ts";

const csvArtifact = (name: string, kind: string, protocol: "tcp" | "udp" = "tcp"): Artifact => ({
  name,
  kind,
  status: "read",
  reason: null,
  entry: `${name}.csv`,
  protocol,
  family: null,
  tableClass: null,
});

type Replacement = { readonly artifact: Artifact; readonly bytes: Uint8Array };

/** The capture without the artifacts of some kinds, and with others in their place. */
const replaced = ({ json, entries }: Capture, kinds: RegExp, replacements: readonly Replacement[]): Capture => ({
  json: {
    ...json,
    artifacts: [
      ...json.artifacts.map((artifact) =>
        kinds.test(artifact.kind)
          ? { ...artifact, status: "failed" as const, reason: "The export is missing.", entry: null }
          : artifact,
      ),
      ...replacements.map(({ artifact }) => artifact),
    ],
  },
  entries: new Map([
    ...entries,
    ...replacements.map(({ artifact, bytes }) => [artifact.entry ?? artifact.name, bytes] as const),
  ]),
});

const withBoundCsv = (box: Machine): Capture =>
  replaced(captureOf(box), /^bound-tcp-table$/, [
    { artifact: csvArtifact("bound-tcp-connections", "net-tcp-connection"), bytes: boundConnectionsCsv(box) },
  ]);

const withCsvTables = (box: Machine, kinds = /^(tcp|udp|bound-tcp)-table$/): Capture =>
  replaced(captureOf(box), kinds, [
    { artifact: csvArtifact("tcp-connections", "net-tcp-connection"), bytes: tcpConnectionsCsv(box) },
    { artifact: csvArtifact("udp-endpoints", "net-udp-endpoint", "udp"), bytes: udpEndpointsCsv(box) },
  ]);

/** And no handles, as in Constrained Language Mode. */
const withCsvOnly = (box: Machine): Capture => {
  const capture = withCsvTables(box, /-table$|^afd-handles$/);
  return { ...capture, json: { ...capture.json, inspections: [] } };
};

describe("CIM's rows", () => {
  test("stand in for the bound tables", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const box = make();
        const [whole, stood] = [captureOf(box), withBoundCsv(box)].map((capture) => runOf(capture));
        if (whole === undefined || stood === undefined) throw new Error("there were two captures");
        expect(captureReport(stood).pools).toEqual(captureReport(whole).pools);
      }),
      { numRuns: 20 },
    );
  });

  test("stand in for all tables", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const box = make();
        const [whole, stood] = [captureOf(box), withCsvTables(box)].map((capture) => runOf(capture));
        if (whole === undefined || stood === undefined) throw new Error("there were two captures");
        expect(captureReport(stood).pools).toEqual(captureReport(whole).pools);
      }),
      { numRuns: 20 },
    );
  });

  test("show a leak of bound sockets, and its age", () => {
    const box = leaking((each, by) => binds(each, by, 14_000));
    const run = runOf(withCsvOnly(box));
    expect(captureReport(run).verdict).toMatchObject({
      level: "Critical",
      pattern: "BoundLeak",
      culprit: { processId: 5868, processName: "node.exe" },
    });
    expect(portOwners(run)[0]?.oldest).toMatch(/^2026-03-02T01:00:00\./);
  });

  test("tell by their ages that a PID was recycled", () => {
    const { box } = orphaned(9000);
    box.processes.push({
      name: "notepad.exe",
      processId: 5868,
      parentId: 4,
      created: box.now,
      session: 1,
      services: [],
      refusal: 0,
    });
    const { verdict } = captureReport(runOf(withCsvOnly(box)));
    expect(verdict).toMatchObject({ level: "Elevated", culprit: null });
    expect(verdict.reasons).toContainEqual(expect.stringMatching(/not to blame/));
  });

  test("of bound sockets without a single row are a sight of them all the same", () => {
    const box = leaking(() => undefined);
    for (const name of ["handle-table", "afd-handles"]) lacks(box, name, "failed", "Win32 error 5.");
    withoutProbe(box);
    expect(captureReport(runOf(withBoundCsv(box))).verdict).toMatchObject({ level: "Healthy" });
    lacks(box, "bound-tcp-ipv4", "failed", "The export is missing.");
    expect(captureReport(runOf(captureOf(box))).verdict).toMatchObject({ level: "Unknown" });
  });
});

describe("a capture with texts of the same machine", () => {
  test("has the same pools: what two sources tell is told once", () => {
    fc.assert(
      fc.property(anyMachine(), (make) => {
        const box = make();
        const zip = zipOf(captureOf(box));
        const alone = runLoose(new Map([["c.zip", zip]]));
        const text = oemBytes(netstatLines(box, { q: true }));
        const both = runLoose(
          new Map([
            ["c.zip", zip],
            ["netstat.txt", text],
          ]),
        );
        expect(captureReport(both).pools).toEqual(captureReport(alone).pools);
      }),
      { numRuns: 20 },
    );
  });

  test("keeps its culprit", () => {
    const { box } = orphaned(14_000);
    const files = new Map([
      ["c.zip", zipOf(captureOf(box))],
      ["netstat.txt", oemBytes(netstatLines(box, { q: true }))],
    ]);
    const run = runLoose(files);
    expect(captureReport(run).verdict).toMatchObject({
      level: "Critical",
      culprit: { processId: 7120, ports: 14_000 },
    });
    expect(poolOf(run, "tcp").used).toBe(14_000);
  });
});
