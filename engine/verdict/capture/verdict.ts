/** Evidence -> verdict on a machine as it was at one moment. */
import type { Level, Verdict } from "../../generated/records.ts";
import { lowest } from "../confidence.ts";
import { count, number, percent } from "../phrases.ts";
import { levelConfidence, suspectConfidence } from "./confidence.ts";
import { culpritOf, suspectText } from "./culprit.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { decisiveLevel, type PoolLevel, poolLevels, usedPart } from "./level.ts";
import { poolName } from "./names.ts";
import { reasonsOf } from "./reasons.ts";
import { type Shortage, shortageOf } from "./suspect.ts";

const EXIT_CODES: Readonly<Record<Level, Verdict["exitCode"]>> = {
  Healthy: 0,
  Elevated: 1,
  Critical: 2,
  Exhausted: 3,
  Unknown: 10,
};

const useText = ({ pool, protocol }: PoolLevel): string =>
  pool === null
    ? `no ${protocol.toUpperCase()} table was read`
    : `${number(pool.used)} of ${count(pool.capacity, `${poolName(protocol, pool.family)} port`)} are in use (${percent(usedPart(pool))})`;

const HOW: Readonly<Record<Level, string>> = {
  Exhausted: "are exhausted",
  Critical: "are nearly used up",
  Elevated: "are filling up",
  Healthy: "are not short",
  Unknown: "cannot be judged",
};

const troubleText = (level: PoolLevel): string => {
  const name = poolName(level.protocol, level.pool?.family ?? null);
  switch (level.cause) {
    case "probe":
      return `${name} ports are exhausted: asked for any port just now, Windows had none to give; ${useText(level)}.`;
    case "event":
      return `${name} ports were exhausted within the last 24 hours, as Windows' own event proves; ${useText(level)}.`;
    case "recovered":
      return `${name} ports ran out within the last 24 hours and are free again: ${useText(level)}.`;
    default:
      return `${name} ports ${HOW[level.level]}: ${useText(level)}.`;
  }
};

const seenText = (levels: readonly PoolLevel[]): string =>
  levels
    .filter(({ pool }) => pool !== null)
    .map(useText)
    .join("; ");

const summaryOf = (
  evidence: CaptureEvidence,
  levels: readonly PoolLevel[],
  decisive: PoolLevel | null,
  shortage: Shortage,
): string => {
  const seen = seenText(levels);
  if (decisive === null || decisive.level === "Unknown") {
    const why =
      decisive?.cause === "memory"
        ? "a bind failed with 10055 although ports are free"
        : "not all of the ports in use can be seen";
    return `What was read cannot tell whether ports are short: ${why}.${seen === "" ? "" : ` Of what was seen, ${seen}.`}`;
  }
  if (decisive.level === "Healthy") return `No port exhaustion: ${seen}.`;
  const who =
    suspectText(evidence, decisive, shortage) ??
    (shortage.pattern === "Mixed" ? "No single process holds the greater part." : null);
  return who === null ? troubleText(decisive) : `${troubleText(decisive)} ${who}`;
};

const isTrouble = (level: Level): boolean => level !== "Healthy" && level !== "Unknown";

const NO_SHORTAGE: Shortage = { pattern: "None", suspect: null };

export interface CaptureJudgement {
  readonly verdict: Verdict;
  readonly levels: readonly PoolLevel[];
}

export const judgeCapture = (evidence: CaptureEvidence): CaptureJudgement => {
  const levels = poolLevels(evidence);
  const decisive = decisiveLevel(levels);
  const isShort = decisive !== null && isTrouble(decisive.level);
  const shortage = isShort ? shortageOf(evidence.accounts[decisive.protocol], decisive.pool) : NO_SHORTAGE;
  const { suspect, pattern } = shortage;
  const base = decisive === null ? "Low" : levelConfidence(evidence, decisive);
  const level = decisive?.level ?? "Unknown";
  const verdict: Verdict = {
    level,
    pattern,
    pool: decisive === null || (level === "Unknown" && decisive.pool === null) ? null : decisive.protocol,
    culprit: decisive === null ? null : culpritOf(evidence, decisive, shortage),
    confidence: suspect === null ? base : lowest(base, suspectConfidence(evidence, suspect)),
    summary: summaryOf(evidence, levels, decisive, shortage),
    reasons: reasonsOf(evidence, levels, decisive, shortage),
    exitCode: EXIT_CODES[level],
  };
  return { verdict, levels };
};
