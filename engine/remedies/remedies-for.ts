/** Findings -> remedies in the order in which to look at them. */
import type { Finding, Remedy } from "../generated/records.ts";
import { ANSWERS, MORE_PORTS, RESTARTS } from "./answers.ts";
import type { RemedyCase } from "./case.ts";
import { LEAKS } from "./kinds.ts";
import { isUnanswered } from "./investigations.ts";
import { fitToLoad, isLoad } from "./load.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { REMEDIES } from "./rules.ts";

/** They stand beside every remedy and are none: each remedy that destroys evidence asks for it first by itself. */
const LAST: readonly string[] = ["measure-growth", "collect-evidence", "watch-it"];

/** The finding that the verdict is about first, those with its process next, the others as they stand, and what is only to know last. */
const inOrder = ({ findings, leading, culprit }: RemedyCase): readonly Finding[] => {
  const rank = ({ id, processId, severity }: Finding): number => {
    if (id === leading) return processId === (culprit?.processId ?? null) ? 0 : 1;
    if (severity === "Information") return 4;
    return culprit !== null && processId === culprit.processId ? 2 : 3;
  };
  return findings.toSorted((a, b) => rank(a) - rank(b));
};

/** Nobody is interrupted now for what is only to know, nor the whole machine while calls do not fail and half of the pool is left. */
const isTooMuch = ({ phase }: RemedyRule, risk: Remedy["risk"], { severity }: Finding): boolean => {
  if (phase === "Lasting" || severity === "Critical") return false;
  return risk === "High" || (risk === "Medium" && severity === "Information");
};

type Unnumbered = Omit<Remedy, "order">;

const remedyOf = (rule: RemedyRule, finding: Finding, seen: RemedyCase): Unnumbered | null => {
  const told = rule.tell(finding, seen);
  if (told === null || isTooMuch(rule, told.risk ?? rule.risk, finding)) return null;
  const { id, title, phase, risk, reboot, reversible, willNotFix, sources } = rule;
  return {
    id,
    title,
    phase,
    findings: [finding.id],
    ...told,
    risk: told.risk ?? risk,
    reboot,
    reversible,
    willNotFix,
    sources,
  };
};

/** The same commands and advice are one remedy, whatever they answer. */
const keyOf = ({ id, commands, advice }: Unnumbered): string => JSON.stringify([id, commands, advice]);

/** What is told of two processes alike names neither. */
const titleOf = (rule: RemedyRule, known: Unnumbered, other: Unnumbered): string =>
  known.title === other.title ? known.title : rule.title;

/** What grows is not known to be wrong: to measure and to save come where its answers say. */
const LAST_OF_CHANGE: readonly string[] = ["watch-it"];

const placeOf =
  ({ change }: RemedyCase) =>
  ({ id }: Pick<Remedy, "id">): number =>
    (change === null ? LAST : LAST_OF_CHANGE).indexOf(id) + 1;

/** A restart of what leaks. Load comes back with the restart, and who gets no answer goes on trying. */
const isCure = ({ id }: RemedyRule, finding: Finding, seen: RemedyCase): boolean =>
  RESTARTS.includes(id) &&
  LEAKS.includes(finding.id) &&
  finding.severity !== "Information" &&
  !isLoad(finding, seen) &&
  !isUnanswered(finding, seen);

const buysTime = ({ id }: Unnumbered): boolean => MORE_PORTS.includes(id);

/** All that leak give their ports back before anything is said of what only buys time, whatever finding asks for that. */
const curesFirst = (
  remedies: readonly Unnumbered[],
  isOfCure: (remedy: Unnumbered) => boolean,
): readonly Unnumbered[] => {
  const at = remedies.findIndex((each) => isOfCure(each) || buysTime(each));
  if (at < 0) return remedies;
  const rest = remedies.slice(at);
  return [...remedies.slice(0, at), ...rest.filter(isOfCure), ...rest.filter((each) => !isOfCure(each))];
};

export const remediesFor = (
  seen: RemedyCase,
  answers: Readonly<Record<string, readonly string[]>> = ANSWERS,
  rules: readonly RemedyRule[] = REMEDIES,
): readonly Remedy[] => {
  const byKey = new Map<string, Unnumbered>();
  const cures = new Set<string>();
  const place = placeOf(seen);
  for (const finding of inOrder(seen)) {
    for (const id of fitToLoad(answers[finding.id] ?? [], finding, seen)) {
      const rule = rules.find((each) => each.id === id);
      const remedy = rule === undefined ? null : remedyOf(rule, finding, seen);
      if (rule === undefined || remedy === null) continue;
      const key = keyOf(remedy);
      const known = byKey.get(key) ?? remedy;
      const findings = [...new Set([...known.findings, finding.id])];
      if (isCure(rule, finding, seen)) cures.add(key);
      byKey.set(key, { ...known, title: titleOf(rule, known, remedy), findings });
    }
  }
  return curesFirst([...byKey.values()], (each) => cures.has(keyOf(each)))
    .toSorted((a, b) => place(a) - place(b))
    .map((remedy, index) => ({ order: index + 1, ...remedy }));
};
