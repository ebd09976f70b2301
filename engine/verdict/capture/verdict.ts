/** Evidence -> verdict on a machine as it was at one moment. */
import type { Level, PoolSuspect, Verdict } from "../../generated/records.ts";
import { lowest } from "../confidence.ts";
import { count, finePercent, number } from "../phrases.ts";
import { levelConfidence, suspectConfidence } from "./confidence.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import { culpritOf, shortageText, suspectText } from "./culprit.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { decisiveLevel, type PoolLevel, poolLevels, provenFamily, provingEvents, usedPart } from "./level.ts";
import { poolName } from "./names.ts";
import { suspectsOf } from "./ranking.ts";
import { reasonsOf } from "./reasons.ts";
import { type Shortage, shortageOf } from "./suspect.ts";

const EXIT_CODES: Readonly<Record<Level, Verdict["exitCode"]>> = {
  Healthy: 0,
  Elevated: 1,
  Critical: 2,
  Exhausted: 3,
  Unknown: 10,
};

const useText = ({ pool, protocol }: PoolLevel): string => {
  if (pool === null) return `no ${protocol.toUpperCase()} table was read`;
  if (pool.capacity === 0)
    return `all ${count(pool.ports, `${poolName(protocol, pool.family)} port`)} of the range are excluded`;
  return `${number(pool.used)} of ${count(pool.capacity, `${poolName(protocol, pool.family)} port`)} ${pool.used === 1 ? "is" : "are"} in use (${finePercent(usedPart(pool))})`;
};

const HOW: Readonly<Record<Level, string>> = {
  Exhausted: "are exhausted",
  Critical: "are nearly used up",
  Elevated: "are filling up",
  Healthy: "are not short",
  Unknown: "cannot be judged",
};

/** Nothing where the events' times are not known. */
const whenText = ({ snapshot }: CaptureEvidence, { protocol }: PoolLevel): string => {
  const isDated = snapshot.time !== null && provingEvents(snapshot, protocol).every(({ time }) => time !== null);
  return isDated ? " within the 24 hours before" : "";
};

const troubleText = (evidence: CaptureEvidence, level: PoolLevel): string => {
  const name = poolName(level.protocol, provenFamily(level));
  switch (level.cause) {
    case "probe":
      return `${name} ports are exhausted: asked for any port just now, Windows had none to give; ${useText(level)}.`;
    case "event":
      return `${name} ports ran out${whenText(evidence, level)}, as Windows' own event proves; ${useText(level)}.`;
    case "recovered":
      return `${name} ports ran out${whenText(evidence, level)} and are free again: ${useText(level)}.`;
    default:
      return `${name} ports ${HOW[level.level]}: ${useText(level)}.`;
  }
};

const seenText = (levels: readonly PoolLevel[]): string =>
  levels
    .filter(({ pool }) => pool !== null)
    .map(useText)
    .join("; ");

const doubtText = (levels: readonly PoolLevel[], decisive: PoolLevel | null): string => {
  if (decisive?.cause === "memory") return "a bind failed with 10055 although ports are free";
  if (decisive?.cause === "range")
    return "the dynamic range is not known, and many ports in use lie outside the default one";
  return levels.every(({ pool }) => pool === null)
    ? "no table of ports was read"
    : "not all of the ports in use can be seen";
};

const summaryOf = (
  evidence: CaptureEvidence,
  levels: readonly PoolLevel[],
  decisive: PoolLevel | null,
  shortage: Shortage,
  condition: Condition | null,
): string => {
  const seen = seenText(levels);
  if (decisive === null || decisive.level === "Unknown") {
    const ofSeen = seen === "" ? "" : ` Of what was seen, ${seen}.`;
    return `What was read cannot tell whether ports are short: ${doubtText(levels, decisive)}.${ofSeen}`;
  }
  if (decisive.level === "Healthy")
    return `No port exhaustion: ${seen}.${condition === null ? "" : ` ${condition.text}`}`;
  const who = suspectText(evidence, decisive, shortage) ?? shortageText(evidence, decisive, shortage);
  const trouble = troubleText(evidence, decisive);
  return who === null ? trouble : `${trouble} ${who}`;
};

const isTrouble = (level: Level): boolean => level !== "Healthy" && level !== "Unknown";

const NO_SHORTAGE: Shortage = { pattern: "None", suspect: null };

export interface PoolShortage extends Shortage {
  readonly level: PoolLevel;
}

export interface CaptureJudgement {
  readonly verdict: Verdict;
  readonly levels: readonly PoolLevel[];
  /** What fills each pool that is half full at least, whether or not the verdict is about it. */
  readonly shortages: readonly PoolShortage[];
  /** Holders of the pool that the verdict is about, where it is half full at least. */
  readonly suspects: readonly PoolSuspect[];
}

export const judgeCapture = (evidence: CaptureEvidence): CaptureJudgement => {
  const levels = poolLevels(evidence);
  const decisive = decisiveLevel(levels);
  const isShort = decisive !== null && isTrouble(decisive.level);
  const shortage = isShort ? shortageOf(evidence, decisive) : NO_SHORTAGE;
  const condition = decisive?.level === "Healthy" ? conditionOf(evidence, decisive) : null;
  const { suspect } = shortage;
  const base = decisive === null ? "Low" : levelConfidence(evidence, decisive);
  const level = decisive?.level ?? "Unknown";
  const verdict: Verdict = {
    level,
    pattern: condition?.pattern ?? shortage.pattern,
    pool: decisive === null || (level === "Unknown" && decisive.pool === null) ? null : decisive.protocol,
    culprit: condition?.culprit ?? (decisive === null ? null : culpritOf(evidence, decisive, shortage)),
    confidence: lowest(
      base,
      condition?.confidence ?? "High",
      suspect === null ? "High" : suspectConfidence(evidence, suspect),
    ),
    summary: summaryOf(evidence, levels, decisive, shortage, condition),
    reasons: [
      ...(condition === null || condition.reason === null ? [] : [condition.reason]),
      ...reasonsOf(evidence, levels, decisive, shortage),
    ],
    exitCode: EXIT_CODES[level],
  };
  return {
    verdict,
    levels,
    shortages: levels.map((each) => ({ level: each, ...shortageOf(evidence, each) })),
    suspects: isShort ? suspectsOf(evidence, decisive, verdict.culprit?.processId ?? null) : [],
  };
};
