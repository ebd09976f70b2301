// Knows how netsh trace, schtasks and eventcreate behave as far as the module asks them: one program that plays all three, by the name
// that comes first, and keeps what it knows in the JSON file that FAKE_WINDOWS_STATE names. The English and the Japanese of
// start and stop follow recorded output of real machines; all other texts are made up, since nothing may depend on them.
// Faults are ordered in "faults" of that file. Unproved: exit code 1 of failures.

import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

const file = process.env.FAKE_WINDOWS_STATE;
const read = () => JSON.parse(readFileSync(file, "utf8"));
const change = (edit) => {
  const windows = read();
  edit(windows);
  writeFileSync(`${file}.new`, JSON.stringify(windows, null, 1));
  renameSync(`${file}.new`, file);
};
const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const end = (code, text) => {
  if (text) process.stdout.write(text);
  process.exit(code);
};

const texts = {
  en: {
    none: "There is no trace session currently in progress.\r\n",
    running: (s) =>
      `\r\nTrace configuration:\r\n---------------\r\nStatus:             Running\r\nTrace File:         ${s.traceFile ?? s.logFile}\r\nCircular:           On\r\n`,
    stopped: (s) =>
      `Merging traces ... done\r\nFile location = ${s.traceFile ?? s.logFile}\r\nTracing session was successfully stopped.\r\n`,
    busy: "A tracing session is already in progress. Use 'show status' for more information.\r\n",
    denied: "The requested operation requires elevation (Run as administrator).\r\n",
    full: "There is not enough space on the disk.\r\n",
  },
  ja: {
    none: "現在進行中のトレース セッションはありません。\r\n",
    running: (s) =>
      `\r\nトレース構成:\r\n---------------\r\nステータス:           実行中\r\nトレース ファイル:    ${s.traceFile ?? s.logFile}\r\n循環:                 オン\r\n`,
    stopped: (s) =>
      `トレースの結合中... 完了\r\nファイルの場所 = ${s.traceFile ?? s.logFile}\r\nトレース セッションは正常に停止しました。\r\n`,
    busy: "トレース セッションは既に進行中です。\r\n",
    denied: "要求された操作には管理者特権が必要です。\r\n",
    full: "ディスクに十分な空き領域がありません。\r\n",
  },
  de: {
    none: "Derzeit wird keine Ablaufverfolgungssitzung ausgeführt.\r\n",
    running: (s) =>
      `\r\nAblaufverfolgungskonfiguration:\r\n---------------\r\nStatus:             Wird ausgeführt\r\nAblaufverfolgungsdatei: ${s.traceFile ?? s.logFile}\r\n`,
    stopped: (s) => `Dateispeicherort = ${s.traceFile ?? s.logFile}\r\nDie Ablaufverfolgungssitzung wurde beendet.\r\n`,
    busy: "Eine Ablaufverfolgungssitzung wird bereits ausgeführt.\r\n",
    denied: "Der angeforderte Vorgang erfordert erhöhte Rechte.\r\n",
    full: "Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung.\r\n",
  },
};

