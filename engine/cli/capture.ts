/** `capture FILE...|-`: the verdict on a machine as it was at one moment, from a capture or from loose evidence. */
import { decodeCapture } from "../artifacts/capture-artifacts.ts";
import { type Contribution, contribution, NOTHING } from "../artifacts/contribution.ts";
import { decodeLoose } from "../artifacts/loose.ts";
import { fullestListings, withoutOtherMoments } from "../artifacts/one-moment.ts";
import { buildSnapshot } from "../artifacts/snapshot.ts";
import { buildAccounts } from "../pools/accounts.ts";
import { diagnoseCapture } from "../remedies/diagnose.ts";
import { buildCaptureReport } from "../report/capture-report.ts";
import { afdOwnerRows, portOwnerRows } from "../report/owner-rows.ts";
import { eventRows } from "../report/port-events.ts";
import { inBatches } from "../report/rows.ts";
import { judgeCapture } from "../verdict/capture/verdict.ts";
import { type CaptureInput, readCaptureInput } from "./capture-input.ts";
import type { Output } from "./output.ts";

export interface CaptureOptions {
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
}

/** Loose files beside a capture, or among themselves. */
const looseContributions = (
  captured: readonly Contribution[],
  { loose, failed }: CaptureInput,
): readonly Contribution[] => {
  const decoded = loose.flatMap(decodeLoose);
  const unread = failed.map(({ name, message }) =>
    contribution({ name, kind: null, status: "failed", reason: message }, NOTHING),
  );
  return [...withoutOtherMoments(captured, fullestListings(decoded)), ...unread];
};

const MAX_PROBLEMS = 20;

/** What a collector could not read, it has said itself; a diagnostic tells what reading its answers brought to light. */
const writeProblems = (output: Output, contributions: readonly Contribution[]): void => {
  const problems = contributions.flatMap(({ coverage: { name, kind, reason }, decoded }) =>
    kind === null ? [`${name}: ${reason}`] : decoded.problems.map((problem) => `${name}: ${problem}`),
  );
  const write = (message: string): void =>
    output.write({ kind: "diagnostic", severity: "warning", code: "evidence", message, offset: null });
  problems.slice(0, MAX_PROBLEMS).forEach(write);
  if (problems.length > MAX_PROBLEMS) write(`${problems.length - MAX_PROBLEMS} more problems are not described.`);
};

export const runCapture = (output: Output, { files }: CaptureOptions): void => {
  const input = readCaptureInput(files);
  const captured = input.capture === null ? [] : decodeCapture(input.capture);
  const loose = looseContributions(captured, input);
  writeProblems(output, [...captured, ...loose]);
  const snapshot = buildSnapshot(input.capture?.manifest ?? null, captured, loose);
  const accounts = buildAccounts(snapshot);
  const judgement = judgeCapture({ snapshot, accounts });
  const diagnosis = diagnoseCapture({ snapshot, accounts, ...judgement });
  output.write(buildCaptureReport(snapshot, judgement, diagnosis));
  inBatches(portOwnerRows(snapshot, accounts), (rows) => output.write({ kind: "rows", of: "port-owner", rows }));
  inBatches(afdOwnerRows(snapshot, accounts), (rows) => output.write({ kind: "rows", of: "afd-owner", rows }));
  inBatches(eventRows(snapshot.events), (rows) => output.write({ kind: "rows", of: "exhaustion-event", rows }));
};
