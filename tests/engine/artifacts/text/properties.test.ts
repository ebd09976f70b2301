// What holds of every text: order of rows, encodings, files put together, noise, and the time it may take.

import { cpuUsage } from "node:process";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Decoded } from "../../../../engine/artifacts/decoded.ts";
import { textOf } from "../../../../engine/artifacts/text/decode-text.ts";
import { TEXT_KINDS } from "../../../../engine/artifacts/text/kinds.ts";
import { decodeAll, decodeAs, linesOf, NO_HINT, socketsOf, textOfBytes, utf8, utf16 } from "./decoding.ts";

const port = fc.integer({ min: 1, max: 65535 });
const processId = fc.integer({ min: 1, max: 0xffff_ffff });
const address = fc.ipV4();

interface Row {
  readonly line: string;
  readonly short: string;
}

const STATES = [
  ["ESTABLISHED", "established"],
  ["CLOSE_WAIT", "closeWait"],
  ["TIME_WAIT", "timeWait"],
  ["SYN_SENT", "synSent"],
  ["HERGESTELLT", "established"],
] as const;

const connection: fc.Arbitrary<Row> = fc
  .tuple(address, port, address, port, fc.constantFrom(...STATES), processId)
  .map(([local, from, remote, to, [word, state], pid]) => ({
    line: `  TCP    ${`${local}:${from}`.padEnd(21)}  ${`${remote}:${to}`.padEnd(21)}  ${word.padEnd(12)}    ${pid}`,
    short: `tcp ${local}:${from} > ${remote}:${to} ${state} ${pid}`,
  }));

const lone: fc.Arbitrary<Row> = fc
  .tuple(fc.constantFrom("0.0.0.0", "[::]", "[fe80::1%7]"), port, fc.constantFrom("LISTENING", "BOUND"), processId)
  .map(([local, from, word, pid]) => ({
    line: `  TCP    ${local}:${from}   ${local === "0.0.0.0" ? local : "[::]"}:0   ${word}   ${pid}`,
    short: `tcp ${local.replace(/[[\]]/g, "")}:${from} ${word.toLowerCase()} ${pid}`,
  }));

const udp: fc.Arbitrary<Row> = fc.tuple(address, port, processId).map(([local, from, pid]) => ({
  line: `  UDP    ${local}:${from}   *:*      ${pid}`,
  short: `udp ${local}:${from} udp ${pid}`,
}));

const rows = fc.array(fc.oneof(connection, lone, udp), { minLength: 1, maxLength: 30 });

const noise = fc.constantFrom(
  "",
  "Aktive Verbindungen",
  "C:\\>netstat -ano",
  "[...]",
  "  Proto  Local Address",
  "----",
  "12 13",
);

describe("netstat", () => {
  test("every row is read, whatever stands between them", () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(noise), (list, between) => {
        const text = linesOf(...list.flatMap(({ line }) => [between.next().value ?? "", line]));
        const decoded = decodeAs("netstat", text);
        expect(socketsOf(decoded)).toEqual(list.map(({ short }) => short));
        expect(decoded).toMatchObject({ rows: list.length, problems: [] });
      }),
    );
  });

  test("the order of lines does not matter, also of words that are not known", () => {
    const strange = fc
      .tuple(
        port,
        fc.constantFrom("0.0.0.0:0", "9.9.9.9:9"),
        fc.constantFrom("L", "B", "E", "W"),
        fc.constantFrom(0, 4),
      )
      .map(([from, remote, word, pid]) => `  TCP    1.1.1.1:${from}   ${remote}   ${word}   ${pid}`);
    const lists = fc
      .array(strange, { minLength: 1, maxLength: 12 })
      .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })));
    fc.assert(
      fc.property(lists, ([lines, shuffled]) => {
        const of = (text: readonly string[]): readonly string[] =>
          socketsOf(decodeAs("netstat", linesOf(...text))).toSorted();
        expect(of(shuffled)).toEqual(of(lines));
      }),
    );
  });

  test("encodings say the same", () => {
    fc.assert(
      fc.property(rows, fc.string({ unit: "grapheme", maxLength: 20 }), (list, word) => {
        const text = `${linesOf(...list.map(({ line }) => line))}# ${word.replace(/[\r\n\0]/g, "")}`;
        const wanted = decodeAll(text);
        for (const bytes of [utf8(text), utf16(text, true), utf16(text, false)])
          expect(decodeAll(textOfBytes(bytes))).toEqual(wanted);
      }),
    );
  });
});

