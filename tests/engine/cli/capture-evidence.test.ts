// Loose evidence: what netstat and netsh print in three languages, of machines whose truth is known. A text tells less than a
// capture, and never more.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Machine, machine, type Process } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { dynamicPortLines, excludedPortLines, netstatLines } from "../../builders/capture/machine/evidence.ts";
import { excludes, logged, probeMeets, range, WSAENOBUFS } from "../../builders/capture/machine/settings.ts";
import { binds, connects, peerCloses, visits } from "../../builders/capture/machine/sockets.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import type { Language } from "../../builders/capture/netsh-text.ts";
import { oemBytes } from "../../builders/capture/oem-text.ts";
import { inOffice, OFFICE } from "../../builders/capture/scenarios/plot.ts";
import { zipOf } from "../../builders/capture/capture-files.ts";
import { afdOwners, captureReport, poolOf, portOwners, runLoose } from "../support/captures.ts";
import { anyMachine } from "../pools/machines.ts";

const LANGUAGES: readonly Language[] = ["en", "de", "fr"];

const utf16 = (lines: readonly string[]): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines.join("\r\n"), "utf16le")]));

const utf8 = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join("\n"));

const ENCODINGS = { oem: oemBytes, utf16, utf8 } as const;

/** netstat -anoq and the two netsh texts of each transport, as an administrator would gather them. */
const gathered = (box: Machine, encode: (lines: readonly string[]) => Uint8Array = oemBytes): Map<string, Uint8Array> =>
  new Map([
    ["netstat.txt", encode(netstatLines(box, { q: true }))],
    ["range-tcp.txt", encode(dynamicPortLines(box, "tcp"))],
    ["range-udp.txt", encode(dynamicPortLines(box, "udp"))],
    ["excluded-tcp.txt", encode(excludedPortLines(box, "tcp"))],
    ["excluded-udp.txt", encode(excludedPortLines(box, "udp"))],
  ]);

/** A desktop, on which somebody does something with ports. Every Windows listens on 135, by which listeners are told. */
const leaking = (turn: (box: Machine, by: Process) => void, language: Language): Machine => {
  const box = inOffice({ language });
  turn(box, process(box, "node.exe", 5868));
  return box;
};

const OFFICE_TCP = OFFICE.listeners + OFFICE.connections;

const told = (box: Machine, language: Language): Machine => ({ ...box, options: { ...box.options, language } });

