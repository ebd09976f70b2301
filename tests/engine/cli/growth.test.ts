// What `growth` says of the history of a watch: leaks, restarts, gaps, a clock that was set, and lines that a crash has cut off.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { historyLine, historyOf, historyText, watched, watchTime } from "../../builders/history.ts";
import { growthRows, refusalOf, runHistories } from "../support/compare.ts";
import { onlyOf, recordsOf } from "../support/run.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const runOne = (bytes: Uint8Array) => runHistories(new Map([["history.csv", bytes]]));

const onlyGrowth = (bytes: Uint8Array) => {
  const [row, ...others] = growthRows(runOne(bytes));
  if (row === undefined || others.length > 0) throw new Error(`${others.length} more pools`);
  return row;
};

/** 50 ports each five minutes. */
const LEAK = Array.from({ length: 13 }, (_, index) => 1000 + index * 50);

describe("the history of a watch", () => {
  test("with a leak tells when the pool is full", () => {
    const growth = onlyGrowth(historyOf(watched(LEAK)));
    expect(growth).toMatchObject({
      protocol: "tcp",
      family: null,
      samples: 13,
      firstTime: "2026-03-02T01:00:00.0000000Z",
      lastTime: "2026-03-02T02:00:00.0000000Z",
      minutes: 60,
      usedBefore: 1000,
      usedAfter: 1600,
      capacity: 16_384,
      trend: "Growing",
      notes: [],
    });
    expect(growth.rate?.perMinute).toBeCloseTo(10, 6);
    expect(growth.forecast?.minutes).toBeCloseTo(1478.4, 1);
    expect(growth.forecast?.time).toMatch(/^2026-03-03T02:38/);
  });

  test("that stays as it is is said not to grow", () => {
    const growth = onlyGrowth(historyOf(watched([510, 490, 505, 495, 500, 503])));
    expect(growth).toMatchObject({ trend: "NotGrowing", forecast: null });
    expect(growth.summary).toMatch(/^Use of the TCP pool is not growing: 510 ports at first, 503 after 25 min/);
  });

  test("has a row for each pool", () => {
    const samples = [
      ...watched(LEAK, 0, { protocol: "udp" }),
      ...watched(LEAK, 0, { family: "ipv6" }),
      ...watched(LEAK, 0, { family: "ipv4" }),
    ];
    const rows = growthRows(runOne(historyOf(samples)));
    expect(rows.map(({ protocol, family }) => `${protocol} ${family}`)).toEqual(["tcp ipv4", "tcp ipv6", "udp null"]);
  });

  test("of a few samples tells nothing yet", () => {
    const growth = onlyGrowth(historyOf(watched([1000, 1050, 1100, 1150])));
    expect(growth).toMatchObject({ trend: "Unknown", rate: null, forecast: null });
    expect(growth.summary).toBe("Whether use of the TCP pool grows is not known: 4 samples are too few to tell.");
  });

  test("is judged from the last restart of what leaks", () => {
    const growth = onlyGrowth(historyOf(watched([3000, 3500, 4000, 500, ...LEAK])));
    expect(growth).toMatchObject({ usedBefore: 500, usedAfter: 1600, trend: "Growing" });
    expect(growth.notes).toEqual([
      "3,500 ports came free at once before 2026-03-02 01:15:00 UTC, as when a process ends: only what came after is judged.",
      'Most ports of all processes had just before that a "b", c.exe (5868) with 4,000, and just after it a "b", c.exe (5868) with 500.',
    ]);
  });

  test("is judged from the last gap on", () => {
    const growth = onlyGrowth(historyOf([...watched([900, 901, 902, 903, 904, 905, 906]), ...watched(LEAK, 600)]));
    expect(growth).toMatchObject({ samples: 13, usedBefore: 1000, trend: "Growing" });
    expect(growth.notes).toEqual([
      expect.stringMatching(/^Nothing was sampled for some time before 2026-03-02 11:00:00 UTC/),
    ]);
  });

  test("is judged from where its clock was set back on", () => {
    const growth = onlyGrowth(historyOf([...watched([900, 901, 902, 903], 120), ...watched(LEAK)]));
    expect(growth).toMatchObject({ samples: 13, usedBefore: 1000, trend: "Growing" });
    expect(growth.notes).toEqual([expect.stringMatching(/^The clock was set back before 2026-03-02 01:00:00 UTC/)]);
  });

  test.each([
    ["changed", 16_000, /range or its excluded ports changed/],
    ["is not told", "" as const, /its size is not known/],
  ])("of a pool whose size %s has no forecast", (_, capacity, note) => {
    const samples = [...watched(LEAK.slice(0, 6)), ...watched(LEAK.slice(6), 30, { capacity })];
    const growth = onlyGrowth(historyOf(samples));
    expect(growth).toMatchObject({ trend: "Growing", forecast: null });
    expect(growth.notes).toEqual([expect.stringMatching(note)]);
  });

  test("of a full pool says so", () => {
    const growth = onlyGrowth(historyOf(watched(LEAK, 0, { capacity: 1600 })));
    expect(growth).toMatchObject({ trend: "Growing", forecast: null });
    expect(growth.summary).toMatch(
      /The pool is full: 1,600 ports of 1,600 are used, so that it cannot grow any more\.$/,
    );
  });
});

