/** What a rule for a remedy is. Facts of the remedy stand in the rule; what is of this machine comes from `tell`. */
import type { Finding, Remedy } from "../generated/records.ts";
import type { RemedyCase } from "./case.ts";

/** A remedy for this machine. */
export type Told = Pick<Remedy, "reason" | "commands" | "advice" | "consequence" | "undo" | "checkFirst"> & {
  /** Where it is not that of the rule: it names what it is about. */
  readonly title?: string;
  readonly risk?: Remedy["risk"];
};

export interface RemedyRule
  extends Pick<Remedy, "id" | "title" | "phase" | "risk" | "reboot" | "reversible" | "willNotFix" | "sources"> {
  /** Null where it does not fit this finding on this machine, be it that what it needs to know was not read. */
  readonly tell: (finding: Finding, seen: RemedyCase) => Told | null;
}
