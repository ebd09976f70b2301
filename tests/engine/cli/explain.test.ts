// The command explain, in this process: rows always, a diagnostic where nothing was recognised, files and what is no text. Standard input
// is tested on the executable, in tests/e2e.

import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { runExplain } from "../../../engine/cli/explain.ts";
import { withFolder } from "../support/files.ts";
import { batchesOf, recordsOf, type Run, run } from "../support/run.ts";

const explained = (texts: readonly string[], files: readonly string[] = []): Run =>
  run((output) => runExplain(output, { texts, files }));

const codesOf = ({ records }: Run): readonly string[] =>
  batchesOf(records, "error-meaning").flatMap(({ rows }) => rows.map(({ code }) => code));

const diagnosticsOf = ({ records }: Run): readonly string[] =>
  recordsOf(records, "diagnostic").map(({ severity, code }) => `${severity} ${code}`);

const withFiles = (contents: readonly (string | Uint8Array)[], action: (files: readonly string[]) => void): void =>
  withFolder((folder) => {
    const files = contents.map((_, index) => join(folder, `given${index}.log`));
    for (const [index, file] of files.entries()) writeFileSync(file, contents[index] ?? "");
    action(files);
  });

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));

describe("explain", () => {
  test("tells what it recognises, and nothing else", () => {
    const told = explained(["10055", "0xC0000209"]);
    expect(codesOf(told)).toEqual(["0xC0000209", "10055"]);
    expect(diagnosticsOf(told)).toEqual([]);
    expect(told.exitCode).toBe(0);
  });

  test("says what it would recognise where it does not, with no rows", () => {
    const told = explained(["the cat sat on the mat"]);
    expect(batchesOf(told.records, "error-meaning")).toEqual([{ kind: "rows", of: "error-meaning", rows: [] }]);
    expect(diagnosticsOf(told)).toEqual(["information nothing-recognised"]);
    expect(told.exitCode).toBe(0);
  });

  test("names in that answer only what it does recognise", () => {
    const [{ message } = { message: "" }] = recordsOf(explained([""]).records, "diagnostic");
    expect(codesOf(explained([message]))).toEqual(
      expect.arrayContaining(["4231", "10055", "10048", "ERR_NO_BUFFER_SPACE"]),
    );
  });
});

describe("explain --file", () => {
  test("searches logs of any encoding, beside texts", () => {
    withFiles([utf16("Ereignis-ID 4231\r\n"), "Verbindung fehlgeschlagen: Fehler 10048"], (files) => {
      expect(codesOf(explained(["10061"], files))).toEqual(["4231", "10048", "10061"]);
    });
  });

  test("says where a file is no text, and goes on", () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => index % 7);
    withFiles([bytes, "error 10055"], (files) => {
      const told = explained([], files);
      expect(diagnosticsOf(told)).toEqual(["warning not-text"]);
      expect(codesOf(told)).toEqual(["10055"]);
    });
  });

  test("refuses an empty file", () => {
    withFiles([""], (files) => {
      const refused = explained([], files);
      expect(recordsOf(refused.records, "error")).toMatchObject([{ code: "file-empty", path: files[0] }]);
      expect(refused.exitCode).toBe(1);
    });
  });
});
