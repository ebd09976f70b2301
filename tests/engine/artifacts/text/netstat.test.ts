// netstat, whatever its options, its language, and what was done to its output since.

import { describe, expect, test } from "@jest/globals";
import { PORT_BY_NAME } from "../../../../engine/model/socket-row.ts";
import { decodeAs, kindsOf, linesOf, socketsOf } from "./decoding.ts";

const ROWS: readonly (readonly [string, string, string])[] = [
  [
    "-ano",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            ESTABLISHED     77",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 established 77",
  ],
  [
    "-an",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            CLOSE_WAIT",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 closeWait -",
  ],
  [
    "-anot",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            ESTABLISHED     77\tInHost      ",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 established 77",
  ],
  [
    "-ant",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            TIME_WAIT       InHost      ",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 timeWait -",
  ],
  [
    "-ant, blanks lost",
    "TCP 10.0.0.5:50000 1.2.3.4:443 TIME_WAIT InHost",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 timeWait -",
  ],
  [
    "-anoq",
    "  TCP    0.0.0.0:50100          0.0.0.0:0              BOUND           44328",
    "tcp 0.0.0.0:50100 bound 44328",
  ],
  ["UDP", "  UDP    0.0.0.0:5353           *:*                                    1500", "udp 0.0.0.0:5353 udp 1500"],
  ["UDP without process", "  UDP    0.0.0.0:5353           *:*", "udp 0.0.0.0:5353 udp -"],
  [
    "IPv6 with a zone",
    "  UDP    [fe80::1%16]:1900      *:*                                    6432",
    "udp fe80::1%16:1900 udp 6432",
  ],
  [
    "IPv6",
    "  TCP    [::1]:49703            [::1]:1521             FIN_WAIT_2      9",
    "tcp ::1:49703 > ::1:1521 finWait2 9",
  ],
  [
    "a state as wide as its column",
    "  TCP    [::1]:49703            [::1]:1521             SCHLIESSEN_WARTEN 9",
    "tcp ::1:49703 > ::1:1521 closeWait 9",
  ],
  ["tabs", "TCP\t0.0.0.0:135\t0.0.0.0:0\tLISTENING\t4", "tcp 0.0.0.0:135 listening 4"],
  [
    "no-break spaces of a web page",
    "\u00a0TCP\u00a0\u00a00.0.0.0:135\u00a0\u00a00.0.0.0:0\u00a0\u00a0LISTENING\u00a0\u00a04",
    "tcp 0.0.0.0:135 listening 4",
  ],
  [
    "a name without a peer",
    "  TCP    0.0.0.0:445            DESKTOP-9JPISDO:0      LISTENING",
    "tcp 0.0.0.0:445 listening -",
  ],
  [
    "PID 0",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            TIME_WAIT       0",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 timeWait 0",
  ],
  [
    "SYN_SENT",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            SYN_SENT        5",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 synSent 5",
  ],
  [
    "SYN_RECEIVED",
    "  TCP    10.0.0.5:80            1.2.3.4:443            SYN_RECEIVED    5",
    "tcp 10.0.0.5:80 > 1.2.3.4:443 synReceived 5",
  ],
  [
    "LAST_ACK",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            LAST_ACK        5",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 lastAck 5",
  ],
  [
    "CLOSING",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            CLOSING         5",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 closing 5",
  ],
  [
    "FIN_WAIT_1",
    "  TCP    10.0.0.5:50000         1.2.3.4:443            FIN_WAIT_1      5",
    "tcp 10.0.0.5:50000 > 1.2.3.4:443 finWait1 5",
  ],
  ["coloured", "\u001b[32m  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4\u001b[0m", "tcp 0.0.0.0:135 listening 4"],
  ["the last port", "  TCP    0.0.0.0:65535   0.0.0.0:0   LISTENING   4", "tcp 0.0.0.0:65535 listening 4"],
];

describe("a row", () => {
  test.each(ROWS)("%s", (_name, line, expected) => {
    const decoded = decodeAs("netstat", line);
    expect(socketsOf(decoded)).toEqual([expected]);
    expect(decoded).toMatchObject({ rows: 1, problems: [] });
  });

  test("with a name for the remote port keeps the address, and says that the port is a name", () => {
    const { sockets } = decodeAs("netstat", "  TCP    [2001:db8::5]:54628    a172-226-117-113:https  ESTABLISHED");
    expect(sockets).toEqual([
      {
        protocol: "tcp",
        family: "ipv6",
        localAddress: "2001:db8::5",
        localPort: 54628,
        remoteAddress: "a172-226-117-113",
        remotePort: PORT_BY_NAME,
        state: "established",
        processId: null,
        created: null,
        isPortExplicit: null,
      },
    ]);
  });
});

