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

/** The event whose English message begins in this line; tables cut it, lists wrap it. */
export const eventOfMessage = (line: string): number | null => {
  const lower = line.toLowerCase();
  return MESSAGES.find(([message]) => lower.includes(message))?.[1] ?? null;
};
