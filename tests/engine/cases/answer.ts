// Runs the engine on a case, and takes what is to be compared.

import type { CaptureReport, Finding, Remedy, TraceReport } from "../../../engine/generated/records.ts";
import type { Given } from "../../builders/cases/given.ts";
import { captureReport, runLoose, runZip } from "../support/captures.ts";
import { withFolder } from "../support/files.ts";
import { onlyOf, runTraceFile } from "../support/run.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export type Answer = {
  readonly level: string;
  readonly pattern: string;
  readonly culprit: string | null;
  readonly findings: readonly Finding[];
  readonly remedies: readonly Remedy[];
};

type Report = CaptureReport | TraceReport;

/** By name; by PID where the evidence has no name. */
const whoIs = ({ verdict: { culprit } }: Report): string | null =>
  culprit === null ? null : (culprit.processName ?? `PID ${culprit.processId}`);

const answer = (report: Report, level: string): Answer => ({
  level,
  pattern: report.verdict.pattern,
  culprit: whoIs(report),
  findings: report.findings,
  remedies: report.remedies,
});

const ofCapture = (report: CaptureReport): Answer => answer(report, report.verdict.level);

const ofTrace = (bytes: Uint8Array, captures: readonly Uint8Array[]): Answer =>
  withFolder((folder) => {
    const pathOf = (file: Uint8Array, name: string): string => {
      const path = join(folder, name);
      writeFileSync(path, file);
      return path;
    };
    const paths = captures.map((file, index) => pathOf(file, `${index}.zip`));
    const report = onlyOf(runTraceFile(pathOf(bytes, "trace.etl"), { captures: paths }), "trace-report");
    return answer(report, report.verdict.exhausted);
  });

export const answerTo = (given: Given): Answer => {
  if (given.from === "trace") return ofTrace(given.file, given.beside?.captures ?? []);
  return ofCapture(captureReport(given.from === "texts" ? runLoose(given.files) : runZip(given.file)));
};
