// Rows of netstat that a console or a mail program broke, at any width, and what only looks like the rest of one.

import { describe, expect, test } from "@jest/globals";
import { decodeAs, linesOf, socketsOf } from "./decoding.ts";

const row = (protocol: string, local: string, remote: string, state: string, processId: number): string =>
  `  ${protocol.padEnd(5)}  ${local.padEnd(21)}  ${remote.padEnd(21)}  ${state.padEnd(12)}    ${processId}`;

const ROWS = [
  row("TCP", "0.0.0.0:135", "0.0.0.0:0", "LISTENING", 924),
  row("TCP", "10.0.0.5:50000", "1.2.3.4:443", "ESTABLISHED", 12344),
  row("TCP", "10.0.0.5:50001", "1.2.3.4:443", "TIME_WAIT", 0),
  row("TCP", "10.0.0.5:50002", "1.2.3.4:443", "FIN_WAIT_2", 10712),
  row("TCP", "0.0.0.0:50003", "0.0.0.0:0", "BOUND", 44328),
  row("TCP", "10.0.0.5:50004", "1.2.3.4:443", "ESTABLISHED", 22108),
  row("UDP", "0.0.0.0:5353", "*:*", "", 1500),
  row("UDP", "[::]:5355", "*:*", "", 21436),
];

const SOCKETS = [
  "tcp 0.0.0.0:135 listening 924",
  "tcp 10.0.0.5:50000 > 1.2.3.4:443 established 12344",
  "tcp 10.0.0.5:50001 > 1.2.3.4:443 timeWait 0",
  "tcp 10.0.0.5:50002 > 1.2.3.4:443 finWait2 10712",
  "tcp 0.0.0.0:50003 bound 44328",
  "tcp 10.0.0.5:50004 > 1.2.3.4:443 established 22108",
  "udp 0.0.0.0:5353 udp 1500",
  "udp :::5355 udp 21436",
];

/** As a console breaks: behind so many characters, whatever stands there. */
const brokenAt = (width: number, line: string): readonly string[] =>
  line.length <= width ? [line] : [line.slice(0, width), ...brokenAt(width, line.slice(width))];

/** As mail programs do: between words. */
const wrappedAt = (width: number, line: string): readonly string[] => {
  if (line.length <= width) return [line];
  const blank = line.lastIndexOf(" ", width);
  const head = line.slice(0, blank).trimEnd();
  return head === "" ? [line] : [head, ...wrappedAt(width, line.slice(blank + 1).trimStart())];
};

const widths = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("rows are whole again", () => {
  test.each(widths(55, 78))("where a console of %i characters broke them", (width) => {
    const decoded = decodeAs("netstat", linesOf(...ROWS.flatMap((line) => brokenAt(width, line))));
    expect(socketsOf(decoded)).toEqual(SOCKETS);
    expect(decoded.problems).toEqual([]);
  });

  test.each(widths(55, 78))("where they were wrapped at %i characters", (width) => {
    const decoded = decodeAs("netstat", linesOf(...ROWS.flatMap((line) => wrappedAt(width, line))));
    expect(socketsOf(decoded)).toEqual(SOCKETS);
    expect(decoded.problems).toEqual([]);
  });

  test("where their ends were lost, and where they were quoted", () => {
    const lines = ROWS.flatMap((line) => wrappedAt(72, line)).map((line) => `> ${line.trimEnd()}`);
    expect(socketsOf(decodeAs("netstat", linesOf(...lines)))).toEqual(SOCKETS);
  });

  test("where blank lines came between their parts", () => {
    const lines = ROWS.flatMap((line) => wrappedAt(72, line)).flatMap((line) => [line, ""]);
    expect(socketsOf(decodeAs("netstat", linesOf(...lines)))).toEqual(SOCKETS);
  });

  test("with the names below them, which go with the process in the second line", () => {
    const lines = [
      "TCP 0.0.0.0:135 0.0.0.0:0 LISTENING",
      "924",
      "  RpcSs",
      " [svchost.exe]",
      "TCP 0.0.0.0:80 0.0.0.0:0",
      "LISTENING 8",
    ];
    expect(decodeAs("netstat", linesOf(...lines)).names).toEqual([
      { processId: 924, name: "svchost.exe", services: ["RpcSs"] },
    ]);
  });

  test("with an offload state behind the process", () => {
    const lines = ["TCP 1.1.1.1:5 2.2.2.2:6 ESTABLISHED", "924 InHost", "TCP 1.1.1.1:7 2.2.2.2:6 ESTABLISHED 8 InHost"];
    expect(socketsOf(decodeAs("netstat", linesOf(...lines)))).toEqual([
      "tcp 1.1.1.1:5 > 2.2.2.2:6 established 924",
      "tcp 1.1.1.1:7 > 2.2.2.2:6 established 8",
    ]);
  });

  test("with a state of a language that is not known", () => {
    const lines = ["TCP 0.0.0.0:135 0.0.0.0:0", "ABH?REN 4", "TCP 0.0.0.0:50000 0.0.0.0:0", "GEBUNDEN 8"];
    expect(socketsOf(decodeAs("netstat", linesOf(...lines)))).toEqual([
      "tcp 0.0.0.0:135 listening 4",
      "tcp 0.0.0.0:50000 bound 8",
    ]);
  });
});

