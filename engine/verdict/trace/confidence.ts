/** How far a verdict can be relied on, from what the recording lost and how direct the proof is. */
import type { Confidence } from "../../generated/records.ts";
import { DEFAULT_DYNAMIC_PORTS } from "../../model/port.ts";
import { lowest } from "../confidence.ts";
import type { Suspicion } from "./culprit.ts";
import { hasEndedBefore, isSoleVictim } from "./doubt.ts";
import type { Reading, TraceEvidence } from "./evidence.ts";
import { shortPool } from "./scope.ts";

/** A loss of more than this part of all events can hide what matters. */
const SERIOUS_LOSS = 0.01;

const lossConfidence = (reading: Reading): Confidence => {
  const { eventsLost, buffersLost, damagedBuffers, isTruncated, unreadable, outOfOrder, isUnfinished, events } =
    reading;
  const isSerious =
    buffersLost > 0 || damagedBuffers > 0 || isTruncated || eventsLost > (events + eventsLost) * SERIOUS_LOSS;
  if (isSerious) return "Low";
  return eventsLost + unreadable + outOfOrder > 0 || isUnfinished ? "Medium" : "High";
};

/** Unreadable events beside the binds that were read: this part of them can have been the failures. */
const SERIOUS_UNREADABLE = 0.1;

/** Absence of failures is only as good as the recording is complete. */
export const absenceConfidence = ({ facts, reading }: TraceEvidence): Confidence => {
  const completed = facts.binds.succeeded + facts.binds.failed;
  return reading.unreadable > completed * SERIOUS_UNREADABLE ? "Low" : lossConfidence(reading);
};

/** One failed call proves exhaustion whatever else was lost, if it is known to have asked for any port. */
export const proofConfidence = ({ facts }: TraceEvidence): Confidence =>
  facts.failures.certain > 0 ? "High" : "Medium";

/** A capture tells the size of the pool that ran out, the trace does not; but no pool is smaller than what was held of it. */
const sizeOfPool = ({ ports }: Suspicion, evidence: TraceEvidence): number => {
  const capacity = shortPool(evidence)?.capacity ?? DEFAULT_DYNAMIC_PORTS;
  return capacity >= ports ? capacity : Math.max(ports, DEFAULT_DYNAMIC_PORTS);
};

/**
 * A culprit may be wrong where most of the pool was taken before the trace began, above all if it is the only one that is
 * hurt: the trace may just show what it does, not what others did before. The same holds where closes were lost, where the
 * process had ended, or where only a part of the trace was asked for.
 */
export const culpritConfidence = (suspicion: Suspicion, evidence: TraceEvidence): Confidence => {
  const { facts, reading, beside } = evidence;
  const isMass = suspicion.ports >= sizeOfPool(suspicion, evidence) / 2;
  const { isOlder } = suspicion;
  const isDoubtful =
    (isSoleVictim(suspicion, facts) && !isMass) ||
    hasEndedBefore(suspicion, facts) ||
    suspicion.isInference ||
    (isOlder && beside?.older.isGapped === true) ||
    reading.isWindowed;
  if (isDoubtful) return "Low";
  const isDirect = suspicion.pattern !== "TimeWaitChurn" && !suspicion.process.isInferred;
  const isSeenWhole = !isOlder || beside?.older.isConfirmed === true;
  const isNamed = beside?.names.guessed.has(suspicion.process) !== true;
  return lowest(isMass && isDirect && isSeenWhole && isNamed ? "High" : "Medium", lossConfidence(reading));
};
