// The command line: what is asked for in a wrong way is answered on standard error alone, with exit code 2.

import { describe, expect, test } from "@jest/globals";
import { engines, runEngine } from "./engines.mjs";

const FILE = "tests/fixtures/etl/built__healthy.etl";

const WRONG = [
  ["no command", []],
  ["a command that does not exist", ["analyse", FILE]],
  ["no file", ["trace"]],
  ["an option that does not exist", ["trace", FILE, "--verbose"]],
  ["an option of another command", ["events", FILE, "--failures"]],
  ["a word too many", ["trace", FILE, FILE]],
  ["an option without its value", ["trace", FILE, "--since"]],
  ["a capture that is not named", ["trace", FILE, "--capture"]],
  ["a capture beside events", ["events", FILE, "--capture", "start.zip"]],
  ["a time that is none", ["trace", FILE, "--since", "yesterday"]],
  ["a time without a zone", ["events", FILE, "--until", "2026-03-02T09:00:00"]],
];

describe.each(engines)("the %s", (...engine) => {
  test.each(WRONG)("%s: exit code 2, a text on standard error, nothing on standard output", (_, args) => {
    const { code, stdout, stderr } = runEngine(engine, args);
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr).toMatch(/^portexhaustion-engine: [^\n]+\nportexhaustion-engine --help shows how it is used\.\n$/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("tells how it is used, with every command", () => {
    const { code, stdout } = runEngine(engine, ["--help"]);
    expect(code).toBe(0);
    for (const command of ["trace", "events", "schema"])
      expect(stdout.toString()).toContain(`portexhaustion-engine ${command}`);
  });

  test("tells its version, the one of its hello", () => {
    const version = runEngine(engine, ["--version"]).stdout.toString().trim();
    const [hello] = runEngine(engine, ["events", FILE, "--count"]).stdout.toString().split("\n");
    expect(JSON.parse(hello)).toEqual({ kind: "hello", engine: version, contract: 1 });
  });

  test("prints its schemas, to which every record can be held", () => {
    const schemas = JSON.parse(runEngine(engine, ["schema"]).stdout.toString());
    expect(schemas.map(({ $id }) => $id)).toEqual([
      "common.schema.json",
      "stream.schema.json",
      "trace-recording.schema.json",
      "trace-failures.schema.json",
      "trace-ports.schema.json",
      "trace-report.schema.json",
      "event.schema.json",
      "capture.schema.json",
      "diagnosis.schema.json",
      "change.schema.json",
      "capture-report.schema.json",
      "explanation.schema.json",
    ]);
  });
});
