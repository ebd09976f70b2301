// What both shipped forms print for fixtures: a stream that keeps the contract, and the same from both, byte for byte.

import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { at } from "../../build/tools/paths.mjs";
import { bundle, engines, executable, recordsOf, runEngine } from "./engines.mjs";

const fixtures = readdirSync(at("tests", "fixtures", "etl"));
const pathOf = (name) => `tests/fixtures/etl/${name}`;
const LEAK = pathOf("built__compressed.etl");

const COMMANDS = [
  ["trace", "trace-report", ["trace", LEAK]],
  ["trace --failures", "rows", ["trace", LEAK, "--failures"]],
  ["events", "event", ["events", LEAK]],
  ["events --count", "event-count", ["events", LEAK, "--count"]],
];

describe.each(engines)("the %s", (...engine) => {
  test.each(COMMANDS)(
    "%s: hello first, %s records, end last, nothing on standard error, exit code 0",
    (_, kind, args) => {
      const { code, stdout, stderr } = runEngine(engine, args);
      const records = recordsOf(stdout);
      expect([code, stderr]).toEqual([0, ""]);
      expect(records[0]).toMatchObject({ kind: "hello", contract: 1 });
      expect(records.at(-1)).toEqual({ kind: "end", status: "done" });
      expect(records.some((record) => record.kind === kind)).toBe(true);
      expect(records.filter((record) => ["hello", "end", "error"].includes(record.kind))).toHaveLength(2);
    },
  );

  test("takes a time window", () => {
    const last = ["--since", "2026-03-02T09:15:00Z"];
    const [report] = recordsOf(runEngine(engine, ["trace", LEAK, ...last]).stdout).filter(
      ({ kind }) => kind === "trace-report",
    );
    expect(report).toMatchObject({
      binds: { attempted: 52, succeeded: 0, failed: 52 },
      coverage: { since: "2026-03-02T09:15:00.0000000Z" },
    });
    const none = recordsOf(runEngine(engine, ["events", LEAK, "--until", "2026-03-02T08:00:00+01:00"]).stdout);
    expect(none.map(({ kind }) => kind)).toEqual(["hello", "end"]);
  });
});

describe("executable and bundle print the same", () => {
  test.each(fixtures)("of the verdict on %s", (name) => {
    const [first, second] = [executable, bundle].map((engine) => runEngine(engine, ["trace", pathOf(name)]));
    expect(recordsOf(first.stdout).at(-1)).toEqual({ kind: "end", status: "done" });
    expect(first.stdout.equals(second.stdout)).toBe(true);
    expect([first.code, second.code]).toEqual([0, 0]);
  });

  test.each([[[]], [["--count"]]])("of the events of every header kind %j", (options) => {
    const args = ["events", pathOf("built__header-kinds.etl"), ...options];
    const [first, second] = [executable, bundle].map((engine) => runEngine(engine, args));
    expect(recordsOf(first.stdout).length).toBeGreaterThan(10);
    expect(first.stdout.equals(second.stdout)).toBe(true);
  });
});
