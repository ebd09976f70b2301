/**
 * Facts -> verdict. "yes" needs one event that proves it; "no" needs binds that were seen to end otherwise; everything
 * else is "unknown".
 */
import type { TraceVerdict } from "../../generated/records.ts";
import { hasOlderPorts } from "../../pools/beside/add-captures.ts";
import type { Span } from "../../trackers/failures.ts";
import { lowest } from "../confidence.ts";
import { between, count, duration, number, percent, processText } from "../phrases.ts";
import { absenceConfidence, culpritConfidence, proofConfidence } from "./confidence.ts";
import type { Suspicion } from "./culprit.ts";
import type { TraceEvidence } from "./evidence.ts";
import { pressureOf, type Shortage, shortageOf } from "./pattern.ts";
import { reasonsOf, unknownReasons } from "./reasons.ts";
import { failedCalls, shortPool, whereOpened } from "./scope.ts";

const culpritOf = (suspicion: Suspicion | null): TraceVerdict["culprit"] =>
  suspicion === null
    ? null
    : {
        processId: suspicion.process.processId,
        processName: suspicion.process.name,
        share: suspicion.share,
        reason: suspicion.reason,
      };

const KEPT: Readonly<Record<Exclude<Suspicion["pattern"], "TimeWaitChurn" | "Reservation">, string>> = {
  BoundLeak: "",
  CloseWaitLeak: ", with connections that the peer had closed",
  ConnectionBuildUp: ", with open connections",
  UdpLeak: ", with UDP sockets",
};

const suspectText = ({ pattern, process, share, of }: Suspicion, where: string): string => {
  const [who, part] = [processText(process), percent(share)];
  if (pattern === "Reservation") return `${who} reserved ${part} of the ports reserved in the trace.`;
  if (pattern !== "TimeWaitChurn") {
    const ports = of === "use" ? "in use when the snapshot of the end was taken" : `opened ${where} and not closed`;
    return `${who} held ${part} of the ports ${ports}${KEPT[pattern]}.`;
  }
  return of === "timeWait"
    ? `Most of them were in TIME_WAIT, ${part} of these likely after connections of ${who}.`
    : `${who} opened ${part} of the ports opened ${where} and closed most of them.`;
};

const UNSUSPECTED: Readonly<Partial<Record<Shortage["pattern"], (where: string, isPoolKnown: boolean) => string>>> = {
  Mixed: (where, isPoolKnown) =>
    isPoolKnown
      ? "No single process is known to have held the greater part of the pool."
      : `No single process held the greater part of the ports opened ${where}.`,
  TimeWaitChurn: () => "Most of them were in TIME_WAIT, and whose connections those were cannot be told.",
};

const whoText = ({ suspicion, destination, pattern }: Shortage, evidence: TraceEvidence): string => {
  const { facts, reading } = evidence;
  const where = `${whereOpened(reading)}${hasOlderPorts(facts) && pattern !== "TimeWaitChurn" ? " or before it" : ""}`;
  if (destination !== null) return "Ports for other destinations may have been free.";
  if (suspicion !== null) return suspectText(suspicion, where);
  return UNSUSPECTED[pattern]?.(where, shortPool(evidence) !== null) ?? "The trace does not show who held the ports.";
};

const foundText = ({ facts, toIso }: TraceEvidence, { destination }: Shortage, span: Span): string => {
  const what =
    destination === null
      ? "The machine ran out of ephemeral ports"
      : `Ephemeral ports ran out for connects to ${destination.remote}`;
  const calls = failedCalls(facts);
  const found = calls === 0 ? "events prove it" : `${count(calls, "call")} found no free port`;
  return `${what}: ${found} ${between(toIso(span.first), toIso(span.last))}.`;
};

const exhausted = (evidence: TraceEvidence, span: Span, shortage: Shortage): TraceVerdict => {
  const { suspicion } = shortage;
  const proof = proofConfidence(evidence);
  return {
    exhausted: "yes",
    pattern: shortage.pattern,
    culprit: culpritOf(suspicion),
    confidence: suspicion === null ? proof : lowest(proof, culpritConfidence(suspicion, evidence)),
    summary: `${foundText(evidence, shortage, span)} ${whoText(shortage, evidence)}`,
    reasons: reasonsOf(evidence, shortage),
  };
};

const lossText = ({ reading }: TraceEvidence): string => {
  const { eventsLost, buffersLost, damagedBuffers, isTruncated, unreadable, outOfOrder } = reading;
  const losses = [
    eventsLost > 0 ? `lost ${count(eventsLost, "event")}` : null,
    buffersLost > 0 ? `lost ${count(buffersLost, "buffer")}` : null,
    damagedBuffers > 0 ? `has ${count(damagedBuffers, "damaged buffer")}` : null,
    isTruncated ? "is cut short" : null,
    unreadable > 0 ? `has ${count(unreadable, "event")} that could not be read` : null,
    outOfOrder > 0 ? `has ${count(outOfOrder, "event")} out of order` : null,
  ].filter((text) => text !== null);
  return losses.length === 0 ? "The recording lost nothing." : `But the recording ${losses.join(", ")}.`;
};

const notExhausted = (evidence: TraceEvidence, shortage: Shortage): TraceVerdict => {
  const { facts, reading } = evidence;
  const completed = facts.binds.succeeded + facts.binds.failed;
  const span = reading.spanSeconds === null ? "" : ` in ${duration(reading.spanSeconds)}`;
  const found = `No port exhaustion in this trace: none of ${count(completed, "bind")}${span} failed for want of a port (${number(facts.binds.failed)} failed for other reasons). ${lossText(evidence)}`;
  const saturated =
    shortage.destination === null
      ? ""
      : ` Connects to ${shortage.destination.remote} failed: their local ports were in use for that destination.`;
  return {
    exhausted: "no",
    pattern: shortage.pattern,
    culprit: null,
    confidence: absenceConfidence(evidence),
    summary: `${found}${saturated}`,
    reasons: reasonsOf(evidence, shortage),
  };
};

const unknown = (evidence: TraceEvidence): TraceVerdict => {
  const { hasAfd, hasTcpip } = evidence.reading;
  const why = hasAfd || hasTcpip ? "it shows no completed bind" : "it has no Winsock-AFD or TCPIP events";
  return {
    exhausted: "unknown",
    pattern: "None",
    culprit: null,
    confidence: "Low",
    summary: `This trace cannot tell whether ports ran out: ${why}.`,
    reasons: unknownReasons(evidence),
  };
};

export interface TraceJudgement {
  readonly verdict: TraceVerdict;
  readonly shortage: Shortage;
}

export const judgeTrace = (evidence: TraceEvidence): TraceJudgement => {
  const { evidence: span, binds } = evidence.facts;
  const shortage = span === null ? pressureOf(evidence.facts) : shortageOf(evidence);
  if (span !== null) return { shortage, verdict: exhausted(evidence, span, shortage) };
  const hasBinds = binds.succeeded + binds.failed > 0;
  return { shortage, verdict: hasBinds ? notExhausted(evidence, shortage) : unknown(evidence) };
};
