// Findings as the whole engine makes them: of a machine by a capture of it, of a story by its trace.

import type { CaptureReport, Finding, TraceReport } from "../../../engine/generated/records.ts";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { type Story, told } from "../../builders/story.ts";
import type { TraceFile } from "../../builders/trace-file.ts";
import { captureReport, runLoose, runOf } from "./captures.ts";
import { reportOf } from "./run.ts";

export type Diagnosed = Pick<CaptureReport, "findings" | "unchecked" | "remedies">;

const diagnosed = ({ findings, unchecked, remedies }: CaptureReport | TraceReport): Diagnosed => ({
  findings,
  unchecked,
  remedies,
});

/** A capture in which something went otherwise than in the machine's story (tests/builders/capture/changes.ts). */
export const captureFindingsOf = (capture: Capture): Diagnosed => diagnosed(captureReport(runOf(capture)));

export const findingsOf = (box: Machine): Diagnosed => captureFindingsOf(captureOf(box));

/** Of files that somebody has, by their names. */
export const looseFindingsOf = (files: ReadonlyMap<string, Uint8Array>): Diagnosed =>
  diagnosed(captureReport(runLoose(files)));

export const traceFindingsOf = (tale: Story, given: Partial<TraceFile> = {}): Diagnosed =>
  diagnosed(reportOf(told(tale, given)));

export const withId = ({ findings }: Diagnosed, id: string): readonly Finding[] =>
  findings.filter((finding) => finding.id === id);

/** The one finding of an id; none, or two, is a mistake. */
export const onlyFinding = (diagnosis: Diagnosed, id: string): Finding => {
  const [finding, ...others] = withId(diagnosis, id);
  if (finding !== undefined && others.length === 0) return finding;
  const all = diagnosis.findings.map((each) => each.id).join(", ");
  throw new Error(`${finding === undefined ? 0 : others.length + 1} findings ${id} among: ${all}`);
};

/** What was missing for a finding that could not be judged; null where it was judged. */
export const lacksOf = ({ unchecked }: Diagnosed, id: string): readonly string[] | null =>
  unchecked.find((each) => each.id === id)?.lacks ?? null;