describe.each(LANGUAGES)("texts in %s", (language) => {
  test.each(Object.entries(ENCODINGS))("as %s tell of a bound leak what the tables tell", (_, encode) => {
    const box = leaking((each, by) => binds(each, by, 14_000), language);
    const run = runLoose(gathered(box, encode));
    const { verdict, coverage } = captureReport(run);
    expect(verdict).toMatchObject({
      level: "Critical",
      pattern: "BoundLeak",
      pool: "tcp",
      culprit: { processId: 5868, processName: null, ports: 14_000 },
      exitCode: 2,
    });
    expect(coverage.artifacts.map(({ kind, status }) => [kind, status])).toEqual([
      ["netstat", "read"],
      ["dynamic-port-range", "read"],
      ["dynamic-port-range", "read"],
      ["excluded-port-range", "read"],
      ["excluded-port-range", "read"],
    ]);
    // One listener is outside the range; of each connection there are two rows.
    expect(coverage.artifacts[0]?.rows).toBe(14_000 + OFFICE_TCP + OFFICE.connections + 1 + OFFICE.udp);
    expect(poolOf(run, "tcp")).toMatchObject({ used: 14_000 + OFFICE_TCP, capacity: 16_384, assumed: false });
  });

  test("tell of a UDP leak, and of the range that it is in", () => {
    const box = told(machine(), language);
    range(box, "udp", 20_000, 1000);
    binds(box, process(box, "resolver.exe", 2200), 990, { protocol: "udp" });
    const run = runLoose(gathered(box));
    expect(captureReport(run).verdict).toMatchObject({ level: "Exhausted", pattern: "UdpLeak", pool: "udp" });
    expect(poolOf(run, "udp")).toMatchObject({ start: 20_000, capacity: 1000, used: 990 });
    // Not one TCP row is there, so nothing shows that pool.
    expect(captureReport(run).pools.map(({ protocol }) => protocol)).toEqual(["udp"]);
  });

  test("tell of exclusions, the administered ones too", () => {
    const box = told(inOffice(), language);
    excludes(box, "tcp", 50_000, 50_099);
    excludes(box, "tcp", 60_000, 60_009, true);
    const run = runLoose(gathered(box));
    expect(poolOf(run, "tcp")).toMatchObject({ excluded: 110, capacity: 16_274 });
    expect(poolOf(run, "udp")).toMatchObject({ excluded: 0 });
    expect(captureReport(run).reservations).toMatchObject([
      { protocol: "tcp", startPort: 50_000, endPort: 50_099, administered: false, inDynamicRange: true },
      { protocol: "tcp", startPort: 60_000, endPort: 60_009, administered: true, inDynamicRange: true },
    ]);
  });

  test("tell TIME_WAIT by its PID 0", () => {
    const box = leaking((each, by) => visits(each, by, 9000), language);
    const run = runLoose(gathered(box));
    expect(captureReport(run).verdict).toMatchObject({ level: "Elevated", pattern: "TimeWaitChurn" });
    expect(poolOf(run, "tcp").byClass).toMatchObject({ timeWait: 9000, connected: 30 });
    expect(portOwners(run)[0]).toMatchObject({ processId: 0, ports: 9000, timeWait: 9000 });
  });

  test("tell of CLOSE_WAIT at least that these are connections", () => {
    const box = leaking((each, by) => peerCloses(connects(each, by, 9000)), language);
    const run = runLoose(gathered(box));
    const { closeWait, connected, bound } = poolOf(run, "tcp").byClass;
    expect([closeWait + connected, bound]).toEqual([9000 + OFFICE.connections, 0]);
    expect(captureReport(run).verdict).toMatchObject({ level: "Elevated", culprit: { processId: 5868 } });
    expect(["CloseWaitLeak", "ConnectionBuildUp"]).toContain(captureReport(run).verdict.pattern);
  });
});

describe("texts in several languages", () => {
  test("a German netstat and French ranges are one machine's", () => {
    const german = leaking((each, by) => binds(each, by, 14_000), "de");
    range(german, "tcp", 49_152, 15_000);
    const french = told(german, "fr");
    const run = runLoose(
      new Map([
        ["netstat.txt", utf16(netstatLines(german, { q: true }))],
        ["plage.txt", oemBytes(dynamicPortLines(french, "tcp"))],
        ["exclusions.txt", utf8(excludedPortLines(french, "tcp"))],
      ]),
    );
    expect(poolOf(run, "tcp")).toMatchObject({ ports: 15_000, assumed: false, used: 14_000 + OFFICE_TCP });
    expect(captureReport(run).verdict).toMatchObject({
      level: "Critical",
      pattern: "BoundLeak",
      culprit: { processId: 5868, ports: 14_000 },
    });
  });
});

describe("texts of any machine", () => {
  test("use as many ports as its tables do", () => {
    fc.assert(
      fc.property(anyMachine(), fc.constantFrom(...LANGUAGES), (make, language) => {
        const box = told(make(), language);
        const loose = runLoose(gathered(box));
        const whole = runLoose(new Map([["whole.zip", zipOf(captureOf(box))]]));
        for (const protocol of ["tcp", "udp"] as const) {
          const { used, capacity, excluded } = poolOf(whole, protocol);
          // Without a single row of a transport a text shows no pool of it.
          const [pool] = captureReport(loose).pools.filter((each) => each.protocol === protocol);
          if (pool === undefined) expect(used).toBe(0);
          else expect(pool).toMatchObject({ used, capacity, excluded });
        }
      }),
      { numRuns: 30 },
    );
  });

  test("say the same in whatever order they are given", () => {
    const box = inOffice({ language: "de" });
    const files = [...gathered(box)];
    const said = (given: typeof files) => {
      const { verdict, pools, ranges } = captureReport(runLoose(new Map(given)));
      const sorted = ranges.map((each) => JSON.stringify(each)).sort();
      return { verdict: { ...verdict, reasons: [...verdict.reasons].sort() }, pools, ranges: sorted };
    };
    expect(said(files.toReversed())).toEqual(said(files));
  });
});

