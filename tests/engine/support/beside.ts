// Runs `trace FILE --capture ZIP` on a story and on captures taken beside it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TraceReport } from "../../../engine/generated/records.ts";
import { captured } from "../../builders/beside.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { type Story, told } from "../../builders/story.ts";
import type { TraceFile } from "../../builders/trace-file.ts";
import { withFolder } from "./files.ts";
import { onlyOf, type Run, runTraceFile } from "./run.ts";

type Options = Parameters<typeof runTraceFile>[1];

/** `recording` is what the trace's file says of itself. */
export const runBeside = (
  tale: Story,
  captures: readonly Uint8Array[],
  options: Options = {},
  recording: Partial<TraceFile> = {},
): Run =>
  withFolder((folder) => {
    const file = join(folder, "trace.etl");
    writeFileSync(file, told(tale, recording));
    const paths = captures.map((bytes, index) => {
      const path = join(folder, `${index}.zip`);
      writeFileSync(path, bytes);
      return path;
    });
    return runTraceFile(file, { ...options, captures: paths });
  });

export const reportBeside = (...given: Parameters<typeof runBeside>): TraceReport =>
  onlyOf(runBeside(...given), "trace-report");

export const culpritOf = ({ verdict }: TraceReport): string | number | null =>
  verdict.culprit === null ? null : (verdict.culprit.processName ?? verdict.culprit.processId);

/** Captures of the start and of the end of leanTale. */
export const bothOf = (box: Machine): readonly Uint8Array[] => [captured(box, "09:00:20"), captured(box, "09:10:00")];