describe("a row that is of no use", () => {
  const GOOD = "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4";

  test.each([
    [
      "  TCP    10.0.0.5:epmap   1.2.3.4:443   ESTABLISHED   5",
      "Line 2: the local port 'epmap' is a name; run netstat with -n.",
    ],
    ["  TCP    10.0.0.5:70000   1.2.3.4:443   ESTABLISHED   5", "Line 2: '70000' is no port."],
    ["  TCP    10.0.0.5:99999999999999   1.2.3.4:443   ESTABLISHED   5", "Line 2: '99999999999999' is no port."],
    ["  TCP    10.0.0.5:50000   1.2.3.4:65536   ESTABLISHED   5", "Line 2: '65536' is no port."],
    ["  TCP    10.0", "Line 2: the row is cut."],
    ["  TCP", "Line 2: the row is cut."],
    ["  TCP    10.0.0.5:50000   0.0.0.0:0", "Line 2: there is neither a peer nor a state."],
  ])("%j costs itself only, and is told", (line, problem) => {
    const { rows, problems } = decodeAs("netstat", linesOf(GOOD, line));
    expect(rows).toBe(1);
    expect(problems).toEqual([problem]);
  });

  test("two rows in one line: the first is kept without a process, which may be the other's", () => {
    const decoded = decodeAs(
      "netstat",
      "TCP 1.1.1.1:50000 2.2.2.2:80 ESTABLISHED 5 TCP 1.1.1.1:50001 2.2.2.2:80 ESTABLISHED 6",
    );
    expect(socketsOf(decoded)).toEqual(["tcp 1.1.1.1:50000 > 2.2.2.2:80 established -"]);
    expect(decoded.problems).toEqual(["Line 1: '1.1.1.1:50001' has no place in the row."]);
  });

  test("a process id beyond 32 bits is none", () => {
    const decoded = decodeAs("netstat", "TCP 1.1.1.1:50000 2.2.2.2:80 ESTABLISHED 4294967296");
    expect(socketsOf(decoded)).toEqual(["tcp 1.1.1.1:50000 > 2.2.2.2:80 established -"]);
    expect(decoded.problems).toEqual(["Line 1: '4294967296' is no process id."]);
  });

  test("many of a kind are told by five and a count", () => {
    const lines = Array.from({ length: 12 }, (_, at) => `  TCP    pc:port${at}   1.2.3.4:443   ESTABLISHED   5`);
    const { problems } = decodeAs("netstat", linesOf(GOOD, ...lines));
    expect(problems).toHaveLength(6);
    expect(problems[4]).toBe("Line 6: the local port 'port4' is a name; run netstat with -n.");
    expect(problems[5]).toBe("7 more lines: the local port is a name.");
  });

  test("a line too long to be netstat's is told where the rest is netstat", () => {
    const long = `  TCP    1.1.1.1:1  ${" ".repeat(5000)}`;
    const { rows, problems } = decodeAs("netstat", linesOf(GOOD, long, GOOD));
    expect(rows).toBe(2);
    expect(problems).toEqual(["1 line of more than 4096 characters was not read."]);
    expect(decodeAs("netstat", linesOf(GOOD, long, long)).problems).toEqual([
      "2 lines of more than 4096 characters were not read.",
    ]);
  });
});

