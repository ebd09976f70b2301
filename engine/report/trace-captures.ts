/** Captures beside a trace -> the list `captures` of its report. */
import type * as Contract from "../generated/records.ts";
import type { BesideCapture } from "../pools/beside/beside.ts";
import type { CaptureJudgement } from "../verdict/capture/verdict.ts";
import { cutPercent } from "./cut-percent.ts";

export interface ReadCapture {
  readonly file: string;
  readonly capture: BesideCapture;
  readonly judgement: CaptureJudgement;
}

/** A file of --capture: read, with the reason against its use where there is one; or the reason why it could not be read. */
export interface GivenCapture {
  readonly file: string;
  readonly read: ReadCapture | null;
  readonly refusal: string | null;
}

/** First and last event of a trace, in ticks. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const momentOf = (ticks: number, span: Span | null): Contract.TraceCapture["moment"] => {
  if (span === null) return null;
  if (ticks < span.first) return "before";
  return ticks > span.last ? "after" : "within";
};

const poolsOf = ({ levels }: CaptureJudgement): Contract.TraceCapturePool[] =>
  levels.flatMap(({ protocol, pool }) =>
    pool === null ? [] : [{ protocol, family: pool.family, usedPercent: cutPercent(pool) }],
  );

export const traceCapturesOf = (given: readonly GivenCapture[], span: Span | null): Contract.TraceCapture[] =>
  given.map(({ file, read, refusal }) => ({
    file,
    used: refusal === null,
    reason: refusal,
    time: read?.capture.snapshot.machine?.time ?? null,
    computer: read?.capture.snapshot.machine?.name ?? null,
    moment: read === null ? null : momentOf(read.capture.ticks, span),
    level: read?.judgement.verdict.level ?? null,
    pools: read === null ? [] : poolsOf(read.judgement),
  }));
