// Lists of handles by handle.exe and Process Explorer, and which of their files are AFD's.

import { describe, expect, test } from "@jest/globals";
import { decodeAs, kindsOf, linesOf } from "./decoding.ts";

const short = (...lines: readonly string[]): readonly string[] =>
  (decodeAs("handle-list", linesOf(...lines)).handles ?? []).map(
    ({ processId, processName, fileHandles, afdHandles, helpers }) =>
      `${processName} ${processId}: ${fileHandles} files, ${afdHandles} afd, ${helpers} helpers`,
  );

const rowsOf = (...lines: readonly string[]): number => decodeAs("handle-list", linesOf(...lines)).rows;

const RULE = "-".repeat(78);

const PROCESS = [
  "Nthandle v5.0 - Handle viewer",
  "Copyright (C) 1997-2022 Mark Russinovich",
  "",
  RULE,
  "System pid: 4 \\<unable to open process>",
  RULE,
  "my app.exe pid: 1234 NT AUTHORITY\\NETWORK SERVICE",
  "    4: Event         ",
  "   1A4: File  (RW-)   \\Device\\Afd\\Endpoint",
  "   1A8: File  (---)   \\Device\\Afd",
  "   1AC: File  (---)   \\Device\\Afd\\Mio",
  "   1B0: File  (RW-)   C:\\Windows",
  "   1B4: File  (---)   ",
  "   1B8: ALPC Port     \\RPC Control\\OLE1",
  "   1BC: Key           HKLM\\SOFTWARE\\Device\\Afd",
];

describe("handle.exe", () => {
  test("lists a process and what it has", () => {
    expect(short(...PROCESS)).toEqual(["my app.exe 1234: 5 files, 3 afd, 1 helpers"]);
    expect(rowsOf(...PROCESS)).toBe(8);
  });

  test("finds handles by name, a process in each line", () => {
    expect(
      short(
        "svchost.exe        pid: 1234   type: File           1A4: \\Device\\Afd",
        "svchost.exe        pid: 1234   type: File           1A8: \\Device\\Afd\\Endpoint",
        "my app.exe         pid: 99     type: File          NT AUTHORITY\\SYSTEM   1A8: \\Device\\Afd",
        "old.exe            pid: 5      1AC: \\Device\\Afd\\Endpoint",
        "key.exe            pid: 6      type: Key            1AC: HKLM\\Device\\Afd",
      ),
    ).toEqual([
      "svchost.exe 1234: 2 files, 2 afd, 0 helpers",
      "my app.exe 99: 1 files, 1 afd, 0 helpers",
      "old.exe 5: 1 files, 1 afd, 0 helpers",
      "key.exe 6: 0 files, 0 afd, 0 helpers",
    ]);
  });

  test.each([
    [
      "with a name searched",
      ["Process,PID,Type,Handle,Name", "a.exe,7,File,0x00000054,\\Device\\Afd ", "a.exe,7,Section,0x00000058,\\a,b "],
      "a.exe 7: 1 files, 1 afd, 0 helpers",
    ],
    [
      "of everything",
      ["Process,PID,User,Handle,Type,Share Flags,Name", "a.exe,7,NT\\S,0x00000054,File,RW-,\\Device\\Afd\\Wepoll "],
      "a.exe 7: 1 files, 1 afd, 1 helpers",
    ],
    [
      "with commas in names",
      ["Process,PID,Type,Handle,Name", "a.exe,7,File,0x54,C:\\a,b,c "],
      "a.exe 7: 1 files, 0 afd, 0 helpers",
    ],
  ])("prints CSV %s", (_name, lines, wanted) => {
    expect(short(...lines)).toEqual([wanted]);
  });

  test("without a heading says of no process", () => {
    expect(short("  270: File          \\Device\\Tcp", "  274: File          \\Device\\Afd\\Endpoint")).toEqual([
      "null null: 2 files, 1 afd, 0 helpers",
    ]);
  });

  test("counts types too, which are no handles", () => {
    expect(
      kindsOf(linesOf("Handle type summary:", "  Desktop         : 1", "  File            : 7", "Total handles: 88")),
    ).toEqual([]);
  });
});

test.each([
  ["\\Device\\Afd", 1, 0],
  ["\\device\\AFD", 1, 0],
  ["\\Device\\Afd\\Endpoint", 1, 0],
  ["\\Device\\Afd\\Unheard", 1, 0],
  ["\\Device\\Afd\\AsyncConnectHlp", 1, 1],
  ["\\Device\\Afd\\AsyncSelectHlp", 1, 1],
  ["\\Device\\Afd\\mio", 1, 1],
  ["\\Device\\Afd\\Wepoll", 1, 1],
  ["\\Device\\Afd\\Trio", 1, 1],
  ["\\Device\\Afd\\ROUTER", 1, 1],
  ["\\Device\\AfdX", 0, 0],
  ["\\Device\\RasAcd", 0, 0],
  ["\\Device\\Tcp", 0, 0],
  ["C:\\Device\\Afd", 0, 0],
])("%s: %i AFD handle, %i helper", (name, afd, helpers) => {
  expect(short("a.exe pid: 7 me", `  1A4: File  (---)   ${name}`)).toEqual([
    `a.exe 7: 1 files, ${afd} afd, ${helpers} helpers`,
  ]);
});

describe("Process Explorer", () => {
  const SAVED = [
    "Process\tPID\tCPU\tPrivate Bytes\tDescription",
    "explorer.exe\t1628\t0.01\t50,000 K\tWindows Explorer",
    "",
    "Process: my app.exe Pid: 1628",
    "",
    "Type\tName",
    "ALPC Port\t\\RPC Control\\OLE1",
    "File\tC:\\Windows",
    "File\t\\Device\\Afd",
    "File\t\\Device\\Afd",
  ];

  test("saves a process and its handles, which have no values to tell them apart", () => {
    expect(short(...SAVED)).toEqual(["my app.exe 1628: 3 files, 2 afd, 0 helpers"]);
    expect(rowsOf(...SAVED)).toBe(4);
  });

  test("may show more columns", () => {
    expect(
      short("Process: a.exe Pid: 5", "Type\tHandle\tName", "File\t0x54\t\\Device\\Afd", "File\t0x54\t\\Device\\Afd"),
    ).toEqual(["a.exe 5: 1 files, 1 afd, 0 helpers"]);
  });

  test("copies lines without a heading", () => {
    expect(short("File\t\\Device\\Afd", "File\tC:\\x")).toEqual(["null null: 2 files, 1 afd, 0 helpers"]);
  });
});

test("a list that is in the text twice counts each handle once; equal values of two processes are two handles", () => {
  expect(short(...PROCESS, ...PROCESS, "b.exe pid: 5 me", "   1A4: File  (---)   \\Device\\Afd")).toEqual([
    "my app.exe 1234: 5 files, 3 afd, 1 helpers",
    "b.exe 5: 1 files, 1 afd, 0 helpers",
  ]);
});

test.each([
  ["a numbered netstat", "12:  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       4"],
  ["a log that names process ids", linesOf("worker pid: 12 started", "worker pid: 13 started")],
  [
    "findings of a memory scanner",
    linesOf("Process: explorer.exe Pid: 1484 Address: 0x1460000", "Vad Tag: VadS Protection: PAGE_EXECUTE_READWRITE"),
  ],
  ["times", "12: Meeting\r\n1A: Class"],
  ["a sentence about files", "1: File not found"],
])("%s is no list of handles", (_name, text) => {
  expect(kindsOf(text)).not.toContain("handle-list");
});
