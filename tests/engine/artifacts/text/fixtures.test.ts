// Every sample in tests/fixtures/evidence: what it is decoded to stands in its golden, and its kind and rows in the table
// below, which were counted by hand and do not change when a golden is accepted. Drop a sample in, add both, and its source
// to the README there.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { TextKindName } from "../../../../engine/artifacts/decoded.ts";
import { differenceFromGolden, FIXTURES } from "../../support/golden.ts";
import { decodeAll, shortOf, textOfBytes, utf8, utf16 } from "./decoding.ts";

const FOLDER = join(FIXTURES, "evidence");
const samples = readdirSync(FOLDER).filter((name) => name.endsWith(".txt"));

/** Kind and rows of each sample; null for what is of no known kind. */
const COUNTED: Readonly<Record<string, readonly [TextKindName, number] | null>> = {
  "dynamicport-de-1.txt": ["dynamic-port-range", 1],
  "dynamicport-en-1.txt": ["dynamic-port-range", 1],
  "dynamicport-fr-1.txt": ["dynamic-port-range", 1],
  "dynamicport-ja-1.txt": ["dynamic-port-range", 1],
  "dynamicport-ru-1.txt": ["dynamic-port-range", 1],
  "dynamicport-ru-2.txt": ["dynamic-port-range", 1],
  "dynamicport-set-zh-1.txt": null,
  "dynamicport-zh-1.txt": ["dynamic-port-range", 1],
  "dynamicport-zh-2.txt": ["dynamic-port-range", 1],
  "event4227-en-1.txt": ["tcpip-event", 1],
  "event4231-en-1.txt": ["tcpip-event", 1],
  "event4266-en-1.txt": ["tcpip-event", 1],
  "excludedportrange-de-1.txt": ["excluded-port-range", 8],
  "excludedportrange-en-1.txt": ["excluded-port-range", 3],
  "excludedportrange-fr-1.txt": ["excluded-port-range", 14],
  "excludedportrange-fr-2.txt": ["excluded-port-range", 67],
  "excludedportrange-ko-1.txt": ["excluded-port-range", 4],
  "excludedportrange-pt-1.txt": ["excluded-port-range", 5],
  "excludedportrange-ru-1.txt": ["excluded-port-range", 12],
  "excludedportrange-zh-1.txt": ["excluded-port-range", 3],
  "get-nettcpconnection-en-1.txt": ["net-tcp-connection", 4],
  "get-nettcpconnection-en-2.txt": ["net-tcp-connection", 5],
  "get-nettcpconnection-en-3.txt": ["net-tcp-connection", 2],
  "handle-csv-en-3.txt": ["handle-list", 2],
  "handle-en-1.txt": ["handle-list", 2],
  "handle-en-2.txt": ["handle-list", 4],
  "netstat-a-ru-4.txt": ["netstat", 7],
  "netstat-ab-fr-2.txt": ["netstat", 7],
  "netstat-abno-en-1.txt": ["netstat", 6],
  "netstat-ano-de-1.txt": ["netstat", 4],
  "netstat-ano-es-1.txt": ["netstat", 6],
  "netstat-ano-fr-1.txt": ["netstat", 9],
  "netstat-ano-ja-1.txt": ["netstat", 8],
  "netstat-ano-pt-1.txt": ["netstat", 5],
  "netstat-ano-ru-1.txt": ["netstat", 5],
  "netstat-ano-zh-1.txt": ["netstat", 6],
  "netstat-anoq-en-1.txt": ["netstat", 8],
  "netstat-anoq-en-2.txt": ["netstat", 4],
  "netstat-aqn-en-3.txt": ["netstat", 1],
  "netstat-bano-zh-1.txt": ["netstat", 2],
  "netstat-es-1.txt": ["netstat", 3],
  "netstat-nto-en-4.txt": ["netstat", 2],
  "netstat-ru-3.txt": ["netstat", 5],
  "netstat-tn-de-2.txt": ["netstat", 15],
  "nettrace-convert-line-en-1.txt": null,
  "nettrace-nosession-en-1.txt": null,
  "nettrace-start-stop-en-1.txt": null,
  "nettrace-start-stop-ja-1.txt": null,
  "nettrace-stop-en-3.txt": null,
};

const asText = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

const listOf = (rows: readonly unknown[], indent: string): string =>
  rows.length === 0
    ? "[]"
    : `[\n${indent}  ${rows.map((row) => JSON.stringify(row, asText)).join(`,\n${indent}  `)}\n${indent}]`;

/** One row a line; sockets in short. */
const goldenOf = (text: string): string => {
  const kinds = Object.entries(decodeAll(text)).map(([kind, { sockets, ...decoded }]) => {
    const parts = Object.entries({ ...decoded, ...(sockets === undefined ? {} : { sockets: sockets.map(shortOf) }) });
    const lines = parts.map(
      ([name, part]) => `    "${name}": ${Array.isArray(part) ? listOf(part, "    ") : JSON.stringify(part)}`,
    );
    return `  "${kind}": {\n${lines.join(",\n")}\n  }`;
  });
  return kinds.length === 0 ? "{}\n" : `{\n${kinds.join(",\n")}\n}\n`;
};

describe.each(samples)("%s", (name) => {
  const text = textOfBytes(readFileSync(join(FOLDER, name)));

  test("is of the kind, and has the rows, that were counted by hand", () => {
    const counted = COUNTED[name];
    const rows = Object.entries(decodeAll(text)).map(([kind, decoded]) => [kind, decoded.rows]);
    expect(rows).toEqual(counted === null ? [] : [counted]);
  });

  test("is decoded as its golden says", () => {
    expect(differenceFromGolden(join(FOLDER, "decoded", `${name}.json`), goldenOf(text))).toBeNull();
  });

  test.each([
    ["UTF-16LE", (clean: string) => utf16(clean, true)],
    ["UTF-16BE", (clean: string) => utf16(clean, false)],
    ["UTF-8", utf8],
  ])("says the same in %s", (_encoding, encoded) => {
    expect(goldenOf(textOfBytes(encoded(text)))).toBe(goldenOf(text));
  });

  test("says the same with the other kind of line ends, and with none but carriage returns", () => {
    const unix = text.replaceAll("\r\n", "\n");
    expect(goldenOf(unix)).toBe(goldenOf(text));
    expect(goldenOf(unix.replaceAll("\n", "\r\n"))).toBe(goldenOf(text));
    expect(goldenOf(unix.replaceAll("\n", "\r"))).toBe(goldenOf(text));
  });
});

test("every sample was counted, has a golden and a source, and nothing else has", () => {
  expect(Object.keys(COUNTED).toSorted()).toEqual(samples.toSorted());
  expect(readdirSync(join(FOLDER, "decoded")).toSorted()).toEqual(samples.map((name) => `${name}.json`).toSorted());
  const sources = [...readFileSync(join(FOLDER, "README.md"), "utf8").matchAll(/^\| (\S+\.txt) \| \S/gm)].map(
    ([, name]) => name,
  );
  expect(sources.toSorted()).toEqual(samples.toSorted());
});