const BLOCKS = {
  netstat: linesOf("Active Connections", "", "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4"),
  "dynamic-port-range": linesOf(
    "Protocol udp Dynamic Port Range",
    "-".repeat(33),
    "Start Port      : 49152",
    "Number of Ports : 16384",
  ),
  "excluded-port-range": linesOf(
    "Protocol tcp Port Exclusion Ranges",
    "",
    "Start Port    End Port",
    "----------    --------",
    "      5357        5357",
    "* - Administered port exclusions.",
  ),
  "net-tcp-connection": linesOf(
    "PS> Get-NetTCPConnection",
    "LocalAddress LocalPort State",
    "------------ --------- -----",
    "0.0.0.0      50000     Bound",
    "",
  ),
  "net-udp-endpoint": linesOf(
    "PS> Get-NetUDPEndpoint",
    "LocalAddress LocalPort",
    "------------ ---------",
    "0.0.0.0      5353     ",
    "",
  ),
  "handle-list": linesOf("a.exe pid: 7 me", "   1A4: File  (---)   \\Device\\Afd"),
  "tcpip-event": linesOf("Source: Tcpip", "Event ID: 4231"),
} as const;

type BlockName = keyof typeof BLOCKS;

const names = Object.keys(BLOCKS) as readonly BlockName[];

const listsOf = ({ sockets, ranges, exclusions, handles, events }: Decoded): unknown => ({
  sockets,
  ranges,
  exclusions,
  handles,
  events,
});

test("a file of several kinds is all of them, in any order, each as if it were alone", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...names], { minLength: 1 }), (chosen) => {
      const all = decodeAll(chosen.map((name) => BLOCKS[name]).join("\r\n"));
      expect(Object.keys(all).toSorted()).toEqual(chosen.toSorted());
      for (const name of chosen) {
        const decoded = decodeAs(name, chosen.map((other) => BLOCKS[other]).join("\r\n"));
        expect(listsOf(decoded)).toEqual(listsOf(decodeAs(name, BLOCKS[name])));
        expect(decoded.problems).toEqual([]);
      }
    }),
  );
});

describe("noise", () => {
  const isPort = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= 65535;

  const expectSound = ({ rows: count, sockets = [], ranges = [], exclusions = [] }: Decoded): void => {
    expect(count).toBeGreaterThanOrEqual(0);
    expect(sockets.filter(({ localPort }) => !isPort(localPort))).toEqual([]);
    expect(sockets.filter(({ remotePort }) => remotePort !== -1 && !isPort(remotePort))).toEqual([]);
    expect(ranges.filter(({ start, ports }) => !isPort(start) || ports < 1 || start + ports > 65536)).toEqual([]);
    expect(
      exclusions.filter(({ startPort, endPort }) => startPort > endPort || !isPort(startPort) || !isPort(endPort)),
    ).toEqual([]);
  };

  const all = names.map((name) => BLOCKS[name]).join("\r\n");

  test("bytes never throw and never give a port that is none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const decoded of Object.values(decodeAll(textOf(bytes) ?? ""))) expectSound(decoded);
      }),
    );
  });

  test("nor do texts that were changed, cut or mixed at any place", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "TCP",
        "UDP",
        ":",
        "*:*",
        "0.0.0.0:",
        "99999",
        "65536",
        "-----------",
        "LocalPort",
        '"',
        "{",
        "}",
        ",",
        "\t",
        "\r\n",
        "[",
        "pid: ",
        "<Event ",
        "Tcpip",
        "4231",
        "File",
        "\\Device\\Afd",
      ),
      fc.string({ maxLength: 5 }),
    );
    const edit = fc.tuple(fc.nat(all.length), fc.nat(12), piece);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const text = edits.reduce(
          (before, [at, length, put]) => before.slice(0, at) + put + before.slice(at + length),
          all,
        );
        for (const hint of [NO_HINT, { protocol: "udp", family: "ipv6" }] as const)
          for (const decoded of Object.values(decodeAll(text, hint))) expectSound(decoded);
      }),
    );
  });
});

