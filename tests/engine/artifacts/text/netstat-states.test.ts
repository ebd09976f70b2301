// States in languages that are not known: what a row shows besides tells listeners, bound sockets and TIME_WAIT apart.

import { describe, expect, test } from "@jest/globals";
import { decodeAs, linesOf, socketsOf } from "./decoding.ts";

const listener = (port: number, word: string, processId = 4): string =>
  `  TCP    0.0.0.0:${port}   0.0.0.0:0   ${word}   ${processId}`;
const connection = (port: number, word: string, processId: number): string =>
  `  TCP    10.0.0.5:${port}   1.2.3.4:443   ${word}   ${processId}`;

const statesOf = (...lines: readonly string[]): readonly string[] =>
  socketsOf(decodeAs("netstat", linesOf(...lines))).map((socket) => socket.split(" ").at(-2) ?? "");

describe("without a peer", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "the word of well-known ports is the listeners'",
      [listener(135, "L"), listener(50000, "L"), listener(50001, "B")],
      ["listening", "listening", "bound"],
    ],
    ["failing these, that of registered ports", [listener(8080, "L"), listener(50001, "B")], ["listening", "bound"]],
    ["failing these, the only one", [listener(50000, "L"), listener(50001, "L")], ["listening", "listening"]],
    [
      "two words of high ports are no listeners for sure",
      [listener(50000, "A"), listener(50001, "B")],
      ["bound", "bound"],
    ],
    [
      "where LISTENING is known, another word of high ports is bound",
      [listener(135, "LISTENING"), listener(50001, "B")],
      ["listening", "bound"],
    ],
    [
      "and one that is rarer and has registered ports is another language's",
      [listener(135, "LISTENING"), listener(8765, "L")],
      ["listening", "listening"],
    ],
    [
      "but not one of more rows: then programs were given such ports",
      [listener(135, "LISTENING"), listener(30001, "B"), listener(30002, "B")],
      ["listening", "bound", "bound"],
    ],
    [
      "two languages in one file",
      [listener(135, "L1"), listener(445, "L2"), listener(50001, "B")],
      ["listening", "listening", "bound"],
    ],
    [
      "a word next to LISTENING that well-known ports have",
      [listener(135, "LISTENING"), listener(445, "L"), listener(50000, "L")],
      ["listening", "listening", "listening"],
    ],
    [
      "one bound socket of a low port does not outweigh listeners",
      [135, 139, 445, 88].map((port) => listener(port, "L")).concat(listener(22, "B")),
      ["listening", "listening", "listening", "listening", "bound"],
    ],
    [
      "two languages, one with more well-known ports",
      [...[135, 139, 445, 88].map((port) => listener(port, "L1")), listener(22, "L2"), listener(25, "L2")],
      ["listening", "listening", "listening", "listening", "listening", "listening"],
    ],
    [
      "the only one is no listener's where 65 ports have it",
      Array.from({ length: 65 }, (_, at) => listener(50000 + at, "B")),
      Array.from({ length: 65 }, () => "bound"),
    ],
    [
      "nor one of as many registered ports, which a wider range gives too",
      [...Array.from({ length: 65 }, (_, at) => listener(30000 + at, "B")), listener(8080, "L")],
      [...Array.from({ length: 65 }, () => "bound"), "listening"],
    ],
    [
      "but may be where it is of 64 ports, each in both families",
      Array.from({ length: 128 }, (_, at) => listener(50000 + (at % 64), "L")),
      Array.from({ length: 128 }, () => "listening"),
    ],
    ["a state of two words", [listener(135, "L M"), listener(50001, "B C")], ["listening", "bound"]],
  ])("%s", (_name, lines, states) => {
    expect(statesOf(...lines)).toEqual(states);
  });
});

describe("a lone word of high ports", () => {
  const problemsOf = (...lines: readonly string[]): readonly string[] =>
    decodeAs("netstat", linesOf(...lines)).problems;

  test("is told where it might be that of bound sockets", () => {
    expect(problemsOf(listener(50000, "GEBUNDEN"))).toEqual([
      "The state 'GEBUNDEN' may be that of listeners or of bound sockets: it is taken for the former.",
    ]);
  });

  test.each([
    ["where a well-known port has it", [listener(50000, "L"), listener(135, "L")]],
    ["where a registered port has it", [listener(50000, "L"), listener(8080, "L")]],
    ["where there are too many", Array.from({ length: 65 }, (_, at) => listener(50000 + at, "B"))],
    ["where it has a name", [listener(50000, "LISTENING")]],
    ["where another stands beside it", [listener(50000, "A"), listener(50001, "B")]],
  ])("is not told %s", (_name, lines) => {
    expect(problemsOf(...lines)).toEqual([]);
  });
});

describe("with a peer", () => {
  test("the word of those that belong to nobody is TIME_WAIT, for all that have it", () => {
    expect(
      statesOf(
        connection(50000, "W", 0),
        connection(50001, "W", 0),
        connection(50002, "W", 7),
        connection(50003, "E", 7),
      ),
    ).toEqual(["timeWait", "timeWait", "timeWait", "connected"]);
  });

  test("one connection that its process left does not make TIME_WAIT of all", () => {
    expect(statesOf(connection(50000, "E", 0), connection(50001, "E", 7), connection(50002, "E", 8))).toEqual([
      "connected",
      "connected",
      "connected",
    ]);
  });

  test("words that are not understood are named once", () => {
    const lines = [
      connection(50000, "E1", 5),
      connection(50001, "E1", 5),
      connection(50002, "C2", 5),
      connection(50003, "W", 0),
    ];
    expect(decodeAs("netstat", linesOf(...lines)).problems).toEqual([
      "States in a language that is not known here, taken for connections: 'C2', 'E1'.",
    ]);
  });

  test("many words are named by five and a count", () => {
    const lines = Array.from({ length: 7 }, (_, at) => connection(50000 + at, `E${at}`, 5));
    expect(decodeAs("netstat", linesOf(...lines)).problems).toEqual([
      "States in a language that is not known here, taken for connections: 'E0', 'E1', 'E2', 'E3', 'E4' and 2 more.",
    ]);
  });
});

test("German states are known by name, also without a process column", () => {
  expect(
    statesOf(
      "  TCP  0.0.0.0:50000  0.0.0.0:0  ABH\u00d6REN  7",
      "  TCP  10.0.0.5:50001  1.2.3.4:80  HERGESTELLT  7",
      "  TCP  10.0.0.5:50002  1.2.3.4:80  SCHLIESSEN_WARTEN  7",
      "  TCP  10.0.0.5:50003  1.2.3.4:80  WARTEND  7",
      "  TCP  10.0.0.5:50004  1.2.3.4:80  FIN_WARTEN_2  7",
      "  TCP  10.0.0.5:50005  1.2.3.4:80  SYN_GESENDET  7",
      "  TCP  0.0.0.0:50006  0.0.0.0:0  GEBUNDEN  7",
    ),
  ).toEqual(["listening", "established", "closeWait", "timeWait", "finWait2", "synSent", "bound"]);
});

test("a word that was decoded with the wrong code page is the same word in every row", () => {
  expect(statesOf(listener(135, "ABH\ufffdREN"), listener(50000, "ABH\ufffdREN"), listener(50001, "X"))).toEqual([
    "listening",
    "listening",
    "bound",
  ]);
});
