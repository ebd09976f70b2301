// Runs the engine on a case, and what its story knows of processes: who runs, and who can be meant by no command.

import type { CaptureReport, Finding, Remedy, TraceReport } from "../../../engine/generated/records.ts";
import type { Given } from "../../builders/cases/given.ts";
import type { Machine } from "../../builders/capture/machine.ts";
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

/** The kernel and nobody. */
const UNTOUCHABLE: readonly number[] = [0, 4];

/** PIDs under which sockets are listed whose process is gone, be the PID free or a younger process's. */
const goneFrom = ({ sockets, processes }: Machine): readonly number[] =>
  sockets
    .filter(({ creator, created }) => {
      const owner = processes.find(({ processId }) => processId === creator);
      return owner === undefined || owner.created > created;
    })
    .map(({ creator }) => creator);

const machinesOf = (given: Given): readonly Machine[] => {
  if (given.from !== "trace") return [given.box];
  return given.beside === null ? [] : [given.beside.box];
};

/** PIDs that no command may name. */
export const untouchable = (given: Given): ReadonlySet<number> =>
  new Set([...UNTOUCHABLE, ...machinesOf(given).flatMap(goneFrom)]);

/** PIDs of processes that a command may name. */
export const running = (given: Given): ReadonlySet<number> => {
  const inTrace = given.from === "trace" ? given.tale.processes : [];
  const here = machinesOf(given).flatMap(({ processes }) => processes);
  return new Set([...inTrace, ...here].map(({ processId }) => processId));
};
