// Captures that cannot be compared: of two machines, of two starts, with a clock that jumped, of one moment, or none at all.

import { describe, expect, test } from "@jest/globals";
import { type Capture, writeCaptureFolder, zipEntriesOf, zipOf } from "../../builders/capture/capture-files.ts";
import { withJson } from "../../builders/capture/changes.ts";
import { type Machine, machine, minutesLater } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { netstatLines } from "../../builders/capture/machine/evidence.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { binds } from "../../builders/capture/machine/sockets.ts";
import { oemBytes } from "../../builders/capture/oem-text.ts";
import { nothing, seriesOf } from "../../builders/capture/series.ts";
import { writeZip } from "../../builders/capture/zip-writer.ts";
import { runCompare } from "../../../engine/cli/compare.ts";
import { compareCaptures, compareFiles, comparisonOf, growthOf, refusalOf } from "../support/compare.ts";
import { withFolder } from "../support/files.ts";
import { onlyOf, run } from "../support/run.ts";

const MINUTE = 600_000_000n;

/** Three services that run as long as the machine does, and one program. */
const working = (given: Parameters<typeof machine>[0] = {}): Machine => {
  const box = machine(given);
  for (const [index, name] of ["smss.exe", "csrss.exe", "services.exe"].entries()) process(box, name, 300 + index * 4);
  binds(box, process(box, "node.exe", 5868), 50);
  minutesLater(box, 60);
  return box;
};

const setClock = (box: Machine, minutes: number): void => {
  box.now += BigInt(minutes) * MINUTE;
};

const withoutKernelTime = (capture: Capture): Capture =>
  withJson(capture, {
    processes: capture.json.processes.map((each) => (each.processId === 4 ? { ...each, created: null } : each)),
  });

const pair = (before: Machine, happens: (box: Machine) => void): readonly Capture[] => {
  const first = captureOf(before);
  happens(before);
  return [first, captureOf(before)];
};

describe("captures of different machines", () => {
  test("are refused by their names", () => {
    const run = compareCaptures([
      captureOf(working()),
      captureOf(working({ name: "SRV02", start: "2026-03-02T02:00:00Z" })),
    ]);
    expect(refusalOf(run)).toBe("captures-different-machines");
    expect(onlyOf(run, "error").message).toMatch(/0\.zip and .*1\.zip are of different machines: SRV01 and SRV02\.$/);
  });

  test("are refused also where they are of one moment", () => {
    expect(refusalOf(compareCaptures([captureOf(working()), captureOf(working({ name: "SRV02" }))]))).toBe(
      "captures-different-machines",
    );
  });

  test("are not those whose name is written otherwise", () => {
    const [first, second] = pair(working(), (box) => minutesLater(box, 5));
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const renamed = withJson(second, { machine: { ...second.json.machine, name: "srv01" } });
    expect(comparisonOf(compareCaptures([first, renamed])).captures).toHaveLength(2);
  });
});

describe("a restart between captures", () => {
  /** The same programs, begun anew. */
  const restarted = (given: Parameters<typeof machine>[0] = {}): Capture =>
    captureOf(working({ start: "2026-03-02T05:00:00Z", ...given }));

  test("is seen by the kernel's process", () => {
    const run = compareCaptures([captureOf(working()), restarted()]);
    expect(refusalOf(run)).toBe("captures-restart-between");
    expect(onlyOf(run, "error").message).toMatch(/started again between .*0\.zip \(2026-03-02 02:00:00 UTC\)/);
  });

  test("is seen by all processes, where the kernel's does not tell its age", () => {
    const captures = [captureOf(working()), restarted()].map(withoutKernelTime);
    expect(refusalOf(compareCaptures(captures))).toBe("captures-restart-between");
  });

  test("is seen by the build of Windows", () => {
    const [first, second] = pair(working(), (box) => minutesLater(box, 5));
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const other = withJson(second, { machine: { ...second.json.machine, osBuild: 22_632 } });
    expect(refusalOf(compareCaptures([first, other]))).toBe("captures-restart-between");
  });

  test("is not seen where one process of all lives on", () => {
    const captures = pair(working(), (box) => {
      for (const each of box.processes.filter(({ processId }) => processId > 4 && processId !== 300)) exits(box, each);
      minutesLater(box, 5);
    });
    expect(comparisonOf(compareCaptures(captures.map(withoutKernelTime))).captures).toHaveLength(2);
  });
});

