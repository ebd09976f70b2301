/**
 * Events as XML: one, a list under <Events>, or one after the other without a root, as `wevtutil qe /f:xml` prints them
 * (schema: http://schemas.microsoft.com/win/2004/08/events/event). Only three values are looked for, so nothing is parsed
 * but the tags that hold them; other providers have events of the same ids.
 */

import { parseIsoTime } from "../../bytes/filetime.ts";
import type { PortEvent } from "../decoded.ts";
import { isPortEvent, SOURCE } from "./event-ids.ts";
import { integerOf } from "./lines.ts";

export interface EventXml {
  readonly events: readonly PortEvent[];
  /** Events that hold no id or no provider: cut. */
  readonly cut: number;
  /** The text without its XML. */
  readonly rest: string;
}

const START = /<(?:[A-Za-z]\w*:)?Event(?=[\s>])/g;
/** Behind this much of an event everything asked for has come: it stands in its head, before its data. */
const HEAD = 4_096;

const attributeOf = (head: string, tag: string, attribute: string): string | null => {
  const element = new RegExp(`<(?:\\w+:)?${tag}\\s([^<>]{0,500})`).exec(head)?.[1];
  const value = new RegExp(`(?:^|\\s)${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(element ?? "");
  return value === null ? null : (value[1] ?? value[2] ?? "").trim();
};

const idOf = (head: string): number | null => {
  const id = /<(?:\w+:)?EventID(?:\s[^<>]{0,200})?>\s*(\d{1,10})\s*</.exec(head)?.[1];
  return id === undefined ? null : integerOf(id);
};

/** The event; null for one of others; undefined where it is cut. */
const eventOf = (head: string): PortEvent | null | undefined => {
  const provider = attributeOf(head, "Provider", "Name");
  const id = idOf(head);
  if (provider === null || id === null) return undefined;
  const sources = [provider, attributeOf(head, "Provider", "EventSourceName") ?? ""];
  if (!sources.some((source) => source.toLowerCase() === SOURCE) || !isPortEvent(id)) return null;
  const time = attributeOf(head, "TimeCreated", "SystemTime");
  return { id, time: time === null ? null : parseIsoTime(time) };
};

const END = /<\/(?:[A-Za-z]\w*:)?Event>/g;

export const readEventXml = (text: string): EventXml => {
  const events: PortEvent[] = [];
  const rest: string[] = [];
  let [cut, behind] = [0, 0];
  const starts = [...text.matchAll(START)].map(({ index }) => index);
  const ends = [...text.matchAll(END)].map(({ index, 0: tag }) => index + tag.length);
  let next = 0;
  starts.forEach((start, index) => {
    const limit = starts[index + 1] ?? text.length;
    while ((ends[next] ?? limit) <= start) next += 1;
    const end = Math.min(ends[next] ?? limit, limit);
    const event = eventOf(text.slice(start, Math.min(end, start + HEAD)));
    if (event === undefined) cut += 1;
    else if (event !== null) events.push(event);
    rest.push(text.slice(behind, start));
    behind = end;
  });
  rest.push(text.slice(behind));
  return { events, cut, rest: rest.join("") };
};
