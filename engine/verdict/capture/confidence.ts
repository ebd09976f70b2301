/** How far a verdict on a capture can be relied on: how direct the proof is, and what could not be seen. */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { Confidence } from "../../generated/records.ts";
import { lowest } from "../confidence.ts";
import { type CaptureEvidence, isAllSeen } from "./evidence.ts";
import { type PoolLevel, provingEvents } from "./level.ts";
import type { Suspect } from "./suspect.ts";

/** Loose files may be excerpts, and of different moments. */
const sourceConfidence = ({ machine }: Snapshot): Confidence => (machine === null ? "Medium" : "High");

const rangeConfidence = ({ pool }: PoolLevel): Confidence => (pool?.isAssumed === true ? "Medium" : "High");

/** That nothing is wrong is only as good as what was seen of both pools. */
const healthyConfidence = (evidence: CaptureEvidence, level: PoolLevel): Confidence => {
  const { snapshot } = evidence;
  const isSeen = isAllSeen(snapshot, "tcp") && isAllSeen(snapshot, "udp");
  return lowest(isSeen ? "High" : "Medium", sourceConfidence(snapshot), rangeConfidence(level));
};

const eventConfidence = ({ snapshot }: CaptureEvidence, { protocol }: PoolLevel): Confidence =>
  provingEvents(snapshot, protocol).some(({ time }) => time !== null) && snapshot.time !== null ? "High" : "Medium";

export const levelConfidence = (evidence: CaptureEvidence, level: PoolLevel): Confidence => {
  switch (level.cause) {
    case "probe":
      return "High";
    case "percent":
      return lowest(sourceConfidence(evidence.snapshot), rangeConfidence(level));
    case "event":
      return eventConfidence(evidence, level);
    case "recovered":
      return "Medium";
    case "healthy":
      return healthyConfidence(evidence, level);
    default:
      return "Low";
  }
};

const KERNEL_PID = 4;

/**
 * Handles are the only source that names the present holder. Without them, Windows' memory of who opened the sockets stands; and
 * where that process has ended, only that somebody else must hold them. An inference is no more than a hint: one connection that
 * is left may speak against a process that had nothing to do with the 16,000 before it.
 */
export const suspectConfidence = (
  { snapshot }: CaptureEvidence,
  { held, ports, processId, isInference, alibi }: Suspect,
): Confidence => {
  const isElsewhere = alibi !== null && alibi !== "shared";
  if (isElsewhere || isInference || held?.creator === "ended") return "Low";
  if (processId === KERNEL_PID) return "Medium";
  const isConfirmed = held !== null && held.confirmed * 2 >= ports;
  return lowest(isConfirmed ? "High" : "Medium", sourceConfidence(snapshot));
};
