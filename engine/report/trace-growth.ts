/** Growth of the ports that a trace shows being opened -> the `growth` of its report. */
import { isAllSeen } from "../artifacts/sight.ts";
import { parseIsoTime } from "../bytes/filetime.ts";
import type * as Contract from "../generated/records.ts";
import { type Forecast, forecastOf, type Judgement, type NoForecast } from "../growth/judge.ts";
import { timelineGrowth } from "../growth/timeline.ts";
import { type BesideCapture, endsOf, onlyPool, type TraceSpan } from "../pools/beside/beside.ts";
import type { Pool } from "../pools/pool.ts";
import type { TraceFacts } from "../trackers/analysis.ts";
import { count, number } from "../verdict/phrases.ts";
import { growthRecord } from "./growth-record.ts";
import { momentText } from "./growth-words.ts";

export interface GrowingTrace {
  readonly facts: TraceFacts;
  /** Null where there are no events. */
  readonly span: TraceSpan | null;
  readonly toIso: (ticks: number) => string;
  /** Captures that were taken beside it and belong to it. */
  readonly captures: readonly BesideCapture[];
}

/** A capture of the end is taken when the recording stops; what is farther away is of another time. */
const NEAR_SECONDS = 120;

/** The pool as it was at the end of the trace, where a capture shows all of it. The timeline tells TCP and UDP not apart. */
const poolAtEnd = ({ facts, span, captures }: GrowingTrace): Pool | null => {
  const stop = span === null ? null : endsOf(captures, span).stop;
  if (span === null || stop === null || !isAllSeen(stop.snapshot.sight, "tcp")) return null;
  const isNear = Math.abs(stop.ticks - span.last) <= NEAR_SECONDS * span.ticksPerSecond;
  return isNear && facts.holdings.every(({ udp }) => udp === 0) ? onlyPool(stop, "tcp") : null;
};

interface Reached {
  readonly forecast: Forecast | null;
  readonly noForecast: NoForecast | null;
}

const reached = ({ trend, rate, samples }: Judgement, pool: Pool | null, hasFailed: boolean): Reached => {
  const last = samples.at(-1);
  // Once calls fail, there is nothing to foretell.
  if (trend !== "Growing" || rate === null || last === undefined || hasFailed)
    return { forecast: null, noForecast: null };
  if (pool === null) return { forecast: null, noForecast: "partial" };
  if (pool.free === 0) return { forecast: null, noForecast: "full" };
  const forecast = forecastOf(rate, pool.free, last.time);
  return { forecast, noForecast: forecast === null ? "too-far" : null };
};

const failingText = (failing: bigint | null): readonly string[] =>
  failing === null
    ? []
    : [`Calls failed for want of a port from ${momentText(failing)} on: only what came before is judged.`];

const freeText = ({ forecast }: Reached, pool: Pool | null): readonly string[] =>
  forecast === null || pool === null
    ? []
    : [
        `At the end ${number(pool.used)} of ${count(pool.capacity, "port")} of the TCP pool were used, as the capture of the end shows.`,
      ];

/** Null where the trace shows no port being opened. */
export const traceGrowth = (trace: GrowingTrace): Contract.PortGrowth | null => {
  const { facts, span, toIso } = trace;
  const growth = timelineGrowth(facts.timeline, span?.last ?? 0, (ticks) => parseIsoTime(toIso(ticks)) ?? 0n);
  if (growth === null) return null;
  const { judgement, failing } = growth;
  const pool = poolAtEnd(trace);
  const told = reached(judgement, pool, failing !== null);
  return growthRecord({
    protocol: null,
    family: null,
    subject: "the number of ports opened in the trace",
    judgement,
    // Of what is counted here, the pool is not the measure: most of it may be taken by older ports.
    capacity: null,
    ...told,
    isFull: false,
    notes: [...freeText(told, pool), ...failingText(failing)],
  });
};