describe("what texts cannot tell", () => {
  test("netstat without -q shows no bound sockets, so health is not known", () => {
    const box = leaking((each, by) => binds(each, by, 14_000), "fr");
    const files = gathered(box).set("netstat.txt", oemBytes(netstatLines(box, { q: false })));
    const report = captureReport(runLoose(files));
    expect(report.verdict).toMatchObject({ level: "Unknown", culprit: null, exitCode: 10 });
    expect(poolOf(runLoose(files), "tcp").used).toBe(OFFICE_TCP);
  });

  test("netstat alone takes Windows' default range, and says that it is assumed", () => {
    const box = leaking((each, by) => binds(each, by, 14_000), "de");
    const run = runLoose(new Map([["netstat.txt", oemBytes(netstatLines(box, { q: true }))]]));
    expect(poolOf(run, "tcp")).toMatchObject({
      start: 49_152,
      ports: 16_384,
      assumed: true,
      used: 14_000 + OFFICE_TCP,
    });
    expect(captureReport(run)).toMatchObject({ verdict: { level: "Critical" }, ranges: [] });
    expect(captureReport(run).verdict.confidence).not.toBe("High");
  });

  test("a range alone tells no use, and no pool", () => {
    const run = runLoose(new Map([["range.txt", oemBytes(dynamicPortLines(machine({ language: "fr" }), "tcp"))]]));
    expect(captureReport(run)).toMatchObject({
      verdict: { level: "Unknown", exitCode: 10 },
      pools: [],
      ranges: [{ protocol: "tcp", start: 49_152, ports: 16_384 }],
    });
  });

  test("nobody's handles are listed, and nobody's machine is named", () => {
    const run = runLoose(gathered(inOffice()));
    expect(afdOwners(run)).toEqual([]);
    expect(captureReport(run).machine).toEqual({
      name: null,
      osBuild: null,
      time: null,
      elevated: null,
      debugPrivilege: null,
    });
  });

  test("one file of no known kind among others is said, and the others are analysed", () => {
    const files = gathered(inOffice()).set("letter.txt", utf8(["Dear colleague,", "port 50000 is mine."]));
    const { coverage, pools } = captureReport(runLoose(files));
    expect(coverage.artifacts.find(({ name }) => name === "letter.txt")).toMatchObject({
      kind: null,
      rows: 0,
      status: "unrecognised",
    });
    expect(pools).toHaveLength(2);
  });
});

describe("a capture in Constrained Language Mode", () => {
  /** No native calls: netstat's text, netsh's texts, and what CIM has as values. */
  const constrained = (turn: (box: Machine) => void = () => undefined) => {
    const box = leaking((each, by) => binds(each, by, 14_000), "fr");
    turn(box);
    const { json, entries } = captureOf(box);
    const isNative = (kind: string): boolean => /-table$|^afd-handles$|^port-probe$/.test(kind);
    const artifacts = json.artifacts.map((artifact) =>
      isNative(artifact.kind)
        ? { ...artifact, status: "absent" as const, reason: "Constrained Language Mode.", entry: null }
        : artifact,
    );
    const netstat = {
      name: "netstat",
      kind: "netstat",
      status: "read" as const,
      reason: null,
      entry: "netstat.txt",
      protocol: null,
      family: null,
      tableClass: null,
    };
    return {
      json: { ...json, artifacts: [...artifacts, netstat], inspections: [], probes: [] },
      entries: new Map([...entries, ["netstat.txt", oemBytes(netstatLines(box, { q: true }))]]),
    };
  };

  test("names the culprit by the text and the process list", () => {
    const report = captureReport(runLoose(new Map([["c.zip", zipOf(constrained())]])));
    expect(report.verdict).toMatchObject({
      level: "Critical",
      pattern: "BoundLeak",
      culprit: { processId: 5868, processName: "node.exe", ports: 14_000 },
    });
    expect(report.verdict.confidence).not.toBe("High");
  });

  test("counts events and a later probe as any capture does", () => {
    const capture = constrained((box) => {
      logged(box, 4231, 1);
      probeMeets(box, "tcp", WSAENOBUFS);
    });
    expect(captureReport(runLoose(new Map([["c.zip", zipOf(capture)]]))).verdict).toMatchObject({ level: "Exhausted" });
  });
});
