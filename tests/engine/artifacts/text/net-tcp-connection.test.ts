// Get-NetTCPConnection and Get-NetUDPEndpoint as PowerShell prints, exports and converts them.

import { describe, expect, test } from "@jest/globals";
import { parseIsoTime } from "../../../../engine/bytes/filetime.ts";
import { decodeAll, decodeAs, kindsOf, linesOf, socketsOf } from "./decoding.ts";

const TCP = "net-tcp-connection";
const UDP = "net-udp-endpoint";

const WANTED = ["tcp 0.0.0.0:50382 bound 5972", "tcp 127.0.0.1:50382 > 127.0.0.1:50381 established 5972"];

const TABLE = [
  "LocalAddress                        LocalPort RemoteAddress                       RemotePort State       AppliedSetting OwningProcess",
  "------------                        --------- -------------                       ---------- -----       -------------- -------------",
  "0.0.0.0                             50382     0.0.0.0                             0          Bound                      5972",
  "127.0.0.1                           50382     127.0.0.1                           50381      Established Internet       5972",
];

/** As a web page or a chat keeps it. */
const collapsed = TABLE.map((line) => line.replace(/ +/g, " "));

const LIST = [
  "LocalAddress   : 0.0.0.0",
  "LocalPort      : 50382",
  "RemoteAddress  : 0.0.0.0",
  "RemotePort     : 0",
  "State          : Bound",
  "AppliedSetting : ",
  "OwningProcess  : 5972",
  "CreationTime   : 11/24/2026 9:00:00 AM",
  "OffloadState   : InHost",
  "",
  "LocalAddress   : 127.0.0.1",
  "LocalPort      : 50382",
  "RemoteAddress  : 127.0.0.1",
  "RemotePort     : 50381",
  "State          : Established",
  "OwningProcess  : 5972",
];

const CSV = [
  '"LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess"',
  '"0.0.0.0","50382","0.0.0.0","0","Bound","5972"',
  '"127.0.0.1","50382","127.0.0.1","50381","Established","5972"',
];

const TYPE = "#TYPE Microsoft.Management.Infrastructure.CimInstance#root/standardcimv2/MSFT_NetTCPConnection";

const JSON_ROWS = [
  {
    LocalAddress: "0.0.0.0",
    LocalPort: 50382,
    RemoteAddress: "0.0.0.0",
    RemotePort: 0,
    State: 100,
    OwningProcess: 5972,
  },
  {
    CimClass: { CimClassName: "x{}", Properties: ['"LocalPort"'] },
    LocalAddress: "127.0.0.1",
    LocalPort: 50382,
    RemoteAddress: "127.0.0.1",
    RemotePort: 50381,
    State: "Established",
    OwningProcess: 5972,
  },
];

const FORMS: readonly (readonly [string, string])[] = [
  ["a table", linesOf(...TABLE)],
  ["a table behind its command", linesOf("PS C:\\> Get-NetTCPConnection", "", ...TABLE, "", "PS C:\\>")],
  ["a table whose blanks were lost", linesOf(...collapsed)],
  [
    "a table with tabs",
    linesOf(...collapsed.map((line) => line.replace("Bound 5972", "Bound  5972").replaceAll(" ", "\t"))),
  ],
  [
    "a table whose blank lines were doubled",
    linesOf(...TABLE.flatMap((line) => [line, ""])).replace(/\r\n\r\n(?=-)/, "\r\n"),
  ],
  ["a list", linesOf(...LIST)],
  ["a list whose blank lines were lost", linesOf(...LIST.filter((line) => line !== ""))],
  ["CSV", linesOf(...CSV)],
  ["CSV with its type", linesOf(TYPE, ...CSV)],
  ["CSV of PowerShell 7 without quotes", linesOf(...CSV.map((line) => line.replaceAll('"', "")))],
  ["CSV with the separator of another culture", linesOf(...CSV.map((line) => line.replaceAll(",", ";")))],
  ["JSON", JSON.stringify(JSON_ROWS, null, 2)],
  ["JSON in one line", JSON.stringify(JSON_ROWS)],
  ["JSON in a wrapper", JSON.stringify({ value: JSON_ROWS, Count: 2 })],
  ["JSON, one object after the other", JSON_ROWS.map((row) => JSON.stringify(row, null, 4)).join("\r\n")],
];

