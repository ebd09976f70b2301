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
  ["how many errors there were", (n) => `errors: ${n}`],
  ["how many errors there were, in a sum", (n) => `total errors ${n}`],
  ["how many events there were", (n) => `events: ${n}`],
  ["how many of something with a word for errors before", (n) => `Fehler: ${n} Zeilen`],
  ["one of many", (n) => `event ${n} of 90000 read`],
  ["a code of something else", (n) => `area code ${n}`],
  ["a bar code", (n) => `barcode ${n}`],
  ["a code in JSON of something else", (n) => `{"productCode":${n}}`],
  ["a code in XML of something else", (n) => `<PostalCode>${n}</PostalCode>`],
  ["a Japanese bar code", (n) => `バーコード ${n}`],
  ["the status of something else", (n) => `order status ${n}`],
  ["rows of a query", (n) => `the query returned ${n} customers`],
  ["a process behind the level of a log", (n) => `2026-01-01 10:00:00,123 ERROR [${n}] Foo - text`],
  ["a process behind the level of Spring's log", (n) => `2026-01-01 10:00:00.000 ERROR ${n} --- [main] a.b : text`],
  ["a thread between two brackets", (n) => `[ERROR] [${n}] text`],
  ["a thread of glog", (n) => `E0101 10:00:00.000000   ${n} main.go:10] text`],
  ["a line of a script", (n) => `At C:\\x.ps1:${n} char:3`],
  ["a line of a stack trace", (n) => `error at Foo.Bar() in C:\\x.cs:line ${n}`],
  ["a line of Python", (n) => `error: File "x.py", line ${n}, in foo`],
  ["a line of a compiler", (n) => `foo.c(${n}): error C1010: text`],
  ["a line of JavaScript", (n) => `error at http://x/y.js:${n}:13`],
  ["a phone number", (n) => `error line: call +49 ${n} 0`],
  ["a part of a GUID", (n) => `error {000${n}-1005-1005-1005-100551005510}`],
  ["an id of events of another program", (n) => `{"eventId":${n},"type":"OrderCreated"}`],
  ["an event of another source", (n) => `Log Name: Application Source: Contoso Event ID: ${n} Level: Warning`],
  ["an event of another source in XML", (n) => `<Provider Name='Contoso'/><EventID>${n}</EventID>`],
  ["an event of another source in a headline", (n) => `Event ${n}, Contoso`],
  ["an event that was not logged", (n) => `Tcpip: no event ${n} or ${n} was logged`],
  [
    "how many events a source has logged",
    (n) => `Name      Count\n----      -----\nTcpip     ${n}\nNETLOGON  ${n}\nSystem ${n}`,
  ],
  ["a port and a PID of netstat", (n) => `TCP    0.0.0.0:${n}   0.0.0.0:0   LISTENING   ${n}`],
  ["a PID of tasklist", (n) => `error.exe      ${n} Services     0     ${n} K`],
  ["an event of a queue", (n) => `kafka: consumed event ${n}`],
  ["a value in a list", (n) => `sizes=[${n}]`],
  ["a number with a group separator", (n) => `error count 1,${n}`],
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
    ["a GUID that begins as a status", "{c0000209-1234-1234-1234-123456789012}"],
    ["a status in a hex dump", "deadbeef c0000209 aa"],
    ["a status in a register", "rax=00000000c0000209 rbx=0"],
    ["a status as an address", "fault offset: 0xC0000209"],
    ["a status as a place in memory", "called at 0xC0000209"],
    ["a status as a color", "color #c0000209"],
    ["a status as a commit", "commit c000020a"],
    ["a status as a count", "3221225993 bytes"],
    ["a status as a size", "size=3221225993"],
    ["an event's long id as a time", "time 2147487879"],
    ["an HRESULT as a number of an order", "order 80072747"],
    ["a short hex number of a program", "The program ended with the error 0x209 after a while"],
    ["the error of an installer", "Error 1722. There is a problem with this Windows Installer package."],
    ["an error of Oracle", "ORA-01722: invalid number"],
    ["an error of MySQL", "ERROR 1753 (HY000): the replica has a problem with its threads"],
    ["68 in hex as the status of anybody", "exit status 0x44"],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual([]);
  });
});
