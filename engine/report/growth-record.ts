/** Growth of a pool -> the PortGrowth of the contract, with the sentence and the notes. */
import { formatFiletime } from "../bytes/filetime.ts";
import type { Forecast, Judgement, NoForecast } from "../growth/judge.ts";
import type * as Contract from "../generated/records.ts";
import type { Family, Transport } from "../model/socket-row.ts";
import { count, number } from "../verdict/phrases.ts";
import {
  breakText,
  burstText,
  chanceText,
  forecastText,
  noForecastText,
  obstacleText,
  rateText,
  spanText,
} from "./growth-words.ts";

export interface GrowthFacts {
  readonly protocol: Transport | null;
  readonly family: Family | null;
  /** What grows, as within a sentence. */
  readonly subject: string;
  readonly judgement: Judgement;
  readonly capacity: number | null;
  readonly forecast: Forecast | null;
  readonly noForecast: NoForecast | null;
  readonly isFull: boolean;
  /** What else is doubtful. */
  readonly notes: readonly string[];
}

const timeOf = (time: bigint | undefined): string | null => (time === undefined ? null : formatFiletime(time));

export const rateRecord = (judgement: Judgement): Contract.PortRate | null =>
  judgement.rate === null ? null : { ...judgement.rate };

const forecastRecord = (forecast: Forecast | null): Contract.ExhaustionForecast | null => {
  const time = forecast === null ? null : formatFiletime(forecast.time);
  if (forecast === null || time === null) return null;
  return { minutes: forecast.minutes, earliest: forecast.earliest, latest: forecast.latest, time };
};

const usedAt = ({ samples }: Judgement, index: 0 | -1): number => samples.at(index)?.used ?? 0;

const fromTo = (judgement: Judgement, capacity: number | null): string => {
  const of = capacity === null ? "ports" : `of ${count(capacity, "port")}`;
  return `from ${number(usedAt(judgement, 0))} to ${number(usedAt(judgement, -1))} ${of} in ${spanText(judgement.minutes)}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const trendText = ({ subject: told, judgement, capacity }: GrowthFacts): string => {
  const { trend, rate, obstacle, minutes, isFallInBursts } = judgement;
  const subject = capital(told);
  if (rate === null || trend === "Unknown")
    return `Whether ${told} grows is not known: ${obstacleText(obstacle, judgement)}.`;
  if (trend === "Growing") return `${subject} grows by ${rateText(rate)}: ${fromTo(judgement, capacity)}.`;
  if (trend === "Shrinking")
    return `${subject} is not growing: it falls by ${rateText(rate, -1)}, ${fromTo(judgement, capacity)}.`;
  const [before, after] = [usedAt(judgement, 0), usedAt(judgement, -1)];
  return `${subject} is not growing: ${count(before, "port")} at first, ${number(after)} after ${spanText(minutes)}; ${chanceText(rate, isFallInBursts)}.`;
};

const fullText = ({ isFull, capacity }: GrowthFacts): readonly string[] =>
  isFull && capacity !== null
    ? [`The pool is full: ${count(capacity, "port")} of ${number(capacity)} are used, so that it cannot grow any more.`]
    : [];

const summaryOf = (facts: GrowthFacts): string =>
  [trendText(facts), ...fullText(facts), ...(facts.forecast === null ? [] : [forecastText(facts.forecast)])].join(" ");

export const growthRecord = (facts: GrowthFacts): Contract.PortGrowth => {
  const { protocol, family, judgement, capacity, forecast, noForecast, notes } = facts;
  const { samples, minutes, trend } = judgement;
  return {
    protocol,
    family,
    samples: samples.length,
    firstTime: timeOf(samples[0]?.time),
    lastTime: timeOf(samples.at(-1)?.time),
    minutes,
    usedBefore: usedAt(judgement, 0),
    usedAfter: usedAt(judgement, -1),
    capacity,
    trend,
    rate: rateRecord(judgement),
    forecast: forecastRecord(forecast),
    summary: summaryOf(facts),
    notes: [
      ...breakText(judgement),
      ...fullText(facts),
      ...burstText(judgement),
      ...noForecastText(noForecast),
      ...notes,
    ],
  };
};
