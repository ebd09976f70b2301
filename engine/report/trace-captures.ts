/** Captures beside a trace -> the list `captures` of its report. */
import type * as Contract from "../generated/records.ts";
import type { BesideCapture } from "../pools/beside/beside.ts";
import type { CaptureJudgement } from "../verdict/capture/verdict.ts";
import { usedPart } from "../verdict/capture/level.ts";

interface Given {
  readonly file: string;
  readonly read: { readonly capture: BesideCapture; readonly judgement: CaptureJudgement } | null;
  readonly refusal: string | null;
}

interface Span {
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
    // Cut, not rounded, as in the report of a capture.
    pool === null ? [] : [{ protocol, family: pool.family, usedPercent: Math.floor(usedPart(pool) * 10_000) / 100 }],
  );

export const traceCapturesOf = (given: readonly Given[], span: Span | null): Contract.TraceCapture[] =>
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
