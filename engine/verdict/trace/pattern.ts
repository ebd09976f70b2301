/** What kind of shortage it is: see domain facts in the heads of culprit.ts and destinations.ts. */
import type { Pattern } from "../../generated/records.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import type { Destination } from "../../trackers/destinations.ts";
import { isChurnAtEnd, type Suspicion, suspectChurn, suspectLeak, suspectReservation } from "./culprit.ts";
import type { TraceEvidence } from "./evidence.ts";
import { leastOfCulprit, portsTold } from "./scope.ts";

export interface Shortage {
  readonly pattern: Pattern;
  readonly suspicion: Suspicion | null;
  /** Set where connects to one remote endpoint are what fails. */
  readonly destination: Destination | null;
}

/** Fewer failed connects are chance: a retry or two hit a 4-tuple in TIME_WAIT on any busy machine. */
const MIN_SATURATED_CONNECTS = 10;
const MIN_SATURATED_SHARE = 0.5;

const saturatedDestination = ({ destinations }: TraceFacts): Destination | null => {
  const failures = destinations.reduce((sum, destination) => sum + destination.failures, 0);
  const [worst] = destinations;
  if (worst === undefined || worst.failures < MIN_SATURATED_CONNECTS || worst.failures < failures * MIN_SATURATED_SHARE)
    return null;
  return worst;
};

/** Ports known to be held by many, none of them the greater part. */
const isSpread = (evidence: TraceEvidence): boolean => portsTold(evidence) >= leastOfCulprit(evidence);

const NONE: Shortage = { pattern: "None", suspicion: null, destination: null };

/** Blocks count where they take more ports than the process that is suspected otherwise. */
const orReservation = (evidence: TraceEvidence, held: Suspicion | null): Suspicion | null => {
  const reservation = suspectReservation(evidence);
  return reservation !== null && (held === null || reservation.ports > held.ports) ? reservation : held;
};

const accuse = (suspicion: Suspicion): Shortage => ({ pattern: suspicion.pattern, suspicion, destination: null });

/**
 * The pattern of a proved exhaustion. Ports still held explain it best, whatever the calls that failed have in common;
 * then a destination, if nothing but connects failed; then ports that went through TIME_WAIT.
 */
export const shortageOf = (evidence: TraceEvidence): Shortage => {
  const { facts } = evidence;
  const leak = orReservation(evidence, suspectLeak(evidence));
  if (leak !== null) return accuse(leak);
  const destination = facts.failures.poolWide === 0 ? saturatedDestination(facts) : null;
  if (destination !== null) return { pattern: "DestinationSaturation", suspicion: null, destination };
  const churn = suspectChurn(evidence);
  if (churn !== null) return accuse(churn);
  if (isChurnAtEnd(evidence) === true) return { ...NONE, pattern: "TimeWaitChurn" };
  return isSpread(evidence) ? { ...NONE, pattern: "Mixed" } : NONE;
};

/** Without exhaustion only one remote endpoint can be short of ports. */
export const pressureOf = (facts: TraceFacts): Shortage => {
  const destination = saturatedDestination(facts);
  return destination === null ? NONE : { pattern: "DestinationSaturation", suspicion: null, destination };
};
