/** How the use of a pool changes over the samples of a watch. */
import type { HistoryRow, PoolHistory, TopOwner } from "./history.ts";
import { type Forecast, forecastOf, type Judgement, judge, type NoForecast } from "./judge.ts";
import type { Sample } from "./series.ts";

export interface HistoryGrowth extends Pick<PoolHistory, "protocol" | "family"> {
  readonly judgement: Judgement;
  readonly capacity: number | null;
  readonly forecast: Forecast | null;
  readonly noForecast: NoForecast | null;
  readonly isFull: boolean;
  /** FILETIME of the first sample after the clock was set back; null where it was not. */
  readonly clockSetBack: bigint | null;
  /** Who had most ports before many came free at once, and after; null where none did, or the history does not tell. */
  readonly tops: { readonly before: TopOwner; readonly after: TopOwner | null } | null;
}

/** A watch samples no more often than each minute; what is shorter are events in a row. */
const LEAST_MINUTES = 1;

/** After the latest moment at which the clock went back: how much time passed there is not known. */
const sinceClock = (rows: readonly HistoryRow[]): number =>
  rows.findLastIndex(({ time }, index) => index > 0 && time < (rows[index - 1]?.time ?? time));

const sampleOf = ({ time, used }: HistoryRow): Sample => ({ time, used, events: null });

type Reached = Pick<HistoryGrowth, "forecast" | "noForecast">;

const reached = ({ trend, rate }: Judgement, last: HistoryRow | undefined, isChanged: boolean): Reached => {
  const without = (noForecast: NoForecast | null): Reached => ({ forecast: null, noForecast });
  if (trend !== "Growing" || rate === null || last === undefined) return without(null);
  if (last.capacity === null) return without("capacity-unknown");
  if (last.used >= last.capacity) return without("full");
  if (isChanged) return without("capacity-changed");
  const forecast = forecastOf(rate, last.capacity - last.used, last.time);
  return { forecast, noForecast: forecast === null ? "too-far" : null };
};

const topsOf = (rows: readonly HistoryRow[], { break: found }: Judgement): HistoryGrowth["tops"] => {
  if (found?.cause !== "drop") return null;
  const before = rows[found.index - 1]?.top ?? null;
  return before === null ? null : { before, after: rows[found.index]?.top ?? null };
};

export const historyGrowth = ({ protocol, family, rows: all }: PoolHistory): HistoryGrowth => {
  const set = sinceClock(all);
  const rows = set < 0 ? all : all.slice(set);
  const judgement = judge(rows.map(sampleOf), { leastMinutes: LEAST_MINUTES, canHaveGaps: true });
  const judged = rows.slice(rows.length - judgement.samples.length);
  const last = rows.at(-1);
  const isChanged = new Set(judged.map(({ capacity }) => capacity)).size > 1;
  const isReset = set >= 0 && judged.length === rows.length;
  return {
    protocol,
    family,
    judgement,
    capacity: last?.capacity ?? null,
    ...reached(judgement, last, isChanged),
    isFull: last?.capacity != null && last.used >= last.capacity,
    tops: topsOf(rows, judgement),
    clockSetBack: isReset ? (rows[0]?.time ?? null) : null,
  };
};
