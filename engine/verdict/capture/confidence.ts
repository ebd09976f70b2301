/** How far a verdict on a capture can be relied on: how direct the proof is, and what could not be seen. */

import { isAllSeen } from "../../artifacts/sight.ts";
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { Confidence } from "../../generated/records.ts";
import { KERNEL_PID } from "../../model/process.ts";
import { lowest } from "../confidence.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { CRITICAL, type PoolLevel, provingEvents, usedPart } from "./level.ts";
import { knowsHalfOfExclusions, tellsTwoRanges } from "./ranges.ts";
import { isClosing, type Suspect } from "./suspect.ts";

/** Loose files may be excerpts, and of different moments. */
const sourceConfidence = ({ machine }: Snapshot): Confidence => (machine === null ? "Medium" : "High");

/** A range that was assumed, that two sources tell differently, or whose exclusions are known of one family only. */
const rangeConfidence = ({ snapshot }: CaptureEvidence, { pool, protocol }: PoolLevel): Confidence => {
  const isDoubtful =
    pool?.isAssumed === true || tellsTwoRanges(snapshot, protocol) || knowsHalfOfExclusions(snapshot, protocol);
  return isDoubtful ? "Medium" : "High";
};

/** That nothing is wrong is only as good as what was seen of both pools. */
const healthyConfidence = (evidence: CaptureEvidence, level: PoolLevel): Confidence => {
  const { snapshot } = evidence;
  const isSeen = isAllSeen(snapshot.sight, "tcp") && isAllSeen(snapshot.sight, "udp");
  return lowest(isSeen ? "High" : "Medium", sourceConfidence(snapshot), rangeConfidence(evidence, level));
};

const eventConfidence = ({ snapshot }: CaptureEvidence, { protocol }: PoolLevel): Confidence =>
  provingEvents(snapshot, protocol).some(({ time }) => time !== null) && snapshot.time !== null ? "High" : "Medium";

export const levelConfidence = (evidence: CaptureEvidence, level: PoolLevel): Confidence => {
  switch (level.cause) {
    case "probe":
      return level.pool !== null && usedPart(level.pool) >= CRITICAL ? "High" : "Medium";
    case "percent":
      return lowest(sourceConfidence(evidence.snapshot), rangeConfidence(evidence, level));
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

/**
 * Handles are the only source that names the present holder. Without them, Windows' memory of who opened the sockets stands; and
 * where that process has ended, only that somebody else must hold them (but for connections that it has closed).
 */
export const suspectConfidence = ({ snapshot }: CaptureEvidence, suspect: Suspect): Confidence => {
  const { held, ports, processId, inference, alibi } = suspect;
  const isElsewhere = alibi !== null && alibi !== "shared";
  const isOrphaned = held?.creator === "ended" && !isClosing(held);
  if (isElsewhere || inference !== null || isOrphaned) return "Low";
  if (processId === KERNEL_PID) return "Medium";
  const isConfirmed = held !== null && held.confirmed * 2 >= ports;
  return lowest(isConfirmed ? "High" : "Medium", sourceConfidence(snapshot));
};
