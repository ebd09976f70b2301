/** How far a verdict can be relied on, from what the recording lost and how direct the proof is. */
import { DEFAULT_DYNAMIC_PORTS } from "../model/port.ts";
import type { Suspicion } from "./culprit.ts";
import type { Reading, TraceEvidence } from "./evidence.ts";

export type Confidence = "High" | "Medium" | "Low";

const LEVELS = ["Low", "Medium", "High"] as const satisfies readonly Confidence[];

const lower = (...all: readonly Confidence[]): Confidence =>
  LEVELS[Math.min(...all.map((level) => LEVELS.indexOf(level)))] ?? "Low";

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

/** Absence of failures is only as good as the recording is complete. */
export const absenceConfidence = ({ reading }: TraceEvidence): Confidence => lossConfidence(reading);

/** One failed call proves exhaustion whatever else was lost, if it is known to have asked for any port. */
export const proofConfidence = ({ facts }: TraceEvidence): Confidence =>
  facts.failures.certain > 0 ? "High" : "Medium";

/** A culprit may be wrong where most of the pool was taken before the trace began, or closes were lost. */
export const culpritConfidence = (suspicion: Suspicion, { reading }: TraceEvidence): Confidence => {
  const mass: Confidence = suspicion.ports >= DEFAULT_DYNAMIC_PORTS / 2 ? "High" : "Medium";
  const isInference = suspicion.pattern === "TimeWaitChurn";
  const loss = lossConfidence(reading);
  return lower(
    mass,
    isInference ? "Medium" : "High",
    suspicion.process.isInferred ? "Medium" : "High",
    loss === "Low" ? "Medium" : "High",
  );
};

export const lowest = lower;
