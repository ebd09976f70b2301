// What is told of what was recognised: each error once, the most telling first, the place that it was recognised by, and no more than
// anybody reads.

import { describe, expect, test } from "@jest/globals";
import { ENTRIES } from "../../../engine/explain/entries.ts";
import { explain, MAX_MEANINGS } from "../../../engine/explain/explain.ts";

const LOG = [
  "03:00:01 GET /orders 200 10055 ms",
  "03:00:02 System.Net.WebException: Unable to connect to the remote server",
  " ---> System.Net.Sockets.SocketException (0x80004005): Only one usage of each socket address (protocol/network address/port) is normally permitted 10.0.0.5:1433",
  "03:00:03 connect: [WinError 10061]",
  "03:00:04 error 10048, error 10048, WSAEADDRINUSE",
  "03:00:05 A request to allocate an ephemeral port number from the global TCP port space has failed",
].join("\r\n");

describe("a log", () => {
  const meanings = explain([LOG]);

  test("each error is told once, proofs first, then what may be, then what is not", () => {
    expect(meanings.map(({ code, exhaustion }) => `${exhaustion} ${code}`)).toEqual([
      "Yes 4231",
      "Maybe 10048",
      "Maybe WebException: ConnectFailure",
      "No 10061",
    ]);
  });

  test("by the first place where it stands, as it is written there", () => {
    expect(meanings.map(({ matched }) => matched)).toEqual([
      "A request to allocate an ephemeral port number from the global TCP port space has failed",
      "Only one usage of each socket address (protocol/network address/port) is normally permitted",
      "Unable to connect to the remote server",
      "10061",
    ]);
  });
});

describe("several texts", () => {
  test("are searched one by one: each can be a code alone", () => {
    expect(explain(["10055", "4231", "something else"]).map(({ code }) => code)).toEqual(["4231", "10055"]);
  });

  test("tell an error once, by the first", () => {
    expect(explain(["10055", "WSAENOBUFS"]).map(({ matched }) => matched)).toEqual(["10055"]);
  });

  test("may be none", () => {
    expect(explain([])).toEqual([]);
  });
});

describe("vague codes", () => {
  test("are told where nothing else is", () => {
    expect(explain(["SocketException (0x80004005)"]).map(({ code }) => code)).toEqual(["0x80004005"]);
  });

  test("are left out beside any other, also one of another text", () => {
    expect(explain(["SocketException (0x80004005)", "10061"]).map(({ code }) => code)).toEqual(["10061"]);
  });
});

describe("an outer error", () => {
  const OUTER = "System.Net.WebException: Unable to connect to the remote server";
  const codesOf = (text: string): readonly string[] => explain([text]).map(({ code }) => code);
  const OUTER_CODE = "WebException: ConnectFailure";

  test.each<readonly [what: string, text: string, codes: readonly string[]]>([
    ["is told where nothing is known of what it holds", OUTER, [OUTER_CODE]],
    ["stands behind the error that it holds", `${OUTER} ---> SocketException (10055)`, ["10055", OUTER_CODE]],
    ["is not told where what it holds is about something else", `${OUTER} ---> SocketException (10061)`, ["10061"]],
    [
      "and neither is one around that",
      `An error occurred while sending the request ---> ${OUTER} ---> SocketException (10061)`,
      ["10061"],
    ],
    [
      "is told where the first that it holds may be about ports",
      `${OUTER} ---> (10055) ---> (10061)`,
      ["10055", OUTER_CODE, "10061"],
    ],
    [
      "is told where the other error stands in front",
      `SocketException (10061) and then ${OUTER}`,
      [OUTER_CODE, "10061"],
    ],
    [
      "is told where the other error is far away",
      `${OUTER} ${"x ".repeat(300)} SocketException (10061)`,
      [OUTER_CODE, "10061"],
    ],
    [
      "is told where one of its kind holds nothing known",
      `${OUTER} ---> WSAECONNREFUSED ${"x ".repeat(300)} ${OUTER}`,
      [OUTER_CODE, "10061"],
    ],
    [
      "is decided behind the HRESULT of every socket error",
      `${OUTER} ---> SocketException (0x80004005): ECONNREFUSED`,
      ["10061"],
    ],
  ])("%s", (_, text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });
});

test("of every name there is, the most telling are told", () => {
  const names = ENTRIES.flatMap((entry) => entry.names).join(" ");
  const told = explain([names]);
  expect(told).toHaveLength(MAX_MEANINGS);
  const proofs = ENTRIES.filter(({ exhaustion, names: own }) => exhaustion === "Yes" && own.length > 0);
  expect(told.slice(0, proofs.length).every(({ exhaustion }) => exhaustion === "Yes")).toBe(true);
});

test("a meaning has all that the entry has, with the sources of its texts", () => {
  const [meaning] = explain(["10048"]);
  const entry = ENTRIES.find(({ code }) => code === "10048");
  expect(meaning).toMatchObject({
    system: "Winsock",
    names: entry?.names,
    meaning: entry?.meaning,
    when: entry?.when,
    next: entry?.next,
  });
  expect(meaning?.sources).toEqual(expect.arrayContaining(["https://github.com/dotnet/MQTTnet/issues/769"]));
});
