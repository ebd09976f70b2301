/** What one artifact adds to a snapshot, and the line it has in the coverage. */
import type { ArtifactCoverage } from "../generated/records.ts";
import type { AfdHandle } from "./afd-handles.ts";
import type { Decoded } from "./decoded.ts";

export interface Contribution {
  readonly coverage: ArtifactCoverage;
  readonly decoded: Decoded;
  readonly afdHandles: readonly AfdHandle[];
  /** PID -> handles of any type. */
  readonly handleCounts: ReadonlyMap<number, number>;
}

export const NOTHING: Decoded = { rows: 0, problems: [] };

interface Asked {
  readonly name: string;
  readonly kind: string | null;
  readonly status: ArtifactCoverage["status"];
  readonly reason: string | null;
}

/** Reading what a collector took for whole can still go wrong; it never makes more of it than the collector said. */
const statusAfter = (status: Asked["status"], { rows, problems }: Decoded): Asked["status"] => {
  if (problems.length === 0 || (status !== "read" && status !== "partial")) return status;
  return rows === 0 ? "failed" : "partial";
};

const reasonAfter = (reason: string | null, { problems }: Decoded): string | null => {
  const parts = [reason, problems[0] ?? null, problems.length > 1 ? `And ${problems.length - 1} more problems.` : null];
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? null : told.join(" ");
};

export const contribution = (asked: Asked, decoded: Decoded, more: Partial<Contribution> = {}): Contribution => ({
  coverage: {
    name: asked.name,
    kind: asked.kind,
    rows: decoded.rows,
    status: statusAfter(asked.status, decoded),
    reason: reasonAfter(asked.reason, decoded),
  },
  decoded,
  afdHandles: more.afdHandles ?? [],
  handleCounts: more.handleCounts ?? new Map(),
});