describe("the names of -b", () => {
  const rows = (...lines: readonly string[]): readonly unknown[] => decodeAs("netstat", linesOf(...lines)).names ?? [];
  const HOST = "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   924";

  test("go with the process of the row above; what svchost.exe loaded is a service", () => {
    expect(
      rows(HOST, "  RpcSs", " [svchost.exe]", "  UDP    0.0.0.0:68   *:*   924", "  Dhcp", " [svchost.exe]"),
    ).toEqual([{ processId: 924, name: "svchost.exe", services: ["Dhcp", "RpcSs"] }]);
  });

  test("of other programs have no services", () => {
    expect(rows("TCP 0.0.0.0:80 0.0.0.0:0 LISTENING 7", "  w3core", " [nginx.exe]")).toEqual([
      { processId: 7, name: "nginx.exe", services: [] },
    ]);
  });

  test("libraries are no services", () => {
    expect(
      rows(
        HOST,
        "  C:\\WINDOWS\\system32\\WS2_32.dll",
        "  rpcrt4.dll",
        "  -- unknown component(s) --",
        "  [svchost.exe]",
      ),
    ).toEqual([{ processId: 924, name: "svchost.exe", services: [] }]);
  });

  test.each([
    ["an elision is no name", [HOST, "[...]"]],
    ["a name behind an elision is of another row", [HOST, "[...]", " [foo.exe]"]],
    ["dots are no service", [HOST, "...", " [svchost.exe]"]],
    ["what belongs to nobody has no name", ["TCP 1.1.1.1:5 2.2.2.2:6 TIME_WAIT 0", " [a.exe]"]],
    ["a sentence says that there is no name", [HOST, " Can not obtain ownership information", " [foo.exe]"]],
    ["what stands above all rows", [" [foo.exe]", HOST]],
  ])("%s", (_name, lines) => {
    expect(rows(...lines)).toEqual([]);
  });

  test("are one for each row: a second one is of another row", () => {
    expect(rows("TCP 1.1.1.1:5 2.2.2.2:6 ESTABLISHED 7", " [a.exe]", " [b.exe]")).toEqual([
      { processId: 7, name: "a.exe", services: [] },
    ]);
  });

  test("that contradict each other are not taken", () => {
    const decoded = decodeAs("netstat", linesOf(HOST, " [a.exe]", HOST, " [b.exe]"));
    expect(decoded.names).toEqual([]);
    expect(decoded.problems).toEqual(["Process 924 has several names, 'a.exe' and 'b.exe': neither is taken."]);
  });

  test("are told where no process id goes with them", () => {
    const decoded = decodeAs("netstat", linesOf("TCP 0.0.0.0:80 0.0.0.0:0 LISTENING", " [nginx.exe]"));
    expect(decoded.names).toEqual([]);
    expect(decoded.problems).toEqual([
      "1 name of a program stands below a row without a process id; run netstat with -o too.",
    ]);
  });
});

test.each([
  ["prose", "TCP is a protocol. UDP too: see RFC 768."],
  ["netstat of Linux", "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      1/sshd"],
  ["statistics", linesOf("TCP Statistics for IPv4", "", "  Active Opens                        = 1234")],
  ["a cut row alone", "  TCP"],
  ["a list of ports", "tcp 80:80 open"],
])("%s is no netstat", (_name, text) => {
  expect(kindsOf(text)).toEqual([]);
});

test.each([
  ["in a mail", "> "],
  ["without a blank", ">"],
  ["in an answer to an answer", ">> "],
  ["with blanks between the marks", "> > "],
  ["by a bar", "| "],
])("rows that were quoted %s are read", (_name, mark) => {
  const rows = [
    "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   924",
    "  RpcSs",
    " [svchost.exe]",
    "  UDP    0.0.0.0:53   *:*   8",
  ];
  const decoded = decodeAs("netstat", linesOf(...rows.map((row) => mark + row)));
  expect(socketsOf(decoded)).toEqual(["tcp 0.0.0.0:135 listening 924", "udp 0.0.0.0:53 udp 8"]);
  expect(decoded.names).toEqual([{ processId: 924, name: "svchost.exe", services: ["RpcSs"] }]);
});

test.each([
  [["TCP 1.1.1.1:5 2.2.2.2:6 ESTABLISHED 8", "TCP 1.1.1.1:6 2.2.2.2:6 ESTABLISHED"], []],
  [
    ["TCP 1.1.1.1:5 2.2.2.2:6 ESTABLISHED 8", "TCP 1.1.1.1:6 2.2.2.2:6 ESTABLISHED", "UDP 0.0.0.0:53 *:*"],
    ["2 of 3 rows have no process id, though others do: whose they are is not known."],
  ],
  [["TCP 1.1.1.1:5 2.2.2.2:6 ESTABLISHED", "UDP 0.0.0.0:53 *:*"], []],
])("process ids that most rows of a text lack are told, if it has any: %j", (rows, problems) => {
  expect(decodeAs("netstat", linesOf(...rows)).problems).toEqual(problems);
});

test("headings that are a protocol's name are no cut rows", () => {
  expect(
    decodeAs("netstat", linesOf("TCP", "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4", "UDP")).problems,
  ).toEqual([]);
});

test("a protocol with its version says the family where addresses are names", () => {
  const { sockets } = decodeAs(
    "netstat",
    linesOf("  TCPv6  pc:50000   server:80   ESTABLISHED   4", "  UDPv4  pc:50000   *:*   4"),
  );
  expect(sockets?.map(({ protocol, family }) => [protocol, family])).toEqual([
    ["tcp", "ipv6"],
    ["udp", "ipv4"],
  ]);
});

test("a script may add the program's name to each row", () => {
  const line = "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   924   java8.exe";
  const decoded = decodeAs("netstat", line);
  expect(socketsOf(decoded)).toEqual(["tcp 0.0.0.0:135 listening 924"]);
  expect(decoded.problems).toEqual([]);
});
