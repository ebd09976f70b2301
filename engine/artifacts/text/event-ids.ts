/**
 * Events of source Tcpip that tell of ports, their messages and their other number. Ids and message codes: netevent.h
 * (domain.md 3.5); the sentences are those of real events (tests/fixtures/evidence, event*.txt).
 */

export const SOURCE = "tcpip";

const IDS: ReadonlySet<number> = new Set([4226, 4227, 4230, 4231, 4265, 4266]);

export const isPortEvent = (id: number): boolean => IDS.has(id);

/** A warning of Tcpip: 0x8000 before the id and its facility bits, 0x80001087 for 4231. Get-EventLog prints it as InstanceId. */
const WARNING = 0x8000_0000;

/** The id behind a number that is an id or an instance id. */
export const eventIdOf = (number: number): number => (number >= WARNING ? number & 0xffff : number);

const MESSAGES: readonly (readonly [string, number])[] = [
  ["tcp/ip failed to establish an outgoing connection because the selected local endpoint", 4227],
  ["a request to allocate an ephemeral port number from the global tcp", 4231],
  ["a request to allocate an ephemeral port number from the global udp", 4266],
];

/** The event whose English message the line holds, whatever stands around it. */
export const eventQuotedIn = (line: string): number | null => {
  const lower = line.toLowerCase();
  return MESSAGES.find(([message]) => lower.includes(message))?.[1] ?? null;
};

/** Behind these a value or a cell begins; after blanks too, while CSV has none behind its separators. */
const BEFORE_VALUE = new Set([":", "\uff1a", "|", ">"]);
const BEFORE_CELL = new Set([",", ";"]);
const SENTENCE_ENDS = new Set([".", "!", "?"]);

/** Whether a message may begin behind this: a line, a value, a cell; not the middle of a sentence. */
const isBeginning = (before: string): boolean => {
  const head = before.trimEnd();
  const last = head.at(-1);
  if (last === undefined || BEFORE_VALUE.has(last)) return true;
  const gap = before.slice(head.length);
  if (BEFORE_CELL.has(last)) return gap === "";
  return gap.includes("\t") || (gap.length > 1 && !SENTENCE_ENDS.has(last));
};

/** Whether the quotes that open before `start` are those of a cell or a value: nothing but another follows them. */
const isQuotedCell = (line: string, start: number): boolean => {
  const close = line.indexOf('"', start);
  return close > 0 && /^\s*(?:$|[,;}\]]\s*$|[,;\t}\]]\S|\|)/.test(line.slice(close + 1, close + 40));
};

/**
 * The event whose English message begins in this line, as a message does: people who quote it in a sentence have no event.
 * Tables cut it, lists wrap it.
 */
export const eventOfMessage = (line: string): number | null => {
  const lower = line.toLowerCase();
  for (const [message, id] of MESSAGES) {
    for (let at = lower.indexOf(message); at >= 0; at = lower.indexOf(message, at + message.length)) {
      const isQuoted = line.charAt(at - 1) === '"';
      if (isBeginning(line.slice(0, isQuoted ? at - 1 : at)) && (!isQuoted || isQuotedCell(line, at))) return id;
    }
  }
  return null;
};
