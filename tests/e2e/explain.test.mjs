// The command explain on both shipped forms: standard input, texts that look like options, and what is asked for in a wrong way.

import { describe, expect, test } from "@jest/globals";
import { engines, recordsOf, runEngine } from "./engines.mjs";

const codesOf = (stdout) =>
  recordsOf(stdout)
    .filter(({ of }) => of === "error-meaning")
    .flatMap(({ rows }) => rows.map(({ code }) => code));

const utf16 = (text) => Buffer.from(`\ufeff${text}`, "utf16le");

describe.each(engines)("the %s", (...engine) => {
  test.each([
    ["a code", ["10055"], ["10055"]],
    ["a code in hex, which stays one", ["0x209"], ["0x209"]],
    ["a negative code", ["-1073741303"], ["0xC0000209"]],
    ["what looks like an option, behind --", ["--", "--file", "-1073741303"], ["0xC0000209"]],
    ["several texts", ["4231", "WSAEADDRINUSE", "no code"], ["4231", "10048"]],
    ["a text of another language", ["错误10055。"], ["10055"]],
    ["nothing known", ["10.0.0.1:10055"], []],
  ])("explains %s", (_, args, codes) => {
    const { code, stdout, stderr } = runEngine(engine, ["explain", ...args]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(codesOf(stdout)).toEqual(codes);
  });

  test.each([
    ["alone", ["-"], ["10055"]],
    ["behind --", ["--", "-"], ["10055"]],
    ["beside a text", ["4231", "-"], ["4231", "10055"]],
  ])("reads standard input %s, in any encoding", (_, args, codes) => {
    const { code, stdout } = runEngine(engine, ["explain", ...args], { input: utf16("Fehler 10055") });
    expect([code, codesOf(stdout)]).toEqual([0, codes]);
  });

  test("refuses a file that is not there", () => {
    const { code, stdout } = runEngine(engine, ["explain", "--file", "none.log"]);
    expect(code).toBe(1);
    expect(recordsOf(stdout).at(-2)).toMatchObject({ kind: "error", code: "file-not-found", path: "none.log" });
  });

  test.each([
    ["no text", []],
    ["no text behind --", ["--"]],
    ["an option without its value", ["--file"]],
    ["an option that does not exist", ["10055", "--verbose"]],
  ])("%s: exit code 2, nothing on standard output", (_, args) => {
    const { code, stdout, stderr } = runEngine(engine, ["explain", ...args]);
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr).toMatch(/^portexhaustion-engine: [^\n]+\n/);
  });
});
