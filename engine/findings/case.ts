/** What a finding can be seen in: a machine at one moment, a trace, or the change between captures. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { PortChange, PortGrowth, TraceVerdict, Verdict } from "../generated/records.ts";
import type { Accounts } from "../pools/accounts.ts";
import type { PoolLevel } from "../verdict/capture/level.ts";
import type { PoolShortage } from "../verdict/capture/verdict.ts";
import type { TraceEvidence } from "../verdict/trace/evidence.ts";
import type { Shortage as TraceShortage } from "../verdict/trace/pattern.ts";

export interface CaptureCase {
  readonly snapshot: Snapshot;
  readonly accounts: Accounts;
  readonly verdict: Verdict;
  readonly levels: readonly PoolLevel[];
  readonly shortages: readonly PoolShortage[];
}

export interface TraceCase {
  readonly evidence: TraceEvidence;
  readonly verdict: TraceVerdict;
  readonly shortage: TraceShortage;
  readonly growth: PortGrowth | null;
}

export interface ChangeCase {
  readonly growth: readonly PortGrowth[];
  readonly changes: readonly PortChange[];
}

export interface Cases {
  readonly capture: CaptureCase;
  readonly trace: TraceCase;
  readonly change: ChangeCase;
}

export type Source = keyof Cases;
