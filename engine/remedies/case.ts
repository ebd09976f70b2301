/** What remedies are chosen for: findings, and what they were seen in. */
import type { CaptureCase, ChangeCase, TraceCase } from "../findings/case.ts";
import type { Finding, PoolCulprit, Culprit } from "../generated/records.ts";

export interface RemedyCase {
  readonly findings: readonly Finding[];
  /** Null where it was not what was read. */
  readonly capture: CaptureCase | null;
  readonly trace: TraceCase | null;
  readonly change: ChangeCase | null;
  /** The id of the finding that the verdict's pattern is; null without one. */
  readonly leading: string | null;
  readonly culprit: PoolCulprit | Culprit | null;
}
