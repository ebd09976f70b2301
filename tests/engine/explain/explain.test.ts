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
      "Maybe WebException: ConnectFailure",
      "Maybe 10048",
      "No 10061",
    ]);
  });

  test("by the first place where it stands, as it is written there", () => {
    expect(meanings.map(({ matched }) => matched)).toEqual([
      "A request to allocate an ephemeral port number from the global TCP port space has failed",
      "Unable to connect to the remote server",
      "Only one usage of each socket address (protocol/network address/port) is normally permitted",
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
