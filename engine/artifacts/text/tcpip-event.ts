/**
 * Events of source Tcpip about ports, from XML and from texts of any language (event-xml.ts, event-lines.ts). Times are taken
 * only in ISO 8601 with a zone: others leave open which day or zone is meant.
 */

import { parseIsoTime } from "../../bytes/filetime.ts";
import type { Decoded, PortEvent, TextKind } from "../decoded.ts";
import { eventOfMessage, eventQuotedIn, isPortEvent } from "./event-ids.ts";
import { idOfLabel, idOfRow, idOfRowBelowSource, isSource, type Labelled, labelledOf } from "./event-lines.ts";
import { readEventXml } from "./event-xml.ts";
import { forEachLine } from "./lines.ts";
import { createProblems } from "./problems.ts";

/** What was read of one event so far. */
interface Open {
  readonly labels: Set<string>;
  id: number | null;
  message: number | null;
  isOfSource: boolean;
  isOfOther: boolean;
  time: bigint | null;
}

const newOpen = (): Open => ({
  labels: new Set(),
  id: null,
  message: null,
  isOfSource: false,
  isOfOther: false,
  time: null,
});

/** Names of sources stand under labels of any language; these are the English ones, whose other values are other sources. */
const SOURCE_LABEL = /^(source|providername|provider name|sourcename)$/;

/** Events of two languages have no label in common: a second source or another id begins the next. */
const isOfNext = ({ id, isOfSource, isOfOther }: Open, labelled: Labelled): boolean => {
  const next = idOfLabel(labelled);
  if (next !== null && id !== null && next !== id) return true;
  return (isOfSource || isOfOther) && (isSource(labelled.value) || SOURCE_LABEL.test(labelled.label));
};

const eventOf = ({ id, message, isOfSource, isOfOther, time }: Open): PortEvent | null => {
  if (id !== null && isOfSource) return { id, time };
  return message !== null && !isOfOther ? { id: message, time } : null;
};

interface Reader {
  readonly line: (line: string) => void;
  readonly end: () => void;
  readonly events: readonly PortEvent[];
}

const isoTimeIn = (line: string): bigint | null => {
  const time = /\d{4}-\d{2}-\d{2}T[\d:.,]+(?:Z|[+-]\d{2}:?\d{2})/.exec(line)?.[0];
  return time === undefined ? null : parseIsoTime(time);
};

const createReader = (): Reader => {
  const events: PortEvent[] = [];
  let open = newOpen();
  let isTableOfSource = false;

  const end = (): void => {
    const event = eventOf(open);
    if (event !== null) events.push(event);
    open = newOpen();
  };

  const label = (labelled: Labelled): void => {
    if (open.labels.has(labelled.label) || isOfNext(open, labelled)) end();
    open.labels.add(labelled.label);
    if (isSource(labelled.value)) open.isOfSource = true;
    else if (SOURCE_LABEL.test(labelled.label)) open.isOfOther = true;
    if (SOURCE_LABEL.test(labelled.label)) isTableOfSource = isSource(labelled.value);
    open.id ??= idOfLabel(labelled);
    open.time ??= parseIsoTime(labelled.value);
  };

  const message = (id: number): void => {
    if (open.message !== null || (open.id !== null && open.id !== id)) end();
    open.message = id;
  };

  const row = (id: number, line: string): void => {
    end();
    open.isOfSource = true;
    open.id = id;
    open.time = isoTimeIn(line);
    open.message = eventQuotedIn(line);
  };

  const rowId = (line: string, isLabelled: boolean): number | null => {
    const id = idOfRow(line) ?? (isTableOfSource && !isLabelled ? idOfRowBelowSource(line) : null);
    return id !== null && isPortEvent(id) ? id : null;
  };

  return {
    events,
    end,
    line: (line) => {
      const labelled = labelledOf(line);
      const id = rowId(line, labelled !== null);
      if (id !== null) return row(id, line);
      if (/^\s*Event\[\d+\]/.test(line)) end();
      if (labelled !== null) label(labelled);
      const said = eventOfMessage(line);
      if (said !== null) message(said);
    },
  };
};

/** Without one of these nothing here can be such an event: most texts are done with this look. */
const mayHoldEvents = (text: string): boolean => /tcpip|tcp\/ip failed|ephemeral port number/i.test(text);

const decode = (text: string): Decoded | null => {
  if (!mayHoldEvents(text)) return null;
  const problems = createProblems();
  const { events: ofXml, cut, rest } = readEventXml(text);
  const reader = createReader();
  const tooLong = forEachLine(rest, reader.line);
  reader.end();
  const events = [...ofXml, ...reader.events];
  if (events.length === 0) return null;
  if (cut > 0) problems.say(cut === 1 ? "1 event of the XML is cut." : `${cut} events of the XML are cut.`);
  return { rows: events.length, problems: problems.sentences(tooLong), events };
};

export const TCPIP_EVENT: TextKind = { kind: "tcpip-event", decode };