describe("time", () => {
  /** No measure of speed: what is linear takes less than a second of CPU, what is not takes many minutes, on whatever machine. */
  const LIMIT_MS = 60_000;
  const LINES = 100_000;
  const long = (piece: string): string => `${piece.repeat(Math.floor(4_000 / piece.length))}\n`.repeat(1_000);

  const millisecondsOf = (text: string): number => {
    const start = cpuUsage();
    for (const { decode } of TEXT_KINDS) decode(text, NO_HINT);
    return cpuUsage(start).user / 1000;
  };

  test("100,000 rows of netstat are read at once", () => {
    const row = (at: number): string =>
      `  TCP    10.1.0.7:${49152 + (at % 16384)}      10.2.3.4:443      ESTABLISHED     ${at % 9000}`;
    const text = Array.from({ length: LINES }, (_, at) => row(at)).join("\r\n");
    expect(decodeAs("netstat", text).rows).toBe(LINES);
    expect(millisecondsOf(text)).toBeLessThan(LIMIT_MS);
  });

  test("many words for states are no more than others", () => {
    const text = Array.from({ length: 2 * LINES }, (_, at) => `TCP 1.1.1.1:1 0.0.0.0:0 W${at}`).join("\n");
    expect(decodeAs("netstat", text).rows).toBe(2 * LINES);
    expect(millisecondsOf(text)).toBeLessThan(LIMIT_MS);
  });

  test.each([
    ["blanks", `tcpip localport\n${long(" ")}x`],
    ["blanks before a letter", `tcpip localport\n${`${" ".repeat(4000)}x\n`.repeat(1_000)}`],
    ["dashes", `localport\n${`${"-".repeat(4000)}x\n`.repeat(1_000)}`],
    ["quotes", `localport,b\n${long('"')}`],
    ["colons", `tcpip\n${long(":")}`],
    ["commas", `tcpip\n${long("tcpip, ")}`],
    ["braces", `"localport"${'{"'.repeat(300_000)}`],
    ["opened events", `tcpip${"<Event ".repeat(300_000)}`],
    ["opened tags", "tcpip <Event><Provider ".repeat(50_000)],
    ["labels", `tcpip\n${`label: "x${" ".repeat(1900)}y${" ".repeat(1900)}y\n`.repeat(1_000)}`],
    ["words", `tcpip\n${long("tcp ")}`],
    ["pairs of dashes", `LocalAddress LocalPort State\n${`${"- ".repeat(2000)}\n`.repeat(3_000)}`],
    [
      "rows of many words",
      `LocalPort ${"a ".repeat(60)}\n--------- ${"- ".repeat(60)}\n${long("1 ")}${long("1.1.1.1 ")}`,
    ],
    [
      "long lines above many rules",
      `${`${"tcp ".repeat(1000)}dynamicport\n`.repeat(6)}${"-----------\n".repeat(300_000)}`,
    ],
    ["names of types", `a pid: 7\n${`1: A${"a".repeat(4000)}!\n`.repeat(1_000)}`],
    ["a list with line separators", `${`x pid: 1 ${"a: ".repeat(1300)}\u2028\u2028x\n`.repeat(2_000)}`],
    ["rows with line separators", `tcp 1.1.1.1:1 ${"a".repeat(1900)}:2 ${"b".repeat(1900)}\u2028c\n`.repeat(1_000)],
    ["messages in sentences", `tcpip\n${long("a request to allocate an ephemeral port number from the global tcp")}`],
    [
      "blanks before messages",
      `tcpip\n${`${" ".repeat(3900)}a request to allocate an ephemeral port number from the global tcp\n`.repeat(1_000)}`,
    ],
    ["broken rows", "  TCP    1.1.1.1:1   2.2.2.2:2\nA\n8\n".repeat(30_000)],
    ["one line", "tcp 1.1.1.1:1 2.2.2.2:2 ".repeat(200_000)],
  ])("%s do not slow it down", (_name, text) => {
    expect(millisecondsOf(text)).toBeLessThan(LIMIT_MS);
  });
});
