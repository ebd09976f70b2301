// The comparison record stays one line that Windows PowerShell can take, however many captures with however long paths.

import { expect, test } from "@jest/globals";
import type { Compared } from "../../../engine/growth/compare.ts";
import type { Moment } from "../../../engine/growth/moment.ts";
import { buildComparison } from "../../../engine/report/comparison.ts";
import { MAX_PRINTED, printedLength } from "../../../engine/report/fit.ts";
import { at } from "../growth/series.ts";

const momentAt = (minutes: number, file: string): Moment => ({
  file,
  time: at(minutes),
  computer: "SRV01",
  osBuild: null,
  processes: new Map(),
  areProcessesKnown: true,
  sight: { tcp: "whole", udp: "whole" },
  seesBound: true,
  inspectedWhole: new Set(),
  shapes: { tcp: [], udp: [] },
  ports: { codes: new Uint32Array(), holders: new Int32Array(), created: new BigInt64Array(), owners: [] },
});

const comparedOf = (files: readonly string[]): Compared => ({
  moments: files.map((file, index) => momentAt(index, file)),
  repeated: [],
  pools: [],
  changes: [],
  unread: [{ protocol: "tcp", files }],
  withoutBound: [],
});

const NOTHING = { findings: [], unchecked: [], remedies: [] };

test("a thousand captures with paths in another script are cut, and how many is said", () => {
  const files = Array.from({ length: 1000 }, (_, index) => `${"снимок".repeat(40)}${index}.zip`);
  const record = buildComparison(comparedOf(files), [], NOTHING);
  expect(printedLength(record)).toBeLessThanOrEqual(MAX_PRINTED + 1000);
  expect(record.minutes).toBe(999);
  expect(record.captures).toHaveLength(500);
  expect(record.notes.at(-1)).toBe("500 more captures are compared and not listed.");
});

test("three of many files are named, and how many more there are", () => {
  const { notes, captures } = buildComparison(comparedOf(["a.zip", "b.zip", "c.zip", "d.zip", "e.zip"]), [], NOTHING);
  expect(captures).toHaveLength(5);
  expect(notes).toEqual(["TCP is not compared: its tables are missing or cut in a.zip, b.zip, c.zip and 2 more."]);
});