describe("a row that a console broke at its usual width", () => {
  const LONG = "  UDP    [fe80::88e9:8539:2f4d:81ae%16]:1900  *:*                                    6432";
  const TCP = "  TCP    [fe80::c9ee:eb4d:5f0b:a64f%4]:49703  [fe80::c9ee:eb4d:5f0b:a64f%5]:1521  ESTABLISHED     1236";
  const WIDE =
    "  TCP    [2001:db8:85a3:8d3:1319:8a2e:370:7348]:49703  [2001:db8:85a3:8d3:1319:8a2e:370:7349]:443  ESTABLISHED     1236";

  test.each([
    [80, LONG, "udp fe80::88e9:8539:2f4d:81ae%16:1900 udp 6432"],
    [80, LONG.replace("  6432", "6432"), "udp fe80::88e9:8539:2f4d:81ae%16:1900 udp 6432"],
    [80, `${LONG.slice(0, 78)}6432`, "udp fe80::88e9:8539:2f4d:81ae%16:1900 udp 6432"],
    [
      80,
      WIDE,
      "tcp 2001:db8:85a3:8d3:1319:8a2e:370:7348:49703 > 2001:db8:85a3:8d3:1319:8a2e:370:7349:443 established 1236",
    ],
    [
      120,
      TCP.replace("1236", "1236".padStart(120 - TCP.length + 6)),
      "tcp fe80::c9ee:eb4d:5f0b:a64f%4:49703 > fe80::c9ee:eb4d:5f0b:a64f%5:1521 established 1236",
    ],
  ])("of %i characters is one row again, also if it is the only one", (width, line, wanted) => {
    const decoded = decodeAs(
      "netstat",
      linesOf(line.slice(0, width), line.slice(width), "  UDP    0.0.0.0:5353   *:*   8"),
    );
    expect(socketsOf(decoded)).toEqual([wanted, "udp 0.0.0.0:5353 udp 8"]);
    expect(decoded.problems).toEqual([]);
  });
});

describe("what is no rest of a row", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["a count behind a row without -o", ["  UDP    0.0.0.0:5353   *:*", "1234"], ["udp 0.0.0.0:5353 udp -"]],
    [
      "a count behind many, beside a run with -o",
      ["  UDP    0.0.0.0:5353   *:*   8", "  UDP    0.0.0.0:5353   *:*", "  UDP    0.0.0.0:53   *:*", "1232"],
      ["udp 0.0.0.0:5353 udp 8", "udp 0.0.0.0:5353 udp -", "udp 0.0.0.0:53 udp -"],
    ],
    [
      "counts behind the longest rows",
      [...ROWS.slice(1, 2), "1232", ...ROWS.slice(1, 2), "1236"],
      [...SOCKETS.slice(1, 2), ...SOCKETS.slice(1, 2)],
    ],
    [
      "a name below a row of UDP that is as wide as a console",
      [`  UDP    0.0.0.0:68   *:*`.padEnd(80), " Dhcp", "  UDP    0.0.0.0:69   *:*"],
      ["udp 0.0.0.0:68 udp -", "udp 0.0.0.0:69 udp -"],
    ],
    [
      "a count below a row that is as wide as a console",
      [`  UDP    0.0.0.0:68   *:*${"924".padStart(55)}`, "1233"],
      ["udp 0.0.0.0:68 udp 924"],
    ],
    [
      "a word below a row that is cut",
      [ROWS[0] ?? "", "  TCP    1.1.1.1:1   2.2.2.2:2", "Done"],
      [SOCKETS[0] ?? "", "tcp 1.1.1.1:1 > 2.2.2.2:2 connected -"],
    ],
  ])("%s", (_name, lines, wanted) => {
    expect(socketsOf(decodeAs("netstat", linesOf(...lines)))).toEqual(wanted);
  });
});
