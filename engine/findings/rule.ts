/** What a rule for a finding is. */
import type { Finding } from "../generated/records.ts";
import type { Cases, Source } from "./case.ts";
import type { Need } from "./needs.ts";

/** A process as a finding names it. */
export type Named = Pick<Finding, "processId" | "processName" | "services">;

export const NOBODY: Named = { processId: null, processName: null, services: [] };

/** Once that something is the case. */
export interface Sighting extends Pick<Finding, "severity" | "protocol" | "summary" | "evidence"> {
  readonly process: Named;
  /** Where they are not those of the rule: what looks alike may mean something else. */
  readonly why?: string;
  readonly advice?: string;
}

/**
 * How a finding is seen in one kind of source. `needs` is what must have been read for "no" to be an answer: a rule that sees
 * nothing where one of them is missing leaves the finding unchecked. What it sees is the case all the same, so it must rest
 * on what was read and never on what is missing.
 */
export interface View<Case> {
  readonly needs: readonly Need<Case>[];
  readonly see: (seen: Case) => readonly Sighting[];
}

export type Views = { readonly [Name in Source]?: View<Cases[Name]> };

export interface Rule extends Views {
  /** Never changes: its page is docs/findings/<id>.md. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly advice: string;
}
