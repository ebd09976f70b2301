/** How numbers, times and processes read in sentences. */
import type { TrackedProcess } from "../model/process.ts";

export const number = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 0 });

export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

export const percent = (part: number): string =>
  `${(part * 100).toLocaleString("en-US", { maximumFractionDigits: part < 0.1 ? 1 : 0 })} %`;

/** Seconds below two minutes, else minutes, else hours. */
export const duration = (seconds: number): string => {
  if (seconds < 120) return `${seconds.toLocaleString("en-US", { maximumFractionDigits: seconds < 10 ? 1 : 0 })} s`;
  if (seconds < 7200) return `${number(seconds / 60)} min`;
  return `${(seconds / 3600).toLocaleString("en-US", { maximumFractionDigits: 1 })} h`;
};

export const processText = (process: TrackedProcess | null): string => {
  if (process === null) return "an unknown process";
  const { name, processId } = process;
  if (processId === null) return name ?? "a process whose PID the trace does not show";
  return name === null ? `PID ${processId}` : `${name} (${processId})`;
};

/** Time of day in UTC, to the second. */
const clockTime = (iso: string): string => `${iso.slice(11, 19)} UTC`;

/** First and last moment, the date once. */
export const between = (first: string, last: string): string => {
  if (first.slice(0, 19) === last.slice(0, 19)) return `at ${first.slice(0, 10)} ${clockTime(first)}`;
  return `between ${first.slice(0, 10)} ${first.slice(11, 19)} and ${first.slice(0, 10) === last.slice(0, 10) ? "" : `${last.slice(0, 10)} `}${clockTime(last)}`;
};
