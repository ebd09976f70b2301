/** Tcpip events -> records: counted by id, and one by one. */
import type { PortEvent } from "../artifacts/decoded.ts";
import { formatFiletime } from "../bytes/filetime.ts";
import type { ExhaustionEvent, ExhaustionEventCount } from "../generated/records.ts";
import { portEventMeaning } from "../model/port-events.ts";

const timeOf = (time: bigint | null): string | null => (time === null ? null : formatFiletime(time));

const recordOf = ({ id, time }: PortEvent): readonly ExhaustionEvent[] => {
  const meaning = portEventMeaning(id);
  return meaning === null ? [] : [{ time: timeOf(time), id, ...meaning }];
};

/** Newest first, those without a time last. */
const byTime = (a: ExhaustionEvent, b: ExhaustionEvent): number => {
  const [timeA, timeB] = [a.time ?? "", b.time ?? ""];
  if (timeA === timeB) return a.id - b.id;
  return timeA < timeB ? 1 : -1;
};

export const eventRows = (events: readonly PortEvent[]): readonly ExhaustionEvent[] =>
  events.flatMap(recordOf).sort(byTime);

export const eventCounts = (events: readonly PortEvent[]): readonly ExhaustionEventCount[] => {
  const rows = eventRows(events);
  return [...new Set(rows.map(({ id }) => id))]
    .sort((a, b) => a - b)
    .flatMap((id) => {
      const own = rows.filter((row) => row.id === id);
      const times = own.flatMap(({ time }) => (time === null ? [] : [time]));
      const [first] = own;
      if (first === undefined) return [];
      const { protocol, meaning, provesExhaustion } = first;
      return [
        {
          id,
          protocol,
          count: own.length,
          firstTime: times.at(-1) ?? null,
          lastTime: times[0] ?? null,
          meaning,
          provesExhaustion,
        },
      ];
    });
};
