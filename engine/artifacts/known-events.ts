/** Events of several sources, each once: two files may hold the same log. */
import type { Contribution } from "./contribution.ts";
import type { PortEvent } from "./decoded.ts";

const distinctTimed = (events: readonly PortEvent[]): readonly PortEvent[] => {
  const byKey = new Map(
    events.filter(({ time }) => time !== null).map((event) => [`${event.id} ${event.time}`, event]),
  );
  return [...byKey.values()];
};

/** Without a time, the source that has most of an id tells how many there were. */
const distinctUntimed = (sources: readonly (readonly PortEvent[])[]): readonly PortEvent[] => {
  const untimed = sources.map((events) => events.filter(({ time }) => time === null));
  const ids = new Set(untimed.flat().map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const own = untimed.map((events) => events.filter((event) => event.id === id));
    return own.reduce((most, events) => (events.length > most.length ? events : most), []);
  });
};

export const knownEvents = (contributions: readonly Contribution[]): readonly PortEvent[] => {
  const sources = contributions.map(({ decoded }) => decoded.events ?? []);
  return [...distinctTimed(sources.flat()), ...distinctUntimed(sources)];
};