describe("connections", () => {
  test.each(FORMS)("from %s", (_name, text) => {
    const all = decodeAll(text);
    expect(Object.keys(all)).toEqual([TCP]);
    expect(socketsOf(decodeAs(TCP, text))).toEqual(WANTED);
    expect(all[TCP]?.problems).toEqual([]);
  });

  test.each([
    [
      "numbers on the right",
      [
        "LocalPort State OwningProcess",
        "--------- ----- -------------",
        "    50000 Bound          5972",
        "        1 Bound             4",
      ],
      ["tcp *:50000 bound 5972", "tcp *:1 bound 4"],
    ],
    [
      "a name of two words",
      ["LocalPort State Process Name", "--------- ----- ------------", "50000     Bound my program"],
      ["tcp *:50000 bound -"],
    ],
    [
      "a time of three words",
      [
        "LocalPort CreationTime          State",
        "--------- ------------          -----",
        "50000     11/24/2026 9:00:00 AM Bound",
      ],
      ["tcp *:50000 bound -"],
    ],
    [
      "another order",
      [
        "State OwningProcess LocalPort LocalAddress",
        "----- ------------- --------- ------------",
        "Listen 4            445       ::",
      ],
      ["tcp :::445 listening 4"],
    ],
  ])("from a table with %s", (_name, lines, wanted) => {
    const decoded = decodeAs(TCP, linesOf(...lines));
    expect(socketsOf(decoded)).toEqual(wanted);
    expect(decoded.problems).toEqual([]);
  });
});

test("16,000 connections of JSON in one line are read, and nothing is said to be left", () => {
  const rows = Array.from({ length: 16_000 }, (_, at) => ({ LocalPort: 49152 + at, State: 100, OwningProcess: 8 }));
  for (const text of [JSON.stringify(rows), JSON.stringify({ value: rows, Count: rows.length })])
    expect(decodeAll(text)).toMatchObject({ [TCP]: { rows: 16_000, problems: [] } });
});

describe("what a connection tells", () => {
  test("is its state, by name and by number", () => {
    const names = [
      "Closed",
      "Listen",
      "SynSent",
      "SynReceived",
      "Established",
      "FinWait1",
      "FinWait2",
      "CloseWait",
      "Closing",
      "LastAck",
      "TimeWait",
      "DeleteTCB",
    ];
    const rows = [...names, "Bound"].map((name, at) => `${at + 1},${name},${at === 12 ? 100 : at + 1}`);
    const read = (column: number): readonly string[] =>
      (
        decodeAs(
          TCP,
          linesOf("LocalPort,State", ...rows.map((row) => `${row.split(",")[0]},${row.split(",")[column]}`)),
        ).sockets ?? []
      ).map(({ state }) => state);
    expect(read(1)).toEqual([
      "closed",
      "listening",
      "synSent",
      "synReceived",
      "established",
      "finWait1",
      "finWait2",
      "closeWait",
      "closing",
      "lastAck",
      "timeWait",
      "closed",
      "bound",
    ]);
    expect(read(2)).toEqual(read(1));
  });

  test("is the moment of its making, only where that is certain", () => {
    const csv = [
      "LocalPort,State,CreationTime",
      "1,Bound,2026-11-24T09:00:00.1234567Z",
      "2,Bound,2026-11-24T09:00:00.1234567",
      "3,Bound,24.11.2026 09:00:00",
    ];
    expect(decodeAs(TCP, linesOf(...csv)).sockets?.map(({ created }) => created)).toEqual([
      parseIsoTime("2026-11-24T09:00:00.1234567Z"),
      null,
      null,
    ]);
  });
});

