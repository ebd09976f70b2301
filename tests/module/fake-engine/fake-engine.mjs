// Stands in for the engine in the tests of the module: what it writes, the name of the file asked for decides. A name in
// ./fixtures is written as recorded there (validate.mjs checks these against engine/contract); the others are runs that no
// recording can show: broken streams, a slow engine, full pipes. Any other name is taken for an error code.

import { existsSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";

const hello = { kind: "hello", engine: "0.1.0", contract: 1 };
const done = { kind: "end", status: "done" };

const recorded = (name) => {
  const file = new URL(`fixtures/${name}.json`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
};

const recordOf = (name, kind) => recorded(name).find((record) => record.kind === kind);

const note = (message) => ({ kind: "diagnostic", severity: "information", code: "note", message, offset: null });

const failed = (code, file) => [
  hello,
  { kind: "error", code, message: `Told to fail with ${code}.`, advice: `Do what helps with ${code}.`, path: file },
  { kind: "end", status: "failed" },
];

/** A report whose names are as long as names get, for the widths of the views. */
const widest = () => {
  const name = "Contoso.Identity.TokenBroker.exe";
  const report = recordOf("leak", "trace-report");
  const culprit = { ...report.verdict.culprit, processId: 1234567, processName: name, share: 1 };
  const verdict = {
    ...report.verdict,
    exhausted: "unknown",
    confidence: "Medium",
    pattern: "DestinationSaturation",
    culprit,
  };
  const renamed = (rows) => rows.map((row) => ({ ...row, processId: 1234567, processName: name }));
  return { ...report, verdict, victims: renamed(report.victims), holders: renamed(report.holders) };
};

const runs = {
  arguments: (args) => [hello, note(JSON.stringify(args)), recordOf("healthy", "trace-report"), done],
  widest: () => [hello, widest(), done],
  died: () => {
    writeSync(2, "fatal: out of memory\n");
    process.exitCode = 134;
    return [hello, recordOf("healthy", "trace-report")];
  },
  silent: () => {
    process.exitCode = 2;
    return [];
  },
  "other-contract": () => [{ ...hello, engine: "9.0.0", contract: 2 }, done],
  headless: () => [recordOf("healthy", "trace-report"), done],
  garbage: () => [hello, "Segmentation fault, which is no JSON", done],
  text: () => [hello, '"a string, which is JSON but no record"', done],
  huge: () => [hello, note("x".repeat(900_000)), recordOf("healthy", "trace-report"), done],
  noisy: () => {
    writeSync(2, "stderr flood ".repeat(80_000));
    return [hello, recordOf("healthy", "trace-report"), done];
  },
  "from-the-future": () => [hello, { kind: "not-known-yet" }, recordOf("healthy", "trace-report"), done],
  slow: () => {
    setInterval(() => undefined, 1000);
    const record = recordOf("failures", "rows");
    return [hello, { ...record, rows: record.rows.map((row) => ({ ...row, processId: process.pid })) }];
  },
};

const file = process.argv[3];
const name = path.basename(file, ".etl");
const records = runs[name]?.(process.argv.slice(2)) ?? recorded(name) ?? failed(name, file);
for (const record of records) {
  process.stdout.write(`${typeof record === "string" ? record : JSON.stringify(record)}\n`);
}
