/** What is said of growth: rates, spans of time, and why something is not known. */
import { formatFiletime } from "../bytes/filetime.ts";
import { LEAST_NET, type Forecast, type Judgement, type NoForecast, type Obstacle } from "../growth/judge.ts";
import type { Rate } from "../growth/rate.ts";
import type { BreakCause } from "../growth/stretch.ts";
import { count, duration, number } from "../verdict/phrases.ts";

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;

/** Minutes of the unit in which a rate is a number that people can take in. */
const unitOf = (perMinute: number): readonly [minutes: number, name: string] => {
  const size = Math.abs(perMinute);
  if (size >= 1) return [1, "a minute"];
  return size * MINUTES_PER_HOUR >= 1 ? [MINUTES_PER_HOUR, "an hour"] : [MINUTES_PER_DAY, "a day"];
};

const rateNumber = (value: number): string => {
  const [whole, tenths] = [Math.round(value), Math.round(value * 10) / 10];
  return Math.abs(value) >= 10 || whole === tenths ? number(whole) : String(tenths);
};

/** "60 ports a minute (52 to 68)"; of what falls, how much it falls. */
export const rateText = ({ perMinute, lower, upper }: Rate, sign: 1 | -1 = 1): string => {
  const [minutes, unit] = unitOf(perMinute);
  const [value, low, high] = [perMinute, sign === 1 ? lower : upper, sign === 1 ? upper : lower].map((each) =>
    rateNumber(each * sign * minutes),
  );
  return `${value} ports ${unit} (${low} to ${high})`;
};

/** The interval alone, of what may be nothing. */
export const intervalText = ({ lower, upper }: Rate): string => {
  const [minutes, unit] = unitOf(Math.max(Math.abs(lower), Math.abs(upper)));
  return `${rateNumber(lower * minutes)} to ${rateNumber(upper * minutes)} ports ${unit}`;
};

export const spanText = (minutes: number): string => {
  if (minutes >= 2 * MINUTES_PER_DAY) return `${rateNumber(minutes / MINUTES_PER_DAY)} days`;
  return duration(minutes * 60);
};

export const momentText = (time: bigint): string => {
  const iso = formatFiletime(time) ?? "";
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
};

export const forecastText = ({ minutes, earliest, latest, time }: Forecast): string =>
  `If it goes on like this, the pool is full in ${spanText(minutes)} (${spanText(earliest)} to ${spanText(latest)}), at ${momentText(time)}.`;

/** Why a change is not called growth. */
export const chanceText = ({ lower, upper }: Rate, isFallInBursts: boolean): string => {
  if (lower > 0 || upper < 0) return `a difference of less than ${LEAST_NET} ports is not called growth`;
  const interval = intervalText({ perMinute: 0, lower, upper });
  return isFallInBursts
    ? `it fell in bursts, for which no rate holds (${interval})`
    : `the difference is within what chance explains (${interval})`;
};

export const obstacleText = (obstacle: Obstacle | null, { samples, minutes }: Judgement): string => {
  switch (obstacle) {
    case "too-short":
      return `${spanText(minutes)} are too short to tell`;
    case "few-samples":
      return `${samples.length} samples are too few to tell`;
    case "bursts":
      return `it rose from ${number(samples[0]?.used ?? 0)} to ${number(samples.at(-1)?.used ?? 0)}, but in bursts, for which no rate holds`;
    case "unseen":
      return "not all ports can be seen, and those that can do not grow";
    case "started":
      return "it began between the captures, and what a program opens at its start is no growth";
    case "older":
      return "sockets from before the trace were closed in it, and whether they had ports is not known";
    default:
      return "one sample shows no change";
  }
};

const NO_FORECAST: Readonly<Record<NoForecast, string | null>> = {
  "capacity-unknown": "When the pool is full is not told: its size is not known.",
  "capacity-changed": "When the pool is full is not told: its range or its excluded ports changed meanwhile.",
  "time-wait":
    "When the pool is full is not told: what grows are ports in TIME_WAIT, which come free of their own, so that their number does not rise for ever.",
  partial: "When the pool is full is not told: only ports opened in the trace are counted, not those from before.",
  "too-far": "When the pool is full is not told: at this rate it takes more than a year.",
  // Said of the pool itself.
  full: null,
};

export const noForecastText = (reason: NoForecast | null): readonly string[] => {
  const text = reason === null ? null : NO_FORECAST[reason];
  return text === null ? [] : [text];
};

type BreakText = (since: string, ports: number) => string;

const BREAK: Readonly<Record<BreakCause, BreakText>> = {
  gap: (since) => `Nothing was sampled for some time before ${since}: only what came after is judged.`,
  drop: (since, ports) =>
    `${count(ports, "port")} came free at once before ${since}, as when a process ends: only what came after is judged.`,
  change: (since) => `The rate changed at ${since}: only what came after is judged.`,
};

export const breakText = ({ break: found, samples }: Judgement): readonly string[] => {
  const [first] = samples;
  if (found === null || first === undefined) return [];
  return [BREAK[found.cause](momentText(first.time), found.ports)];
};

/** Two samples have one difference, whatever came of it. */
export const burstText = ({ trend, samples }: Judgement): readonly string[] =>
  samples.length === 2 && (trend === "Growing" || trend === "Shrinking")
    ? ["Two samples cannot tell a burst from steady change; a third one can."]
    : [];
