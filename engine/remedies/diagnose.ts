/** What a report says beside its verdict: findings, what could not be judged, and remedies. */
import type { CaptureCase, ChangeCase, TraceCase } from "../findings/case.ts";
import { find } from "../findings/find.ts";
import type { Finding, Pattern, Remedy, UncheckedFinding } from "../generated/records.ts";
import { remediesFor } from "./remedies-for.ts";

export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly unchecked: readonly UncheckedFinding[];
  readonly remedies: readonly Remedy[];
}

/** The finding that says what a pattern does. */
export const FINDING_OF_PATTERN: Readonly<Record<Exclude<Pattern, "Mixed" | "None">, string>> = {
  BoundLeak: "bound-leak",
  CloseWaitLeak: "close-wait-leak",
  ConnectionBuildUp: "connection-build-up",
  TimeWaitChurn: "time-wait-churn",
  DestinationSaturation: "destination-saturation",
  UdpLeak: "udp-leak",
  Reservation: "excluded-ranges",
  Fragmentation: "fragmented-pool",
  ListenerOverlap: "listeners-in-range",
  HandleLeak: "afd-handle-leak",
};

const leadingOf = (pattern: Pattern): string | null =>
  pattern === "Mixed" || pattern === "None" ? null : FINDING_OF_PATTERN[pattern];

const NOTHING = { capture: null, trace: null, change: null } as const;

export const diagnoseCapture = (capture: CaptureCase): Diagnosis => {
  const found = find("capture", capture);
  const { pattern, culprit } = capture.verdict;
  return { ...found, remedies: remediesFor({ ...NOTHING, ...found, capture, leading: leadingOf(pattern), culprit }) };
};

export const diagnoseTrace = (trace: TraceCase): Diagnosis => {
  const found = find("trace", trace);
  const { pattern, culprit } = trace.verdict;
  return { ...found, remedies: remediesFor({ ...NOTHING, ...found, trace, leading: leadingOf(pattern), culprit }) };
};

export const diagnoseChange = (change: ChangeCase): Diagnosis => {
  const found = find("change", change);
  return { ...found, remedies: remediesFor({ ...NOTHING, ...found, change, leading: "growing-owner", culprit: null }) };
};
