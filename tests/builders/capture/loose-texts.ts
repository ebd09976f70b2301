// Texts as somebody has them in files: what netstat and netsh printed, and events of the System log, as XML (schema:
// http://schemas.microsoft.com/win/2004/08/events/event) or as Event Viewer copies them, where the time is of no known zone.

import type { Machine, Protocol } from "./machine.ts";
import { dynamicPortLines, netstatLines } from "./machine/evidence.ts";
import { oemBytes } from "./oem-text.ts";

/** netstat -anoq */
export const netstatFile = (box: Machine): Uint8Array => oemBytes(netstatLines(box, { q: true }));

/** Some of its lines, as of a listing that somebody filtered. */
export const netstatExcerpt = (box: Machine, isWanted: (line: string) => boolean): Uint8Array =>
  oemBytes(netstatLines(box, { q: true }).filter(isWanted));

export const rangeFile = (box: Machine, protocol: Protocol): Uint8Array => oemBytes(dynamicPortLines(box, protocol));

const SPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

const eventXml = (id: number, time: string): string =>
  `<Event xmlns='${SPACE}'><System><Provider Name='Tcpip'/><EventID Qualifiers='32768'>${id}</EventID><TimeCreated SystemTime='${time}'/><Channel>System</Channel></System></Event>`;

/** Events at moments, ISO in UTC. */
export const eventFile = (...events: readonly (readonly [id: number, time: string])[]): Uint8Array =>
  oemBytes(events.map(([id, time]) => eventXml(id, time)));

/** The same id so many times, the moments in a form that leaves their zone open. */
export const undatedEventFile = (id: number, count: number): Uint8Array =>
  oemBytes(
    Array.from({ length: count }, (_, index) => [
      "Log Name:      System",
      "Source:        Tcpip",
      `Date:          3/2/2026 8:${String(10 + index)}:00 AM`,
      `Event ID:      ${id}`,
      "Level:         Warning",
      "",
    ]).flat(),
  );
