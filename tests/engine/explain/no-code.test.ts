// Numbers that are no codes, whatever they are equal to: ports, PIDs, counts, parts of something longer. Each is tried with every code
// that a number alone would be taken for.

import { describe, expect, test } from "@jest/globals";
import { ENTRIES } from "../../../engine/explain/entries.ts";
import { explain } from "../../../engine/explain/explain.ts";

const found = (text: string): readonly string[] => explain([text]).map(({ code, matched }) => `${code} by ${matched}`);

const NUMBERS = ENTRIES.flatMap(({ numbers }) =>
  numbers.filter(({ value, by }) => value > 0 && (by === "error" || by === "event")).map(({ value }) => value),
);

const NO_CODES: readonly (readonly [what: string, text: (n: number) => string])[] = [
  ["an endpoint", (n) => `Connected to 10.0.0.1:${n}.`],
  ["an endpoint alone", (n) => `10.0.0.1:${n}`],
  ["an endpoint of IPv6", (n) => `TCP [fe80::1%4]:${n} LISTENING`],
  ["an endpoint after an error", (n) => `Error connecting to 10.0.0.1:${n}`],
  ["an endpoint by name after a word for errors", (n) => `connect to proxy-status:${n}`],
  ["an endpoint of a host with dots", (n) => `connect to error.contoso.com:${n}`],
  ["a URL", (n) => `GET http://web01:${n}/error 500`],
  ["a port", (n) => `error on port ${n}`],
  ["a port in brackets", (n) => `listening, port (${n})`],
  ["a PID", (n) => `PID ${n}`],
  ["a PID with a sign of equality", (n) => `failed, pid=${n}`],
  ["a process ID of an event", (n) => `Tcpip: Process ID: ${n}`],
  ["a PID behind a program", (n) => `svchost.exe (${n})`],
  ["a PID of a log", (n) => `sshd[${n}]: accepted`],
  ["a count", (n) => `error: ${n} connections`],
  ["a duration", (n) => `status 200 in ${n} ms`],
  ["bytes", (n) => `code: ${n} bytes`],
  ["a share", (n) => `error rate: ${n} %`],
  ["a version", (n) => `error in version 1.${n}.2`],
  ["a decimal", (n) => `error ${n}.5`],
  ["a part of a longer number", (n) => `error ${n}7`],
  ["a part of a word", (n) => `error E${n}`],
  ["a date", (n) => `error at 2026-${n}`],
  ["a sentence before", (n) => `There was an error. ${n} is my favourite`],
  ["a post code", (n) => `zip code ${n}`],
  ["a number in running text", (n) => `we saw ${n} of them`],
  ["a verb that ends in event", (n) => `to prevent ${n} more`],
];

describe.each(NO_CODES)("%s is no code", (_, text) => {
  test.each(NUMBERS.map((number) => [text(number)]))("%s", (given) => {
    expect(found(given)).toEqual([]);
  });
});

describe("no code is", () => {
  test.each([
    ["nothing", ""],
    ["white space", " \r\n\t"],
    ["another number", "10056"],
    ["the low half of a status in decimal", "521"],
    ["a short hex number in running text", "offset 0x209 of the file"],
    ["a PID that could be 10048, behind a word", "Registry (10048)"],
    ["68 as an error of anybody", "error 68"],
    ["an event of somebody else", "Event ID 5719 of the source Contoso"],
    ["a file that may not be opened", "EACCES: permission denied, open 'x.txt'"],
    ["a bare Id without the source", "Id : 4231"],
    ["a longer word around a name", "MY_WSAENOBUFS_COUNT"],
    ["a longer word around a text", "reconnect EADDRINUSEX"],
    ["a longer number behind an event's source", "Tcpip/42310"],
    ["17 digits of hex", "0x1C0000209C0000209"],
    ["a GUID", "{2f07e2ee-15db-40f1-90ef-9d7ba282188a}"],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual([]);
  });
});