describe("what is wrong", () => {
  test.each([
    ["no port in CSV", linesOf(...CSV, '"0.0.0.0","","0.0.0.0","0","Bound","5972"'), "Line 4: there is no local port."],
    [
      "an impossible port in CSV",
      linesOf(...CSV, '"0.0.0.0","65536","0.0.0.0","0","Bound","5972"'),
      "Line 4: '65536' is no port.",
    ],
    ["a cut row of CSV", linesOf(...CSV, '"0.0.0.0","50'), "Line 4: the row does not fit its columns."],
    [
      "a cut port in a table",
      linesOf(
        ...TABLE,
        "0.0.0.0                             50...     0.0.0.0                             0          Bound                      5972",
      ),
      "Line 5: the row does not fit its columns.",
    ],
    [
      "a cut object",
      `[\n${JSON_ROWS.map((row) => JSON.stringify(row)).join(",\n")},\n{ "LocalAddress": "0.0`,
      "Line 4: the object is cut or no JSON.",
    ],
    [
      "a list without a port",
      linesOf(...LIST, "", "LocalAddress : ::", "State : Bound"),
      "Line 18: there is no local port.",
    ],
  ])("%s costs itself only, and is told", (_name, text, problem) => {
    const decoded = decodeAs(TCP, text);
    expect(socketsOf(decoded)).toEqual(WANTED);
    expect(decoded.problems).toEqual([problem]);
  });

  test("a process id that the console cut off is none, and the port stays", () => {
    const decoded = decodeAs(
      TCP,
      linesOf(
        ...TABLE.slice(0, 2),
        "0.0.0.0                             50382     0.0.0.0                             0          Bound                      59...",
      ),
    );
    expect(socketsOf(decoded)).toEqual(["tcp 0.0.0.0:50382 bound -"]);
    expect(decoded.problems).toEqual(["Line 3: '59...' is no process id."]);
  });

  test("a row that fits no column is of the kind whose other rows do", () => {
    const endpoint = [
      "PS> Get-NetUDPEndpoint",
      "LocalAddress LocalPort",
      "------------ ---------",
      "::1          1900     ",
      "::2          19...    ",
    ];
    expect(decodeAll(linesOf(...endpoint))).toMatchObject({
      [UDP]: { rows: 1, problems: ["Line 5: the row does not fit its columns."] },
    });
    expect(kindsOf(linesOf(...endpoint))).toEqual([UDP]);
    expect(kindsOf(linesOf(...TABLE, TABLE[2]?.replace("50382", "50...") ?? ""))).toEqual([TCP]);
  });

  test("a state that is missing or unknown is not guessed", () => {
    const decoded = decodeAs(TCP, linesOf("LocalPort,RemotePort,State", "50000,0,", "50001,0,Gebunden", "50002,0,13"));
    expect(socketsOf(decoded)).toEqual([
      "tcp *:50000 connected -",
      "tcp *:50001 connected -",
      "tcp *:50002 connected -",
    ]);
    expect(decoded.problems).toEqual([
      "Line 2: there is no state.",
      "Line 3: the state 'Gebunden' is unknown.",
      "Line 4: the state '13' is unknown.",
    ]);
  });

  test("ports that may be of either protocol are of none", () => {
    const text = linesOf("LocalPort OwningProcess", "--------- -------------", "    50000          5678");
    expect(decodeAll(text)).toEqual({
      [TCP]: { rows: 0, problems: ["Line 3: nothing says whether the port is TCP's or UDP's."], sockets: [] },
    });
  });
});

describe("UDP endpoints", () => {
  const ENDPOINTS = [
    "LocalAddress                             LocalPort",
    "------------                             ---------",
    "::1                                      1900",
    "0.0.0.0                                  5353",
  ];
  const READ = ["udp ::1:1900 udp -", "udp 0.0.0.0:5353 udp -"];

  test("are a kind of their own", () => {
    expect(kindsOf(linesOf(...ENDPOINTS))).toEqual([UDP]);
    expect(socketsOf(decodeAs(UDP, linesOf(...ENDPOINTS)))).toEqual(READ);
  });

  test("stand beside connections in one text", () => {
    const text = linesOf("PS> Get-NetTCPConnection", ...TABLE, "", "PS> Get-NetUDPEndpoint", ...ENDPOINTS);
    expect(socketsOf(decodeAs(TCP, text))).toEqual(WANTED);
    expect(socketsOf(decodeAs(UDP, text))).toEqual(READ);
  });

  test.each([
    [
      "the command",
      [
        "PS> Get-NetUDPEndpoint | select LocalPort, OwningProcess",
        "",
        "LocalPort OwningProcess",
        "--------- -------------",
        "     5353            77",
      ],
    ],
    ["the type", [TYPE.replace("NetTCPConnection", "NetUDPEndpoint"), "LocalPort,OwningProcess", "5353,77"]],
    ["the class in a column", ["LocalPort,OwningProcess,CimClass", "5353,77,root/standardcimv2:MSFT_NetUDPEndpoint"]],
  ])("are known by %s", (_name, lines) => {
    expect(socketsOf(decodeAs(UDP, linesOf(...lines)))).toEqual(["udp *:5353 udp 77"]);
  });

  test("are known by what the capture says", () => {
    const text = linesOf("LocalAddress,LocalPort,State,OwningProcess", "::,5353,,77");
    expect(socketsOf(decodeAs(UDP, text, { protocol: "udp", family: null }))).toEqual(["udp :::5353 udp 77"]);
    expect(kindsOf(text, { protocol: "tcp", family: null })).toEqual([TCP]);
  });
});

test.each([
  ["services", linesOf("Name  : Dhcp", "State : Running", "", "Name  : LocalPortService", "State : Stopped")],
  ["a firewall rule", linesOf("Protocol   LocalPortRange", "--------   --------------", "TCP        80-90")],
  ["prose", "The LocalPort property of Get-NetTCPConnection is a number."],
])("%s are neither", (_name, text) => {
  expect(kindsOf(text)).toEqual([]);
});