const argumentOf = (args, name) => args.find((arg) => arg.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
const isNetsh = (session) => session.netsh === true;

const start = (args, windows, text) => {
  const { faults, user } = windows;
  wait(faults.startDelayMs ?? 0);
  if (faults.startDenied) end(1, text.denied);
  if (faults.startDiskFull) end(1, text.full);
  if (windows.sessions.some(isNetsh)) end(1, text.busy);
  const traceFile = argumentOf(args, "tracefile");
  if (faults.startSilent) end(0, text.running({ traceFile }));
  if (existsSync(traceFile) && argumentOf(args, "overwrite") !== "yes") end(1, "exists\r\n");
  const session = {
    name: `-NetTrace-${user.name}`,
    traceFile,
    logFile: faults.logsElsewhere ? `${traceFile}.session` : traceFile,
    netsh: true,
    user: user.sid,
    maximumFileSize: Number(argumentOf(args, "maxsize")),
    report: argumentOf(args, "report"),
  };
  writeFileSync(traceFile, "recording");
  change((now) => now.sessions.push(session));
  end(faults.startExit ?? 0, text.running(session));
};

const stop = (windows, text) => {
  const { faults, user } = windows;
  const session = windows.sessions.find(isNetsh);
  if (session === undefined) end(1, text.none);
  if (session.user !== user.sid) end(1, text.denied);
  wait(faults.stopDelayMs ?? 0);
  if (faults.stopFails) end(1, text.full);
  change((now) => {
    now.sessions = now.sessions.filter((other) => other.name !== session.name);
    now.stops = (now.stops ?? 0) + 1;
  });
  if (faults.stopLosesFile) rmSync(session.traceFile, { force: true });
  else writeFileSync(session.traceFile, "recorded and merged");
  if (session.report === "yes") writeFileSync(session.traceFile.replace(/\.etl$/i, ".cab"), "report");
  end(faults.stopExit ?? 0, text.stopped(session));
};

const netsh = (args, windows) => {
  const text = texts[windows.language ?? "en"];
  const verb = args.slice(0, 2).join(" ").toLowerCase();
  if (verb === "trace start") start(args.slice(2), windows, text);
  if (verb === "trace stop") stop(windows, text);
  const session = windows.sessions.find(isNetsh);
  if (verb === "trace show" && windows.faults.statusFails) end(1, text.denied);
  if (verb === "trace show") end(session ? 0 : 1, session ? text.running(session) : text.none);
  end(1, `The following command was not found: ${args.join(" ")}.\r\n`);
};

const option = (args, name) => {
  const at = args.findIndex((arg) => arg.toLowerCase() === `/${name}`);
  return at < 0 ? undefined : args[at + 1];
};

const readXml = (path) => {
  const bytes = readFileSync(path);
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2).toString("utf16le") : bytes.toString("utf8");
};

const schtasks = (args, windows) => {
  const { faults } = windows;
  const verb = (args[0] ?? "").toLowerCase();
  const name = (option(args, "tn") ?? "").replace(/^\\/, "");
  const has = windows.tasks[name] !== undefined;
  wait(faults.taskDelayMs?.[verb.slice(1)] ?? 0);
  if (faults[`task${verb.slice(1)}`]) end(1, "ERROR: Access is denied.\r\n");
  if (verb === "/create") {
    if (has && !args.some((arg) => arg.toLowerCase() === "/f")) end(1, "WARNING: The task name already exists.\r\n");
    const xml = readXml(option(args, "xml"));
    change((now) => {
      now.tasks[name] = { xml, runs: 0 };
    });
    end(0, "SUCCESS\r\n");
  }
  if (!has) end(1, "ERROR: The system cannot find the file specified.\r\n");
  if (verb === "/delete") change((now) => delete now.tasks[name]);
  else if (verb === "/run") {
    change((now) => {
      now.tasks[name].runs += 1;
    });
    // What Task Scheduler does, where a test wants a task that really runs: a process of its own, for which nobody waits.
    const [program, ...rest] = windows.runner ?? [];
    if (program) spawn(program, rest, { detached: true, stdio: "ignore" }).unref();
  } else if (verb === "/query") end(0, `${name}\r\n`);
  else if (verb !== "/end" && verb !== "/change") end(1, "ERROR: Invalid syntax.\r\n");
  end(0, "SUCCESS\r\n");
};

const eventcreate = (args, windows) => {
  if (windows.faults.eventcreate) end(1, "ERROR: Access is denied.\r\n");
  change((now) =>
    now.events.push({
      log: option(args, "l"),
      type: option(args, "t"),
      source: option(args, "so"),
      id: Number(option(args, "id")),
      description: option(args, "d"),
    }),
  );
  end(0, "SUCCESS\r\n");
};

const [tool, ...args] = process.argv.slice(2);
change((now) => now.calls.push({ tool, arguments: args }));
const tools = { "netsh.exe": netsh, "schtasks.exe": schtasks, "eventcreate.exe": eventcreate };
tools[tool](args, read());
