// What cannot be read at all: one error each, with what to do now. What the system itself refuses (no such file, no
// permission) is tested on the executable, in tests/e2e: under jest, errors of node:fs are no Errors of this realm.

import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { openTrace, readTrace } from "../../../engine/etl/reader.ts";
import { scenarioNamed } from "../../builders/scenarios.ts";
import { withFile, withFolder } from "../support/files.ts";
import { onlyOf, type Run, runEventsFile, runTraceFile } from "../support/run.ts";

type Case = readonly [what: string, code: string, make: (path: string) => void];

const TRACE = scenarioNamed("healthy").build({ compression: "matches" });

const CASES: readonly Case[] = [
  ["a folder", "file-is-folder", (path) => mkdirSync(path)],
  ["an empty file", "file-empty", (path) => writeFileSync(path, "")],
  ["a text", "file-not-a-trace", (path) => writeFileSync(path, "Trace session started.\r\n".repeat(100))],
  ["zeros", "file-not-a-trace", (path) => writeFileSync(path, new Uint8Array(100_000))],
  ["the first 100 bytes of a trace", "file-not-a-trace", (path) => writeFileSync(path, TRACE.subarray(0, 100))],
  ["one byte", "file-not-a-trace", (path) => writeFileSync(path, TRACE.subarray(0, 1))],
];

const COMMANDS: readonly (readonly [string, (path: string) => Run])[] = [
  ["trace", runTraceFile],
  ["events", runEventsFile],
];

describe.each(COMMANDS)("%s of", (_, command) => {
  test.each(CASES)("%s is refused as %s", (_what, code, make) => {
    withFolder((folder) => {
      const path = join(folder, "given.etl");
      make(path);
      const refused = command(path);
      const error = onlyOf(refused, "error");
      expect(error).toMatchObject({ code, path });
      expect(error.message).toContain(path);
      expect(error.message).toMatch(/^[^\n]+\.$/);
      expect(error.advice).toMatch(/^[^\n]+\.$/);
      expect(error.message + error.advice).not.toMatch(/\.ts|\.js|node:|Error:| at /);
      expect(refused.exitCode).toBe(1);
      expect(refused.records.map(({ kind }) => kind)).toEqual(["hello", "error", "end"]);
    });
  });
});

describe("a file that is being written", () => {
  const unfinished = scenarioNamed("unfinished").build();

  test("is refused when it grows while it is read, old as it was", () => {
    withFile(unfinished, (path) => {
      const session = openTrace(path);
      const options = {
        describe: () => ({ plans: null, isWanted: true, isTimeless: false }),
        window: null,
        rowSize: 1,
        onProgress: () => undefined,
      };
      let delivered = 0;
      const read = () =>
        readTrace(session, options, () => () => {
          if (delivered === 0) appendFileSync(path, new Uint8Array(64));
          delivered += 1;
        });
      expect(read).toThrow(expect.objectContaining({ code: "file-still-written", path }) as unknown as Error);
      session.file.close();
      expect(delivered).toBeGreaterThan(0);
    });
  });

  test("is read when its session was closed: a copy just made is as good as an old one", () => {
    expect(withFile(TRACE, (path) => runTraceFile(path), { isFresh: true }).exitCode).toBe(0);
  });
});
