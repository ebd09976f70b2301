// `netsh ... show dynamicport`: whose range it is, which numbers are one, and what only looks like it.

import { describe, expect, test } from "@jest/globals";
import { decodeAs, kindsOf, linesOf, NO_HINT } from "./decoding.ts";

const RULE = "-".repeat(33);
const block = (heading: string, start: string | number, ports: string | number): readonly string[] => [
  "",
  heading,
  RULE,
  `Start Port      : ${start}`,
  `Number of Ports : ${ports}`,
  "",
];

const rangesOf = (lines: readonly string[], hint = NO_HINT): unknown =>
  decodeAs("dynamic-port-range", linesOf(...lines), hint).ranges;

describe("a range", () => {
  test.each([
    ["English", block("Protocol tcp Dynamic Port Range", 49152, 16384)],
    ["without blank lines", block("Protocol tcp Dynamic Port Range", 49152, 16384).filter((line) => line !== "")],
    [
      "with blank lines between all",
      block("Protocol tcp Dynamic Port Range", 49152, 16384).flatMap((line) => [line, ""]),
    ],
    [
      "a wide colon",
      [
        `\u534f\u8bae tcp \u52a8\u6001\u7aef\u53e3\u8303\u56f4`,
        RULE,
        "\u542f\u52a8\u7aef\u53e3\uff1a49152",
        "\u7aef\u53e3\u6570\uff1a 16384",
      ],
    ],
    ["a colon in the label", ["tcp", RULE, "Start: first : 49152", "Ports:16384"]],
    ["indented by who quoted it", block("    Protocol tcp", 49152, 16384).map((line) => `    ${line}`)],
  ])("is read: %s", (_name, lines) => {
    expect(rangesOf(lines)).toEqual([{ protocol: "tcp", family: null, start: 49152, ports: 16384 }]);
  });

  test("is of the family in the command that was echoed", () => {
    expect(
      rangesOf([
        "C:\\Users\\r00481995>netsh int ipv4 show dynamicport tcp",
        ...block("Protocol tcp Dynamic Port Range", 49152, 16384),
        "C:\\>netsh interface ipv6 show dynamicport udp",
        ...block("Protocol udp Dynamic Port Range", 1025, 64510),
      ]),
    ).toEqual([
      { protocol: "tcp", family: "ipv4", start: 49152, ports: 16384 },
      { protocol: "udp", family: "ipv6", start: 1025, ports: 64510 },
    ]);
  });

  test("is of the protocol in the command where the heading is lost", () => {
    expect(rangesOf(["> netsh int ipv4 show dynamicport udp", RULE, "a : 49152", "b : 16384"])).toEqual([
      { protocol: "udp", family: "ipv4", start: 49152, ports: 16384 },
    ]);
  });

  test("takes nothing from the block before it", () => {
    expect(
      rangesOf(["netsh int ipv6 show dynamicport tcp", ...block("tcp", 49152, 16384), ...block("udp", 49152, 16384)]),
    ).toEqual([
      { protocol: "tcp", family: "ipv6", start: 49152, ports: 16384 },
      { protocol: "udp", family: null, start: 49152, ports: 16384 },
    ]);
  });

  test("takes nothing from another command above it", () => {
    const lines = [
      "netsh int ipv6 show excludedportrange tcp",
      "S    E",
      "----------    --------",
      "* - x",
      ...block("udp", 49152, 16384),
    ];
    expect(rangesOf(lines)).toEqual([{ protocol: "udp", family: null, start: 49152, ports: 16384 }]);
  });

  test("takes nothing from what stands above its command", () => {
    const lines = [
      "Settings of IPv6 follow.",
      "netsh interface ip show dynamicport tcp",
      ...block("tcp", 49152, 16384),
    ];
    expect(rangesOf(lines)).toEqual([{ protocol: "tcp", family: null, start: 49152, ports: 16384 }]);
  });

  test("is what the capture says where the text does not, and what the text says where it does", () => {
    const hint = { protocol: "udp", family: "ipv6" } as const;
    expect(rangesOf([RULE, "a : 49152", "b : 16384"], hint)).toEqual([
      { protocol: "udp", family: "ipv6", start: 49152, ports: 16384 },
    ]);
    expect(rangesOf(["netsh int ipv4 show dynamicport tcp", ...block("tcp", 49152, 16384)], hint)).toEqual([
      { protocol: "tcp", family: "ipv4", start: 49152, ports: 16384 },
    ]);
  });

  test("may end with the last port and have all of them", () => {
    expect(rangesOf(block("tcp", 0, 65536))).toEqual([{ protocol: "tcp", family: null, start: 0, ports: 65536 }]);
  });
});

describe("what is no range", () => {
  test.each([
    ["too many ports", block("tcp", 49152, 16385), "Line 5: a range of 16385 ports from 49152 on is not possible."],
    ["no ports", block("tcp", 49152, 0), "Line 5: a range of 0 ports from 49152 on is not possible."],
    [
      "nobody's",
      block("Dynamic Port Range", 49152, 16384),
      "Line 5: nothing says whether the range is TCP's or UDP's.",
    ],
    ["both's", block("tcp and udp", 49152, 16384), "Line 5: nothing says whether the range is TCP's or UDP's."],
    ["cut", block("tcp", 49152, 16384).slice(0, 4), "Line 4: the range is cut: its size is missing."],
  ])("%s: told as a problem", (_name, lines, problem) => {
    const { rows, ranges, problems } = decodeAs("dynamic-port-range", linesOf(...lines));
    expect({ rows, ranges, problems }).toEqual({ rows: 0, ranges: [], problems: [problem] });
  });

  test("a row of netstat above does not say whose it is", () => {
    const lines = ["  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4", RULE, "a : 49152", "b : 16384"];
    expect(decodeAs("dynamic-port-range", linesOf(...lines)).ranges).toEqual([]);
  });

  test.each([
    ["a reply to set", ["C:\\>netsh int ipv4 set dynamicport tcp start=49152 num=16384", "Ok."]],
    ["front matter", ["---", "a: 1", "b: 2"]],
    ["settings of a trace", [RULE, "Status:             Running", "Max Size:           250 MB", "Buffers: 5"]],
    ["numbers without a rule", ["Protocol tcp Dynamic Port Range", "a : 49152", "b : 16384"]],
  ])("%s: of no kind", (_name, lines) => {
    expect(kindsOf(linesOf(...lines))).toEqual([]);
  });
});
