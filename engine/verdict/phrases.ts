/** How numbers, times and processes read in sentences. Without Intl, whose first use costs more than all of a small trace. */

interface NamedProcess {
  readonly processId: number | null;
  readonly name: string | null;
}

/** A whole number with its thousands apart. */
export const number = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");

/** At most that many decimals, none where they are zero. */
const decimal = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** The first few, and how many more there are. */
export const listed = (all: readonly (string | number)[], most: number): string =>
  `${all.slice(0, most).join(", ")}${all.length > most ? ` and ${number(all.length - most)} more` : ""}`;

const LEAST_SHOWN = 0.001;

/** One decimal where a whole number would say none or all. */
export const percent = (part: number): string => {
  if (part > 0 && part < LEAST_SHOWN) return "less than 0.1 %";
  if (part < 1 && part > 1 - LEAST_SHOWN) return "99.9 %";
  return `${decimal(part * 100, part < 0.1 || (part > 0.99 && part < 1) ? 1 : 0)} %`;
};

/** One decimal, cut and not rounded: near a limit a rounded number would say that it is passed. */
export const finePercent = (part: number): string =>
  part > 0 && part < LEAST_SHOWN ? "less than 0.1 %" : `${decimal(Math.floor(part * 1000) / 10, 1)} %`;

/** Seconds below two minutes, else minutes, else hours. */
export const duration = (seconds: number): string => {
  if (seconds < 120) return `${decimal(seconds, seconds < 10 ? 1 : 0)} s`;
  return seconds < 7200 ? `${number(seconds / 60)} min` : `${decimal(seconds / 3600, 1)} h`;
};

export const processText = (process: NamedProcess | null): string => {
  if (process === null) return "an unknown process";
  const { name, processId } = process;
  if (processId === null) return name ?? "a process whose PID is not known";
  return name === null ? `PID ${processId}` : `${name} (${processId})`;
};

/** Time of day in UTC, to the second. */
export const clockTime = (iso: string): string => `${iso.slice(11, 19)} UTC`;

/** First and last moment, the date once. */
export const between = (first: string, last: string): string => {
  if (first.slice(0, 19) === last.slice(0, 19)) return `at ${first.slice(0, 10)} ${clockTime(first)}`;
  return `between ${first.slice(0, 10)} ${first.slice(11, 19)} and ${first.slice(0, 10) === last.slice(0, 10) ? "" : `${last.slice(0, 10)} `}${clockTime(last)}`;
};
