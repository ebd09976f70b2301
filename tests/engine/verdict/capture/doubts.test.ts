// What may not be called healthy, exhausted or certain: sights that are not whole, ranges that are not known, probes that
// contradict each other, numbers that rounding would carry over a limit. Found by a review of the verdicts.

import { describe, expect, test } from "@jest/globals";
import type { Verdict } from "../../../../engine/generated/records.ts";
import { percent } from "../../../../engine/verdict/phrases.ts";
import { type Capture, zipOf } from "../../../builders/capture/capture-files.ts";
import {
  withAnswer,
  withArtifact,
  withEntry,
  withInspection,
  withJson,
  withoutEntry,
} from "../../../builders/capture/changes.ts";
import { bequeathed } from "../../../builders/capture/heirs.ts";
import { netstatFile, rangeFile } from "../../../builders/capture/loose-texts.ts";
import { type Absence, type Machine, machine } from "../../../builders/capture/machine.ts";
import { captureOf } from "../../../builders/capture/machine/capture.ts";
import { process } from "../../../builders/capture/machine/processes.ts";
import { lacks, range, withoutProbe, WSAENOBUFS } from "../../../builders/capture/machine/settings.ts";
import { binds, connects, listens } from "../../../builders/capture/machine/sockets.ts";
import { inOffice, leaking } from "../../../builders/capture/scenarios/plot.ts";
import { captureReport, poolOf, runLoose, runMachine, runOf } from "../../support/captures.ts";

const saidIn = ({ summary, reasons }: Verdict): string => [summary, ...reasons].join("\n");

/** A desktop on which nobody probed: only what was seen can make it healthy. */
const unprobed = (given: Parameters<typeof inOffice>[0] = {}, turn: (box: Machine) => void = () => undefined) => {
  const box = inOffice(given);
  turn(box);
  withoutProbe(box);
  return box;
};

const failing =
  (...names: readonly string[]) =>
  (box: Machine): void => {
    for (const name of names) lacks(box, name, "failed", "Win32 error 8.");
  };

const HANDLES = ["handle-table", "afd-handles"] as const;
const BOUND = ["bound-tcp-ipv4", "bound-tcp-ipv6"] as const;
const TABLES = ["tcp-ipv4", "tcp-ipv6", "udp-ipv4", "udp-ipv6", ...BOUND] as const;

/** Windows 7 has no bound tables, so only handles show bound sockets. */
const SEVEN = { osBuild: 7601 } as const;

const partly = { status: "partial", reason: "It grew five times." } as const;

/** As Constrained Language Mode has it, where tables cannot be asked for. */
const withNetstat = (
  given: Partial<Parameters<typeof withAnswer>[1]>,
  tables: Absence["status"] = "absent",
): Capture => {
  const box = unprobed({}, (each) => {
    for (const name of [...TABLES, ...HANDLES]) lacks(each, name, tables, "Constrained Language Mode.");
  });
  return withAnswer(captureOf(box), { name: "netstat", kind: "netstat", ...given }, netstatFile(box));
};

const WITHOUT_HANDLES = (): Capture => captureOf(unprobed({}, failing(...HANDLES)));

