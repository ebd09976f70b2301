/**
 * Keeps a record to one line that Windows PowerShell 5.1 can take. Row limits alone do not: names may be long, and in a
 * script whose every character is printed as an escape of six.
 */
import type { TraceReport } from "../generated/records.ts";

/** Below the megabyte of the contract. */
export const MAX_PRINTED = 900_000;
const ESCAPE_LENGTH = 6;

/** Characters of a value's line: other than ASCII is printed as an escape. */
export const printedLength = (value: unknown): number => {
  const json = JSON.stringify(value);
  const escapes = json.match(/[\u007f-\uffff]/g)?.length ?? 0;
  return json.length + escapes * (ESCAPE_LENGTH - 1);
};

export const firstHalf = <T>(rows: readonly T[]): T[] => rows.slice(0, Math.ceil(rows.length / 2));

const shortened = (report: TraceReport): TraceReport => {
  const [holders, victims] = [firstHalf(report.holders), firstHalf(report.victims)];
  const reservations = firstHalf(report.reservations);
  return {
    ...report,
    holders,
    victims,
    reservations,
    omitted: {
      ...report.omitted,
      holders: report.omitted.holders + report.holders.length - holders.length,
      victims: report.omitted.victims + report.victims.length - victims.length,
      reservations: report.omitted.reservations + report.reservations.length - reservations.length,
    },
  };
};

/** `record` shortened until it fits into a line, or until `isShort` says that there is nothing left to take away. */
export const fitted = <T>(record: T, isShort: (record: T) => boolean, shorten: (record: T) => T): T =>
  isShort(record) || printedLength(record) <= MAX_PRINTED ? record : fitted(shorten(record), isShort, shorten);

const isShort = ({ holders, victims, reservations }: TraceReport): boolean =>
  holders.length + victims.length + reservations.length <= 3;

/** The report with its lists halved until it fits; what is left out is counted. */
export const fitReport = (report: TraceReport): TraceReport => fitted(report, isShort, shortened);
