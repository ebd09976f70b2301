/**
 * What is wrong although no pool is short: one remote endpoint without local ports, a process that leaks handles without ports, a
 * pool in pieces. The level stays Healthy. By the same predicates as the findings, so that both say the same.
 */
import type { Confidence, Pattern, Verdict } from "../../generated/records.ts";
import { count, number, percent } from "../phrases.ts";
import { saturatedDestination } from "./destination.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { fragmentation } from "./fragments.ts";
import { handleLeak, portlessKinds, portlessText } from "./handles.ts";
import type { PoolLevel } from "./level.ts";
import { endpointText, poolName, processNameOf, servicesOf } from "./names.ts";

export interface Condition {
  readonly pattern: Pattern;
  readonly culprit: Verdict["culprit"];
  readonly confidence: Confidence;
  /** Follows "No port exhaustion ...". */
  readonly text: string;
  readonly reason: string | null;
}

/** Calls to it fail; that it is this endpoint which the events are about is an inference. */
const ofDestination = (evidence: CaptureEvidence): Condition | null => {
  const found = saturatedDestination(evidence);
  if (found === null) return null;
  const { destination, room, part, isShared, collisions } = found;
  const where = endpointText(destination.address, destination.port);
  return {
    pattern: "DestinationSaturation",
    culprit: null,
    confidence: "Medium",
    text: `But connections to ${where} take ${number(destination.ports)} of the ${count(room, "local port")} ${isShared ? "of the auto-reuse range" : "that they can have"} (${percent(part)}).`,
    reason:
      collisions > 0
        ? `Event 4227 names no endpoint: that it was ${where} is an inference from the connections to it.`
        : null,
  };
};

const portsIn = ({ accounts }: PoolLevel, processId: number): number =>
  accounts?.holdings.all.find((held) => held.processId === processId && held.creator !== "recycled")?.ports ?? 0;

/** Its handles were all looked at, or there are even more of them. */
const ofHandles = (evidence: CaptureEvidence, level: PoolLevel): Condition | null => {
  const leak = handleLeak(evidence);
  if (leak === null) return null;
  const { processId, status } = leak.owner;
  const { snapshot } = evidence;
  const ports = portsIn(level, processId);
  const used = level.pool?.used ?? 0;
  const reason = portlessText(evidence, leak);
  return {
    pattern: "HandleLeak",
    culprit: {
      processId,
      processName: processNameOf(snapshot, processId),
      services: servicesOf(snapshot, processId),
      ports,
      share: used === 0 ? 0 : ports / used,
      reason,
    },
    confidence: status === "inspected" && snapshot.machine !== null ? "High" : "Medium",
    text: `But ${reason}`,
    reason: portlessKinds(leak),
  };
};

const ofFragments = (evidence: CaptureEvidence): Condition | null => {
  const missing = fragmentation(evidence);
  if (missing === null) return null;
  const { pool, name, block } = missing;
  return {
    pattern: "Fragmentation",
    culprit: null,
    confidence: "High",
    text: `But no ${number(block)} free ${poolName(pool.protocol, pool.family)} ports lie in a row, as ${name} needs them, which runs here.`,
    reason: null,
  };
};

/** The first that holds: what makes calls of programs fail, then what may come to it, then what fails for those who ask for blocks. */
export const conditionOf = (evidence: CaptureEvidence, level: PoolLevel): Condition | null =>
  ofDestination(evidence) ?? ofHandles(evidence, level) ?? ofFragments(evidence);
