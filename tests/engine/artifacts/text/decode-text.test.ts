// Encodings of texts: what Windows' tools write, what becomes of it when one appends to another's file, and what is no text.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { textOf } from "../../../../engine/artifacts/text/decode-text.ts";
import { codePage, decodeAs, joined, socketsOf, textOfBytes, utf8, utf16 } from "./decoding.ts";

const ROW = "  TCP    0.0.0.0:135            0.0.0.0:0              ABH\u00d6REN         1128\r\n";
const CYRILLIC = `\u0410\u043a\u0442\u0438\u0432\u043d\u044b\u0435\r\n${ROW}`;
const CHINESE = `\u534f\u8bae tcp \u52a8\u6001\u7aef\u53e3\u8303\u56f4\r\n${ROW}`;

const LE = [0xff, 0xfe];
const BE = [0xfe, 0xff];
const UTF8 = [0xef, 0xbb, 0xbf];

describe.each([
  ["Latin", ROW],
  ["Cyrillic", CYRILLIC],
  ["Chinese", CHINESE],
  ["one line without its end", ROW.trim()],
])("a text in %s letters", (_name, text) => {
  test.each([
    ["UTF-8", utf8(text)],
    ["UTF-8 with a mark", joined(UTF8, utf8(text))],
    ["UTF-16LE with a mark", joined(LE, utf16(text, true))],
    ["UTF-16BE with a mark", joined(BE, utf16(text, false))],
    ["UTF-16LE", utf16(text, true)],
    ["UTF-16BE", utf16(text, false)],
  ])("is the same from %s", (_encoding, bytes) => {
    expect(textOf(bytes)).toBe(text);
  });
});

test("a code page keeps its ASCII, and a letter of it parts no word", () => {
  // 0x99 is O with diaeresis in code page 850, 0xA0 a with acute in 850 and a no-break space in Latin-1.
  const bytes = codePage(
    "TCP  0.0.0.0:135  0.0.0.0:0  ABH",
    0x99,
    "REN\tX\r\nTCP  0.0.0.0:136  0.0.0.0:0  N",
    0xa0,
    "SL 7\r\n",
  );
  expect(socketsOf(decodeAs("netstat", textOfBytes(bytes)))).toEqual([
    "tcp 0.0.0.0:135 listening -",
    "tcp 0.0.0.0:136 listening 7",
  ]);
});

test("a code page of East Asia, whose letters have ASCII in their second byte, keeps lines, digits and colons", () => {
  const katakanaPo = [0x83, 0x7c] as const;
  const long = [0x81, 0x5b] as const;
  const text = textOfBytes(
    codePage(
      ..."abc".split(""),
      ...katakanaPo,
      " tcp\r\n",
      "-".repeat(33),
      "\r\n",
      ...katakanaPo,
      ...long,
      " : 49152\r\n",
      ...long,
      " : 16384\r\n",
    ),
  );
  expect(decodeAs("dynamic-port-range", text).ranges).toEqual([
    { protocol: "tcp", family: null, start: 49152, ports: 16384 },
  ]);
});

describe("a file that two tools wrote", () => {
  const first = "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4\r\n";
  const second = "  TCP    0.0.0.0:445   0.0.0.0:0   LISTENING   4\r\n";
  const both = ["tcp 0.0.0.0:135 listening 4", "tcp 0.0.0.0:445 listening 4"];

  test.each([
    ["UTF-16 behind single bytes", joined(utf8(first), utf16(second, true))],
    ["UTF-16 behind an odd number of them", joined(utf8(`${first} \r\n`), utf16(second, true))],
    ["UTF-16 with a mark behind single bytes", joined(utf8(first), LE, utf16(second, true))],
    ["single bytes behind UTF-16", joined(LE, utf16(first, true), utf8(second))],
    ["single bytes behind UTF-16 without a mark", joined(utf16(first, true), utf8(second))],
    ["UTF-8 twice, each with a mark", joined(UTF8, utf8(first), UTF8, utf8(second))],
  ])("%s: both parts are read", (_name, bytes) => {
    expect(socketsOf(decodeAs("netstat", textOfBytes(bytes)))).toEqual(both);
  });
});

test("a short UTF-16 text with characters whose bytes are zeros in the other place is text, and its rows are read", () => {
  const row = "  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   4\r\n# \u{10000}\u{10401}\u4e00\u3000\r\n";
  for (const bytes of [joined(LE, utf16(row, true)), joined(BE, utf16(row, false))])
    expect(socketsOf(decodeAs("netstat", textOfBytes(bytes)))).toHaveLength(1);
});

test("a file cut inside a character is read up to there", () => {
  expect(textOf(utf8("ABH\u00d6").subarray(0, 4))).toBe("ABH");
  expect(textOf(joined(LE, utf16("AB", true).subarray(0, 3)))).toBe("A");
});

test.each([
  ["zeros", new Uint8Array(64)],
  ["small numbers as 32 bits", Uint8Array.from({ length: 400 }, (_, at) => (at % 4 === 0 ? at % 90 : 0))],
  ["control characters", Uint8Array.from({ length: 400 }, (_, at) => at % 32)],
  ["a zip", joined(utf8("PK\u0003\u0004\u0014"), [0, 0, 0, 8, 0], utf8("capture.json"), [0, 0, 0, 0])],
  [
    "UTF-32 with a mark",
    joined(
      LE,
      [0, 0],
      [...utf8("abcdef")].flatMap((byte) => [byte, 0, 0, 0]),
    ),
  ],
])("%s are no text", (_name, bytes) => {
  expect(textOf(bytes)).toBeNull();
});

test("an empty file is an empty text", () => {
  expect(textOf(new Uint8Array(0))).toBe("");
});

test("no bytes throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom([], LE, BE, UTF8), (bytes, mark) => {
      const text = textOf(joined(mark, bytes));
      expect(text === null || typeof text === "string").toBe(true);
    }),
  );
});
