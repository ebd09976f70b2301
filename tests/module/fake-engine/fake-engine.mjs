// Stands in for the engine in the tests of the module: what it writes, the name of the file asked for decides (of the folder,
// where several files or a capture.json are asked for). A name in
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

/** What follows from a verdict, with names and commands that do not fit a line, and lists longer than a list view shows. */
const widestDiagnosis = ({ suspects, findings, remedies, unchecked }, long) => {
  const { processName, services } = long;
  const commands = [
    `Get-Process -Name '${processName}' | Where-Object { $_.Id -eq 1234567 } | Select-Object -Property Name, Id, StartTime`,
    `sc.exe config "${services[0]} of the night shift" type= own & sc.exe config "${services[1]} of the day" type= own`,
  ];
  const [first] = remedies;
  const title = `Restart the services that run in ${processName} (1234567), one after the other`;
  const wide = { ...first, title, risk: "Medium", reboot: true, commands, undo: commands, reversible: true };
  return {
    suspects: Array.from({ length: 10 }, (_, index) => ({
      ...suspects[0],
      ...long,
      order: index + 1,
      ports: 64_511,
      share: 1,
      portClass: "closeWait",
      ages: { minutes: 64_511, hour: 64_511, day: 64_511, older: 64_511, unknown: 64_511 },
      inferred: true,
    })),
    findings: findings.map((finding) => ({ ...finding, ...long, severity: "Information" })),
    unchecked: Array.from({ length: 20 }, () => unchecked[0]),
    remedies: Array.from({ length: 12 }, (_, index) => ({
      ...wide,
      order: index + 1,
      id: "close-sockets-of-the-process",
    })),
  };
};

/** The machine web01 with names, numbers and lists as long as they get. */
const widestMachine = () =>
  recorded("web01").map((record) => {
    const long = {
      processName: "Contoso.Identity.TokenBroker.BackgroundWorker.exe",
      processId: 1234567,
      services: ["ContosoIdentityTokenBrokerService", "ContosoIdentityTokenBrokerUpdate", "Third", "Fourth"],
    };
    if (record.kind === "rows" && record.of !== "exhaustion-event") {
      const rows = record.rows.map((row) => {
        const numbers = Object.entries(row).filter(([key, value]) => value > 9 && key !== "oldest");
        const largest = Object.fromEntries(numbers.map(([key]) => [key, record.of === "port-owner" ? 64_511 : 16_777]));
        return { ...row, ...largest, ...long, holder: row.holder ? { ...row.holder, ...long } : null };
      });
      return { ...record, rows: record.of === "afd-owner" ? rows.map(({ holder, ...row }) => row) : rows };
    }
    if (record.kind !== "capture-report") return record;
    const verdict = { ...record.verdict, pattern: "DestinationSaturation", confidence: "Medium" };
    return {
      ...record,
      machine: { ...record.machine, name: "PRD-WEU-WEB-0001" },
      verdict: { ...verdict, culprit: { ...verdict.culprit, ...long, share: 1 } },
      reservations: Array.from({ length: 30 }, () => ({
        ...record.reservations[2],
        startPort: 65_000,
        endPort: 65_535,
      })),
      omitted: { reservations: 470, artifacts: 12 },
      ...widestDiagnosis(record, long),
    };
  });

/** The machine web01 whose counts of handles are those of a leak that went on for weeks. */
const millionHandles = () =>
  recorded("web01").map((record) => {
    if (record.of !== "afd-owner") return record;
    const large = (row) =>
      Object.entries(row).filter(([key, value]) => value > 9 && !["processId", "refused"].includes(key));
    return {
      ...record,
      rows: record.rows.map((row) => ({
        ...row,
        ...Object.fromEntries(large(row).map(([key]) => [key, 1_234_567])),
        inspected: row.inspected > 9 ? 12_345_678 : row.inspected,
        udp: 123_999,
        share: row.share,
      })),
    };
  });

/** A comparison whose names and numbers are as long as they get. */
const widestComparison = () =>
  recorded("growing").map((record) => {
    const long = {
      processName: "Contoso.Identity.TokenBroker.BackgroundWorker.exe",
      processId: 1234567,
      services: ["ContosoIdentityTokenBrokerService", "ContosoIdentityTokenBrokerUpdate", "Third", "Fourth"],
    };
    const rate = { perMinute: -12_345.6, lower: -13_345.6, upper: -11_345.6 };
    if (record.kind === "rows") {
      const counts = { before: 64_511, after: 64_511, opened: 123_456, closed: 123_456, net: -64_511 };
      return { ...record, rows: record.rows.map((row) => ({ ...row, ...long, ...counts, rate, trend: "NotGrowing" })) };
    }
    if (record.kind !== "comparison") return record;
    const counts = { usedBefore: 64_511, usedAfter: 64_511, capacity: 64_511, minutes: 123_456.7, samples: 80_000 };
    const forecast = { ...record.growth[0].forecast, minutes: 2879, earliest: 2759, latest: 1_234_567 };
    const notes = [record.growth[1].notes.join(" ").repeat(3)];
    return {
      ...record,
      growth: record.growth.map((pool) => ({ ...pool, ...counts, family: "ipv6", rate, forecast, notes })),
      findings: record.findings.map((finding) => ({ ...finding, ...long, summary: finding.summary.repeat(3) })),
    };
  });

const runs = {
  "widest-machine": widestMachine,
  "million-handles": millionHandles,
  "arguments-of-capture": (args) => [hello, note(JSON.stringify(args)), ...recorded("db02").slice(1)],
  "many-warnings": () => [
    hello,
    ...Array.from({ length: 13 }, (_, index) => ({ ...note(`Warning ${index + 1}.`), severity: "warning" })),
    ...recorded("db02").slice(1),
  ],
  "widest-comparison": widestComparison,
  "arguments-of-compare": (args) => [hello, note(JSON.stringify(args)), ...recorded("steady").slice(2)],
  "arguments-of-growth": (args) => [hello, note(JSON.stringify(args)), ...recorded("history").slice(1)],
  "many-warnings-of-compare": () => [
    hello,
    ...Array.from({ length: 13 }, (_, index) => ({ ...note(`Warning ${index + 1}.`), severity: "warning" })),
    ...recorded("steady").slice(2),
  ],
  "compare-died": () => {
    process.exitCode = 134;
    return recorded("growing").slice(0, -1);
  },
  "capture-died": () => {
    process.exitCode = 134;
    return recorded("db02").slice(0, -1);
  },
  "slow-machine": () => {
    setInterval(() => undefined, 1000);
    return [hello, { ...note(`process ${process.pid}`), severity: "warning" }];
  },
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

/** What the run is called: the only file without its extension, else the folder of all. */
const nameOf = (files) =>
  files.length > 1 || path.basename(files[0]) === "capture.json"
    ? path.basename(path.dirname(files[0]))
    : path.parse(files[0]).name;

const file = process.argv[3];
const name = nameOf(process.argv[2] === "trace" ? [file] : process.argv.slice(3));
const records = runs[name]?.(process.argv.slice(2)) ?? recorded(name) ?? failed(name, file);
for (const record of records) {
  process.stdout.write(`${typeof record === "string" ? record : JSON.stringify(record)}\n`);
}
