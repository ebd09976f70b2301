// `netsh ... show excludedportrange`: rows, whose they are, and tables of two numbers that are something else.

import { describe, expect, test } from "@jest/globals";
import { decodeAs, kindsOf, linesOf, NO_HINT } from "./decoding.ts";

const HEADER = ["Start Port    End Port", "----------    --------"];
const LEGEND = "* - Administered port exclusions.";
const KIND = "excluded-port-range";

const short = (lines: readonly string[], hint = NO_HINT): readonly string[] =>
  (decodeAs(KIND, linesOf(...lines), hint).exclusions ?? []).map(
    ({ protocol, family, startPort, endPort, isAdministered }) =>
      `${protocol} ${family} ${startPort}-${endPort}${isAdministered ? " *" : ""}`,
  );

describe("rows", () => {
  test.each([
    [
      "in English",
      [
        "Protocol tcp Port Exclusion Ranges",
        "",
        ...HEADER,
        "      5230        5329",
        "     50000       50059     *",
        "",
        LEGEND,
      ],
    ],
    [
      "in German, the protocol in quotes",
      [
        'Portausschlussbereiche f\u00fcr das Protokoll "tcp"',
        "",
        "Startport      Endport",
        "----------    --------",
        " 5230 5329",
        " 50000 50059 *",
      ],
    ],
    ["without blank lines", ["Protocol tcp Port Exclusion Ranges", ...HEADER, "5230 5329", "50000 50059 *", LEGEND]],
    ["with tabs", ["Protocol tcp", "Start\tEnd", "----------\t--------", "5230\t5329", "50000\t50059\t*"]],
    ["with an elision", ["Protocol tcp", ...HEADER, "5230 5329", "[...]", "50000 50059 *"]],
    ["with a remark", ["Protocol tcp", ...HEADER, "5230 5329   <- Hyper-V", "50000 50059 *   # mine"]],
  ])("%s", (_name, lines) => {
    expect(short(lines)).toEqual(["tcp null 5230-5329", "tcp null 50000-50059 *"]);
  });

  test("over a narrow rule, where only the explanation of the asterisk says what they are", () => {
    expect(short(["S E", "---- ----", "5230 5329", LEGEND])).toEqual(["null null 5230-5329"]);
    expect(kindsOf(linesOf("S E", "---- ----", "5230 5329"))).toEqual([]);
  });

  test("of several tables are each of their own protocol and family", () => {
    expect(
      short([
        "C:\\>netsh int ipv4 show excludedportrange protocol=tcp",
        ...HEADER,
        "5230 5329",
        LEGEND,
        "C:\\>netsh int ipv6 show excludedportrange udp",
        "Protocol udp Port Exclusion Ranges",
        ...HEADER,
        "50000 50059 *",
        ...HEADER,
        "7 7",
      ]),
    ).toEqual(["tcp ipv4 5230-5329", "udp ipv6 50000-50059 *", "null null 7-7"]);
  });

  test("are what the capture says where the text does not", () => {
    expect(short([...HEADER, "7 7"], { protocol: "udp", family: "ipv6" })).toEqual(["udp ipv6 7-7"]);
  });
});

test.each([
  ["the command was echoed", ["netsh int ipv4 show excludedportrange tcp", ...HEADER]],
  ["the asterisk is explained", ["Protocol tcp Port Exclusion Ranges", ...HEADER, LEGEND]],
  ["the heading names a protocol", ["Protocol tcp Port Exclusion Ranges", "", ...HEADER, ""]],
])("no row at all is an answer too, where %s", (_name, lines) => {
  expect(decodeAs(KIND, linesOf(...lines))).toEqual({ rows: 0, problems: [], exclusions: [] });
});

test("impossible rows cost themselves and are told", () => {
  const decoded = decodeAs(KIND, linesOf("Protocol tcp", ...HEADER, "5329 5230", "65000 70000", "0 65535", LEGEND));
  expect(decoded.rows).toBe(1);
  expect(decoded.problems).toEqual([
    "Line 4: there are no ports from 5329 to 5230.",
    "Line 5: there are no ports from 65000 to 70000.",
  ]);
});

describe("exclusions that nobody's name stands above", () => {
  const NOBODYS =
    "the text does not say whether these exclusions are TCP's or UDP's, so they are subtracted from neither.";

  test("are told once a table", () => {
    const decoded = decodeAs(KIND, linesOf(...HEADER, "5230 5329", "50000 50059 *", "", LEGEND, "", ...HEADER, "7 7"));
    expect(decoded.exclusions?.map(({ protocol }) => protocol)).toEqual([null, null, null]);
    expect(decoded.problems).toEqual([`Line 2: ${NOBODYS}`, `Line 9: ${NOBODYS}`]);
  });

  test.each([
    ["the heading names it", NO_HINT, ["Protocol tcp", ...HEADER, "7 7"]],
    ["the capture knows it", { protocol: "udp", family: null } as const, [...HEADER, "7 7"]],
    ["there are none", NO_HINT, ["netsh int ipv4 show excludedportrange", ...HEADER]],
  ])("are not told where %s", (_name, hint, lines) => {
    expect(decodeAs(KIND, linesOf(...lines), hint).problems).toEqual([]);
  });
});

test.each([
  ["counts by process", ["OwningProcess Count", "------------- -----", "         1234  5678"]],
  [
    "wide columns of PowerShell",
    ["LocalPortNumber    OwningProcess", "---------------    -------------", "50000    50010"],
  ],
  ["a table of names", ["Name         Value", "----------    --------", "Path    C:"]],
  ["rows without a rule", ["Protocol tcp Port Exclusion Ranges", "5230 5329"]],
])("%s are no exclusions", (_name, lines) => {
  expect(kindsOf(linesOf(...lines))).toEqual([]);
});

test("numbers behind the table's end are not its rows", () => {
  expect(short(["Protocol tcp", ...HEADER, "5230 5329", LEGEND, "1 2", "other text", "3 4"])).toEqual([
    "tcp null 5230-5329",
  ]);
});
