/**
 * Keeps a report to one line that Windows PowerShell 5.1 can take. Row limits alone do not: names may be long, and in a
 * script whose every character is printed as an escape of six.
 */
import type { TraceReport } from "../generated/records.ts";

/** Below the megabyte of the contract. */
const MAX_PRINTED = 900_000;
const ESCAPE_LENGTH = 6;

const printedLength = (report: TraceReport): number => {
  const json = JSON.stringify(report);
  const escapes = json.match(/[\u007f-\uffff]/g)?.length ?? 0;
  return json.length + escapes * (ESCAPE_LENGTH - 1);
};

const firstHalf = <T>(rows: readonly T[]): T[] => rows.slice(0, Math.ceil(rows.length / 2));

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

/** The report with its lists halved until it fits; what is left out is counted. */
export const fitReport = (report: TraceReport): TraceReport => {
  const isShort = report.holders.length + report.victims.length + report.reservations.length <= 3;
  return isShort || printedLength(report) <= MAX_PRINTED ? report : fitReport(shortened(report));
};