const SIGHTS: Readonly<Record<string, readonly [() => Capture, Verdict["level"]]>> = {
  "all bound tables, no handles": [WITHOUT_HANDLES, "Healthy"],
  "one bound table failed": [() => captureOf(unprobed({}, failing("bound-tcp-ipv4", ...HANDLES))), "Unknown"],
  "the other bound table failed": [() => captureOf(unprobed({}, failing("bound-tcp-ipv6", ...HANDLES))), "Unknown"],
  "one bound table in part": [() => withArtifact(WITHOUT_HANDLES(), "bound-tcp-ipv6", partly), "Unknown"],
  "one bound table lost": [() => withoutEntry(WITHOUT_HANDLES(), "bound-tcp-ipv4.bin"), "Unknown"],
  "one bound table that this Windows does not have": [
    () => withArtifact(WITHOUT_HANDLES(), "bound-tcp-ipv6", { status: "absent", entry: null }),
    "Healthy",
  ],
  "one bound table failed, and Windows gave a port": [
    () => {
      const box = inOffice();
      failing("bound-tcp-ipv4", ...HANDLES)(box);
      return captureOf(box);
    },
    "Healthy",
  ],
  "handles only": [() => captureOf(unprobed(SEVEN)), "Healthy"],
  "handles only, and their file is lost": [
    () => withoutEntry(captureOf(unprobed(SEVEN)), "afd-handles.bin"),
    "Unknown",
  ],
  "handles only, and their file is cut": [
    () => withEntry(captureOf(unprobed(SEVEN)), "afd-handles.bin", (bytes) => bytes.slice(0, -5)),
    "Unknown",
  ],
  "handles only, of a process a sample": [
    () => captureOf(unprobed(SEVEN, (box) => box.samples.set(6016, 2))),
    "Unknown",
  ],
  "handles only, of a process a part": [
    () => withInspection(captureOf(unprobed(SEVEN)), 6016, { status: "partial" }),
    "Unknown",
  ],
  "netstat -q instead of tables": [() => withNetstat({}), "Healthy"],
  "netstat -q beside tables that failed": [() => withNetstat({}, "failed"), "Healthy"],
  "netstat -q that was cut": [() => withNetstat(partly), "Unknown"],
};

describe("what is seen of a machine on which nobody probed", () => {
  test.each(Object.entries(SIGHTS))("with %s", (_, [capture, level]) => {
    const { verdict } = captureReport(runOf(capture()));
    expect(verdict).toMatchObject({ level, pattern: "None", culprit: null });
    expect(saidIn(verdict)).toMatch(level === "Healthy" ? /No port exhaustion/ : /cannot tell whether ports are short/);
  });
});

describe("clients outside a range that is only assumed", () => {
  const RANGES = ["dynamic-range-tcp-ipv4", "dynamic-range-tcp-ipv6"] as const;
  const calling = (clients: number): Machine => {
    const box = inOffice();
    connects(box, process(box, "java.exe", 5868), clients, { fromPort: 20_000 });
    return box;
  };
  const capturedOf = (box: Machine) => {
    failing(...RANGES)(box);
    return runMachine(box);
  };
  const looseOf = (box: Machine) => runLoose(new Map([["netstat.txt", netstatFile(box)]]));

  test.each([
    ["a capture", capturedOf],
    ["netstat", looseOf],
  ])("of %s make the answer Unknown from 128 on", (_, runOn) => {
    const { verdict } = captureReport(runOn(calling(128)));
    expect(verdict).toMatchObject({ level: "Unknown", exitCode: 10, confidence: "Low" });
    expect(saidIn(verdict)).toMatch(/128 ports that clients use lie outside the assumed range/);
    const fewer = captureReport(runOn(calling(127))).verdict;
    expect(fewer).toMatchObject({ level: "Healthy" });
    expect(saidIn(fewer)).not.toMatch(/outside the assumed range/);
  });

  test("do not, where the range was read: then they asked for their ports by number", () => {
    expect(captureReport(runMachine(calling(500))).verdict).toMatchObject({ level: "Healthy", confidence: "High" });
  });
});

describe("loose TCP rows", () => {
  const listeningAt = (port: number): Machine => {
    const box = machine();
    listens(box, process(box, "svchost.exe", 1180), 1, { fromPort: port });
    connects(box, process(box, "msedge.exe", 6016), 30);
    return box;
  };

  test.each([
    [80, "Unknown"],
    [134, "Unknown"],
    [135, "Healthy"],
    [445, "Healthy"],
    [446, "Unknown"],
  ] as const)("with a listener at %i only are %s", (port, level) => {
    const { verdict } = captureReport(runLoose(new Map([["netstat.txt", netstatFile(listeningAt(port))]])));
    expect(verdict).toMatchObject({ level });
    expect(/excerpt/.test(saidIn(verdict))).toBe(level === "Unknown");
  });

  test("that are an excerpt still prove a shortage", () => {
    const box = machine();
    binds(box, process(box, "node.exe", 5868), 14_000);
    const { verdict } = captureReport(runLoose(new Map([["netstat.txt", netstatFile(box)]])));
    expect(verdict).toMatchObject({ level: "Critical", pattern: "BoundLeak", culprit: { processId: 5868 } });
  });
});

