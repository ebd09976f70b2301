// Reports of machines and stories of which less was read, and what every text in them must keep away from.

import type { CaptureReport, Finding, TraceReport } from "../../../engine/generated/records.ts";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { withJson } from "../../builders/capture/changes.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import type { Machine } from "../../builders/capture/machine.ts";

/** What a person may not read in a sentence: values that were not there. */
const HOLE = /\b(undefined|NaN|null|Infinity|\[object)\b/;

const textsOf = ({ title, summary, evidence, why, advice }: Finding): readonly string[] => [
  title,
  summary,
  ...evidence,
  why,
  advice,
];

/** What is wrong with the sentences of a finding. */
export const textProblems = (finding: Finding): readonly string[] =>
  textsOf(finding).filter((text) => HOLE.test(text) || !/\S/.test(text) || / {2}|\.\.|,\./.test(text));

const RANK: Readonly<Record<Finding["severity"], number>> = { Critical: 0, Warning: 1, Information: 2 };

export const ranksOf = ({ findings }: CaptureReport | TraceReport): readonly number[] =>
  findings.map(({ severity }) => RANK[severity]);

/** What stands in capture.json itself and goes with its artifact. */
const valuesOf = ({ json }: Capture, name: string): Parameters<typeof withJson>[1] => {
  switch (name) {
    case "services":
      return { services: [] };
    case "tcp-settings":
      return { autoReuseRanges: [], settings: { tcpTimedWaitDelay: null, maxUserPort: null } };
    case "events":
      return { events: [] };
    case "probe":
      return { probes: [] };
    default:
      return { tool: json.tool };
  }
};

/** A capture of the machine that these artifacts failed to get into. */
export const captureWithout = (box: Machine, names: readonly string[]): Capture => {
  for (const name of names) lacks(box, name, "failed", "Win32 error 8.");
  return names.reduce((capture, name) => withJson(capture, valuesOf(capture, name)), captureOf(box));
};