describe("a history in two files", () => {
  const older = historyOf(watched(LEAK.slice(0, 7)));
  const newer = historyOf(watched(LEAK.slice(6), 30));

  test.each([
    [
      "the older first",
      new Map([
        ["history.1.csv", older],
        ["history.csv", newer],
      ]),
    ],
    [
      "the newer first",
      new Map([
        ["history.csv", newer],
        ["history.1.csv", older],
      ]),
    ],
  ])("is one, given %s, and a row that stands in both counts once", (_, files) => {
    expect(growthRows(runHistories(files))).toEqual([expect.objectContaining({ samples: 13, trend: "Growing" })]);
  });

  test("may begin with one that has no sample yet", () => {
    const files = new Map([
      ["history.1.csv", newer],
      ["history.csv", bytesOf(historyText([]))],
    ]);
    expect(growthRows(runHistories(files))).toEqual([expect.objectContaining({ samples: 7 })]);
  });
});

describe("what a crash leaves of a history", () => {
  const whole = historyText(watched(LEAK).map(historyLine));

  test("is a last line without its end: it is passed over and told", () => {
    const cut = `${whole}${historyLine({ time: watchTime(65), used: 12_345 }).slice(0, 50)}`;
    const run = runOne(bytesOf(cut));
    expect(growthRows(run)).toEqual([expect.objectContaining({ samples: 13, usedAfter: 1600 })]);
    expect(recordsOf(run.records, "diagnostic")).toEqual([
      expect.objectContaining({
        code: "history-lines",
        message: expect.stringMatching(/^1 line of .* was passed over/),
      }),
    ]);
  });

  test("never is a number that was cut off", () => {
    const line = historyLine({ time: watchTime(65), used: 12_345 });
    fc.assert(
      fc.property(fc.nat({ max: line.length - 1 }), (end) => {
        const [growth] = growthRows(runOne(bytesOf(whole + line.slice(0, end))));
        expect([1600, 12_345]).toContain(growth?.usedAfter);
      }),
      { numRuns: 50 },
    );
  });

  test("is zeros that NTFS noted the size of", () => {
    const run = runOne(new Uint8Array([...bytesOf(whole), ...new Uint8Array(100_000)]));
    expect(growthRows(run)).toEqual([expect.objectContaining({ samples: 13 })]);
  });
});

describe("what else may be in a history", () => {
  test("are samples that failed, without numbers", () => {
    const failed = historyLine({ time: watchTime(65), used: 0 }).replace('"0","16384"', '"",""');
    const run = runOne(bytesOf(historyText([...watched(LEAK).map(historyLine), failed])));
    expect(growthRows(run)).toEqual([expect.objectContaining({ samples: 13 })]);
  });

  test("is the form that Export-Csv gives the rows in another culture", () => {
    const text = historyText(watched(LEAK).map(historyLine)).replaceAll('","', '";"');
    expect(growthRows(runOne(bytesOf(text)))).toEqual([expect.objectContaining({ samples: 13 })]);
    const utf16 = Buffer.from(`\ufeff${historyText(watched(LEAK).map(historyLine)).slice(1)}`, "utf16le");
    expect(growthRows(runOne(new Uint8Array(utf16)))).toEqual([expect.objectContaining({ samples: 13 })]);
  });
});

describe("what is no history", () => {
  test.each([
    ["a text", "Proto  Local Address\r\n"],
    ["another CSV", '"Name","Capacity"\r\n"a","1"\r\n'],
    ["a history without a sample", historyText([])],
    ["a history of lines that are none", historyText(["x", "y"])],
  ])("is refused: %s", (_, text) => {
    const run = runOne(bytesOf(text));
    expect(refusalOf(run)).toBe("history-invalid");
    expect(onlyOf(run, "error").path).toMatch(/history\.csv$/);
  });

  test("is refused as empty", () => {
    expect(refusalOf(runOne(new Uint8Array(0)))).toBe("file-empty");
  });
});