describe("probes", () => {
  /** Bound sockets cannot be seen; two processes share the others, so that who holds them is no doubt of its own. */
  const probed = (used: number, ipv4: number | null, ipv6: number | null): Machine => {
    const box = machine();
    const half = Math.floor(used / 2);
    for (const [processId, ports] of [[5868, half] as const, [5872, used - half] as const])
      connects(box, process(box, `app${processId}.exe`, processId), ports, { how: "connect" });
    failing(...BOUND, ...HANDLES)(box);
    box.probes = [
      { protocol: "tcp", family: "ipv4", error: ipv4 },
      { protocol: "tcp", family: "ipv6", error: ipv6 },
    ];
    return box;
  };

  test.each([
    ["one succeeds and the other has no buffers", 20, null, WSAENOBUFS, "Unknown", "Low"],
    ["both have no buffers", 20, WSAENOBUFS, WSAENOBUFS, "Exhausted", "Medium"],
    ["both have no buffers, one port below 80 %", 13_107, WSAENOBUFS, WSAENOBUFS, "Exhausted", "Medium"],
    ["both have no buffers, from 80 % on", 13_108, WSAENOBUFS, WSAENOBUFS, "Exhausted", "High"],
    ["one has no buffers, from 80 % on", 13_108, null, WSAENOBUFS, "Exhausted", "High"],
    ["both succeed", 20, null, null, "Healthy", "Medium"],
  ] as const)("where %s", (_, used, ipv4, ipv6, level, confidence) => {
    expect(captureReport(runMachine(probed(used, ipv4, ipv6))).verdict).toMatchObject({ level, confidence });
  });

  test("that gave neither a port nor an error have not succeeded", () => {
    const capture = captureOf(probed(20, null, null));
    expect(captureReport(runOf(capture)).verdict).toMatchObject({ level: "Healthy" });
    const probes = capture.json.probes.map((probe) => ({ ...probe, port: null, error: null }));
    expect(captureReport(runOf(withJson(capture, { probes }))).verdict).toMatchObject({ level: "Unknown" });
  });
});

describe("an auto-reuse range", () => {
  const OVER = { protocol: "tcp", family: null, start: 49_152, ports: 16_384 } as const;
  const full = (isProbed: boolean, range: Partial<typeof OVER> | { readonly start: number } = {}): Verdict => {
    const box = leaking((each, by) => connects(each, by, 16_100));
    if (!isProbed) withoutProbe(box);
    return captureReport(runOf(withJson(captureOf(box), { autoReuseRanges: [{ ...OVER, ...range }] }))).verdict;
  };

  test("over the pool makes 98 % of its numbers no exhaustion, where Windows gave a port", () => {
    const verdict = full(true);
    expect(verdict).toMatchObject({ level: "Critical", exitCode: 2, pattern: "ConnectionBuildUp" });
    expect(saidIn(verdict)).toMatch(/auto-reuse range is set \(49152, 16,384 ports\).* not yet a shortage/);
  });

  test("over the pool does not, where nobody asked for a port", () => {
    expect(full(false)).toMatchObject({ level: "Exhausted" });
  });

  test("elsewhere does not", () => {
    expect(full(true, { start: 20_000 })).toMatchObject({ level: "Exhausted" });
  });
});

