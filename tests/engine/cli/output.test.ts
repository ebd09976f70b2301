// The stream itself: ASCII, one record a line, gathered into pieces; and what becomes of errors between hello and end.

import { afterEach, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { createOutput, type Output } from "../../../engine/cli/output.ts";
import { runFramed } from "../../../engine/cli/session.ts";
import type { DiagnosticRecord } from "../../../engine/generated/records.ts";

const gathered = () => {
  const pieces: string[] = [];
  return { pieces, output: createOutput((text) => pieces.push(text)) };
};

const note = (message: string): DiagnosticRecord => ({
  kind: "diagnostic",
  severity: "information",
  code: "note",
  message,
  offset: null,
});

describe("a line", () => {
  test("is ASCII, and says what was to be said", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (message) => {
        const { pieces, output } = gathered();
        output.write(note(message));
        output.flush();
        const text = pieces.join("");
        expect(text).toMatch(/^[\x20-\x7e]*\n$/);
        expect(JSON.parse(text)).toEqual(note(message));
      }),
    );
  });
});

describe("lines", () => {
  test("are gathered, and none waits behind hello or progress", () => {
    const { pieces, output } = gathered();
    output.write({ kind: "hello", engine: "1.0.0", contract: 1 });
    expect(pieces).toHaveLength(1);
    for (let index = 0; index < 10; index += 1) output.write(note("some"));
    expect(pieces).toHaveLength(1);
    output.write({ kind: "progress", phase: "read", percent: 50 });
    expect(pieces).toHaveLength(2);
    expect(pieces.join("").split("\n")).toHaveLength(13);
  });

  test("are written before they are many, and an empty flush writes nothing", () => {
    const { pieces, output } = gathered();
    for (let index = 0; index < 3000; index += 1) output.write(note("x".repeat(100)));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    output.flush();
    const count = pieces.length;
    output.flush();
    expect(pieces).toHaveLength(count);
  });
});

describe("a run between hello and end", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const framed = (action: (output: Output) => void) => {
    const { pieces, output } = gathered();
    const exitCode = runFramed(output, () => action(output));
    const lines = pieces.join("").split("\n").slice(0, -1);
    return { exitCode, records: lines.map((line): { readonly kind: string } => JSON.parse(line)) };
  };

  test("ends with done and exit code 0", () => {
    const { exitCode, records } = framed((output) => output.write(note("some")));
    expect([exitCode, records.map(({ kind }) => kind)]).toEqual([0, ["hello", "diagnostic", "end"]]);
    expect(records.at(-1)).toEqual({ kind: "end", status: "done" });
  });

  test("says no more to a reader who has gone", () => {
    const gone = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
    const { exitCode, records } = framed(() => {
      throw gone;
    });
    expect([exitCode, records.map(({ kind }) => kind)]).toEqual([1, ["hello"]]);
  });

  test("tells a defect as one, keeps what was said before it, and shows its stack to people only", () => {
    const written = jest.spyOn(globalThis.process.stderr, "write").mockReturnValue(true);
    const { exitCode, records } = framed((output) => {
      output.write(note("before"));
      throw new TypeError("broken");
    });
    expect(exitCode).toBe(1);
    expect(records.map(({ kind }) => kind)).toEqual(["hello", "diagnostic", "error", "end"]);
    expect(records[2]).toMatchObject({ code: "internal", message: "The engine failed: broken.", path: null });
    expect(JSON.stringify(records)).not.toMatch(/output\.test/);
    expect(String(written.mock.calls[0]?.[0])).toMatch(/TypeError: broken\n\s+at .*output\.test/);
  });
});
