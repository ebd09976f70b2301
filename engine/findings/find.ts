/** Runs the rules over a case: what is the case, and what could not be judged. */
import type { Finding, UncheckedFinding } from "../generated/records.ts";
import type { Cases, Source } from "./case.ts";
import type { Rule, Sighting, View } from "./rule.ts";
import { RULES } from "./rules.ts";

export interface Found {
  readonly findings: readonly Finding[];
  readonly unchecked: readonly UncheckedFinding[];
}

const RANK: Readonly<Record<Finding["severity"], number>> = { Critical: 0, Warning: 1, Information: 2 };

export const pageOf = (id: string): string => `docs/findings/${id}.md`;

const findingOf = (rule: Rule, { process, why, advice, ...seen }: Sighting): Finding => ({
  id: rule.id,
  title: rule.title,
  ...seen,
  why: why ?? rule.why,
  advice: advice ?? rule.advice,
  ...process,
  page: pageOf(rule.id),
});

const lacksOf = <Case>({ needs }: View<Case>, seen: Case): readonly string[] =>
  needs.filter(({ isMet }) => !isMet(seen)).map(({ lacks }) => lacks);

/** Most severe first; within a severity in the order of the rules. */
export const find = <Name extends Source>(source: Name, seen: Cases[Name], rules: readonly Rule[] = RULES): Found => {
  const findings: Finding[] = [];
  const unchecked: UncheckedFinding[] = [];
  for (const rule of rules) {
    // The compiler does not see that rule and case are of one source.
    const view = rule[source] as View<Cases[Name]> | undefined;
    if (view === undefined) continue;
    const sightings = view.see(seen);
    findings.push(...sightings.map((sighting) => findingOf(rule, sighting)));
    const lacks = sightings.length > 0 ? [] : lacksOf(view, seen);
    if (lacks.length > 0) unchecked.push({ id: rule.id, title: rule.title, lacks });
  }
  return { findings: findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]), unchecked };
};