describe("two ranges of one protocol", () => {
  const ranged = (start: number, ports: number): Machine => {
    const box = inOffice();
    range(box, "tcp", start, ports);
    return box;
  };
  const FIRST = ranged(49_152, 16_000);
  const SECOND = ranged(40_000, 20_000);

  test("of loose texts: the first is used, and the contradiction is told", () => {
    const texts = (boxes: readonly Machine[]) =>
      runLoose(
        new Map([
          ["netstat.txt", netstatFile(FIRST)],
          ...boxes.map((box, index) => [`range${index}.txt`, rangeFile(box, "tcp")] as const),
        ]),
      );
    for (const [boxes, start] of [[[FIRST, SECOND], 49_152] as const, [[SECOND, FIRST], 40_000] as const]) {
      const run = texts(boxes);
      expect(poolOf(run, "tcp")).toMatchObject({ start, assumed: false });
      const { verdict } = captureReport(run);
      expect(verdict.confidence).not.toBe("High");
      expect(saidIn(verdict)).toMatch(/Different dynamic ranges of TCP are told: .* The first is used/);
    }
    expect(saidIn(captureReport(texts([FIRST, FIRST])).verdict)).not.toMatch(/Different dynamic ranges/);
  });

  test("of a capture and of a text: the capture's is used, and it is not certain", () => {
    const beside = (box: Machine) =>
      runLoose(
        new Map([
          ["range.txt", rangeFile(box, "tcp")],
          ["snapshot.zip", zipOf(captureOf(FIRST))],
        ]),
      );
    expect(captureReport(beside(FIRST)).verdict).toMatchObject({ level: "Healthy", confidence: "High" });
    const run = beside(SECOND);
    expect(poolOf(run, "tcp")).toMatchObject({ start: 49_152, ports: 16_000 });
    expect(captureReport(run).verdict).toMatchObject({ level: "Healthy", confidence: "Medium" });
    expect(saidIn(captureReport(run).verdict)).toMatch(/Different dynamic ranges of TCP are told/);
  });
});

describe("where the holder is out of sight", () => {
  const orphaned = (elevated: boolean): string => {
    const given = { elevated, debugPrivilege: elevated };
    const box = bequeathed((each, by) => binds(each, by, 14_000), { isHeirOpen: false, given });
    return saidIn(captureReport(runMachine(box)).verdict);
  };

  test("an elevated session that looked into handles is not sent to an elevated session", () => {
    expect(orphaned(true)).toMatch(/another process must hold its sockets: one whose handles could not be read/);
    expect(orphaned(true)).not.toMatch(/elevated/i);
  });

  test("one that is not elevated is", () => {
    expect(orphaned(false)).toMatch(/which one only handles tell, read by an elevated session/);
  });

  test("an elevated session that looked into no handles is told that handles tell", () => {
    const box = bequeathed((each, by) => binds(each, by, 14_000));
    failing(...HANDLES)(box);
    const { verdict } = captureReport(runMachine(box));
    expect(saidIn(verdict)).toMatch(/which one only handles tell/);
  });
});

describe("percentages", () => {
  test.each([
    [1, "less than 0.1 %"],
    [16, "less than 0.1 %"],
    [17, "0.1 %"],
    [13_106, "79.9 %"],
    [13_107, "79.9 %"],
    [13_108, "80 %"],
    [16_056, "97.9 %"],
    [16_380, "99.9 %"],
    [16_384, "100 %"],
  ] as const)("of %i used ports of 16,384: %s", (used, text) => {
    const box = machine();
    binds(box, process(box, "any.exe", 5868), used);
    const { summary, reasons } = captureReport(runMachine(box)).verdict;
    const told = `${used.toString().replace(/\B(?=(\d{3})+$)/g, ",")} of 16,384`;
    for (const sentence of [summary, reasons[0] ?? ""]) {
      expect(sentence).toContain(told);
      expect(/in use \(([^)]*)\)/.exec(sentence)?.[1]).toBe(text);
    }
  });

  test.each([
    [0, "0 %"],
    [1 / 16_384, "less than 0.1 %"],
    [0.5, "50 %"],
    [16_383 / 16_384, "99.9 %"],
    [1, "100 %"],
  ])("a share of %d is %s: neither nothing nor all, where it is not", (part, text) => {
    expect(percent(part)).toBe(text);
  });

  test("a culprit that holds nearly all does not hold all", () => {
    const box = machine();
    binds(box, process(box, "node.exe", 5868), 16_379);
    binds(box, process(box, "other.exe", 5900), 5);
    const { culprit, summary } = captureReport(runMachine(box)).verdict;
    expect(culprit?.reason).toMatch(/holds 16,379 .*\(99\.9 %\)/);
    expect(summary).toMatch(/16,384 of 16,384 .*\(100 %\)/);
  });
});