describe("a clock that was set back", () => {
  test("is seen by a process that began, as the clock has it, before a capture that does not have it", () => {
    const captures = pair(working(), (box) => {
      minutesLater(box, 10);
      setClock(box, -30);
      process(box, "late.exe", 9000);
      minutesLater(box, 25);
    });
    const run = compareCaptures(captures);
    expect(refusalOf(run)).toBe("captures-clock-jump");
    expect(onlyOf(run, "error").message).toMatch(/late\.exe \(9000\) is in the later one only/);
  });

  test("is seen by a process that is younger than the capture that shows it", () => {
    const captures = pair(working(), (box) => {
      minutesLater(box, 90);
      process(box, "late.exe", 9000);
      setClock(box, -60);
    });
    expect(refusalOf(compareCaptures(captures))).toBe("captures-clock-jump");
  });

  test("is seen where it turned the order of the captures round, by a process that began before both", () => {
    const box = working();
    minutesLater(box, 20);
    process(box, "late.exe", 9000);
    const captures = pair(box, () => setClock(box, -30));
    expect(refusalOf(compareCaptures(captures))).toBe("captures-clock-jump");
  });

  test("is seen where it turned the order of the captures round, by a process that began between them", () => {
    const captures = pair(working(), (box) => {
      process(box, "late.exe", 9000);
      setClock(box, -30);
    });
    expect(refusalOf(compareCaptures(captures))).toBe("captures-clock-jump");
  });

  test("is of no matter before the first capture, as where it was set right after the start", () => {
    const box = machine({ start: "2026-03-02T09:00:00Z" });
    for (const [index, name] of ["smss.exe", "csrss.exe", "services.exe"].entries())
      process(box, name, 300 + index * 4);
    setClock(box, -480);
    const run = compareCaptures(seriesOf(box, 10, [nothing, nothing]));
    expect(comparisonOf(run).captures).toHaveLength(3);
  });

  test("by less than a minute is of no matter", () => {
    const captures = pair(working(), (box) => {
      process(box, "late.exe", 9000);
      box.now -= MINUTE / 2n;
      minutesLater(box, 10);
    });
    expect(comparisonOf(compareCaptures(captures)).captures).toHaveLength(2);
  });
});

describe("too few captures", () => {
  test("are one, and all of one moment", () => {
    const capture = captureOf(working());
    expect(refusalOf(compareCaptures([capture]))).toBe("captures-too-few");
    const run = compareCaptures([capture, capture, capture]);
    expect(refusalOf(run)).toBe("captures-too-few");
    expect(onlyOf(run, "error").message).toBe(
      "All 3 captures are of one moment, so that nothing can have changed between them.",
    );
  });

  test("are not those of which one was given twice: it counts once", () => {
    const [first, second] = seriesOf(working(), 10, [nothing]);
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const run = compareCaptures([first, second, first]);
    expect(growthOf(run, "tcp").samples).toBe(2);
    expect(comparisonOf(run).notes).toEqual([
      expect.stringMatching(/^Of the same moment as another capture, and left out: .*2\.zip\.$/),
    ]);
  });
});

describe("what is no capture", () => {
  test("is refused with advice to take one", () => {
    const box = working();
    const text = oemBytes(netstatLines(box, { q: true }));
    const run = compareFiles(
      new Map([
        ["a.zip", zipOf(captureOf(box))],
        ["netstat.txt", text],
      ]),
    );
    expect(onlyOf(run, "error")).toMatchObject({
      code: "capture-invalid",
      advice: expect.stringMatching(/New-PortSnapshot/),
    });
    expect(onlyOf(run, "error").path).toMatch(/netstat\.txt$/);
  });

  test("is a zip with two captures", () => {
    const [first, second] = seriesOf(working(), 10, [nothing]);
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const inFolder = (folder: string, capture: Capture) =>
      zipEntriesOf(capture).map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));
    const both = writeZip([...inFolder("a", first), ...inFolder("b", second)]);
    const run = compareFiles(
      new Map([
        ["both.zip", both],
        ["b.zip", zipOf(second)],
      ]),
    );
    expect(refusalOf(run)).toBe("captures-mixed");
  });

  test("is a zip that is damaged", () => {
    const [first, second] = seriesOf(working(), 10, [nothing]);
    if (first === undefined || second === undefined) throw new RangeError("there are no captures");
    const run = compareFiles(
      new Map([
        ["a.zip", zipOf(first)],
        ["b.zip", zipOf(second).subarray(0, 4000)],
      ]),
    );
    expect(refusalOf(run)).toBe("capture-damaged");
  });
});

test("captures in folders are compared like those in zips", () => {
  const captures = seriesOf(working(), 10, [(box) => binds(box, process(box, "late.exe", 9000), 5)]);
  const result = withFolder((one) =>
    withFolder((two) => {
      const files = captures.map((capture, index) => writeCaptureFolder(capture, index === 0 ? one : two));
      return run((output) => runCompare(output, { files }));
    }),
  );
  expect(growthOf(result, "tcp")).toMatchObject({ usedBefore: 50, usedAfter: 55 });
});

test("more than a thousand files are refused before any is read", () => {
  const files = Array.from({ length: 1001 }, (_, index) => `${index}.zip`);
  const result = run((output) => runCompare(output, { files }));
  expect(onlyOf(result, "error").message).toBe("1001 captures were given; at most 1000 are compared.");
});
