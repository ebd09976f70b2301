/**
 * Facts -> verdict. "yes" needs one event that proves it; "no" needs binds that were seen to end otherwise; everything
 * else is "unknown".
 */
import type { TraceVerdict } from "../generated/records.ts";
import { absenceConfidence, culpritConfidence, lowest, proofConfidence } from "./confidence.ts";
import type { Suspicion } from "./culprit.ts";
import type { TraceEvidence } from "./evidence.ts";
import { pressureOf, type Shortage, shortageOf } from "./pattern.ts";
import { between, count, duration, number, percent, processText } from "./phrases.ts";
import { reasonsOf, unknownReasons } from "./reasons.ts";

const culpritOf = (suspicion: Suspicion | null): TraceVerdict["culprit"] =>
  suspicion === null
    ? null
    : {
        processId: suspicion.process.processId,
        processName: suspicion.process.name,
        share: suspicion.share,
        reason: suspicion.reason,
      };

const WHO: Readonly<Record<Suspicion["pattern"], (who: string, share: string) => string>> = {
  BoundLeak: (who, share) => `${who} held ${share} of the ports opened in the trace and did not close them.`,
  CloseWaitLeak: (who, share) =>
    `${who} held ${share} of the ports opened in the trace, with connections that the peer had closed.`,
  ConnectionBuildUp: (who, share) => `${who} held ${share} of the ports opened in the trace, with open connections.`,
  UdpLeak: (who, share) => `${who} held ${share} of the ports opened in the trace, with UDP sockets.`,
  TimeWaitChurn: (who, share) =>
    `${who} opened ${share} of the ports opened in the trace, most of them for short connections.`,
  Reservation: (who, share) => `${who} reserved ${share} of the ports reserved in the trace.`,
};

const whoText = ({ suspicion, destination, pattern }: Shortage): string => {
  if (destination !== null)
    return `The failures are connects to ${destination.remote}: ports ran out for that destination, not necessarily for others.`;
  if (suspicion !== null) return WHO[suspicion.pattern](processText(suspicion.process), percent(suspicion.share));
  return pattern === "Mixed"
    ? "No single process held the greater part of the ports opened in the trace."
    : "The trace does not show who held the ports: too few of them were opened in it.";
};

const exhausted = (evidence: TraceEvidence, span: { readonly first: number; readonly last: number }): TraceVerdict => {
  const { facts, toIso } = evidence;
  const shortage = shortageOf(facts);
  const { suspicion } = shortage;
  const calls = facts.failures.groups
    .filter(({ isExhaustion }) => isExhaustion)
    .reduce((sum, group) => sum + group.count, 0);
  const found = `The machine ran out of ephemeral ports: ${count(calls, "call")} found no free port ${between(toIso(span.first), toIso(span.last))}.`;
  return {
    exhausted: "yes",
    pattern: shortage.pattern,
    culprit: culpritOf(suspicion),
    confidence:
      suspicion === null
        ? proofConfidence(evidence)
        : lowest(proofConfidence(evidence), culpritConfidence(suspicion, evidence)),
    summary: `${found} ${whoText(shortage)}`,
    reasons: reasonsOf(evidence, shortage),
  };
};

const lossText = ({ reading }: TraceEvidence): string => {
  const { eventsLost, buffersLost, damagedBuffers, isTruncated } = reading;
  const losses = [
    eventsLost > 0 ? `lost ${count(eventsLost, "event")}` : null,
    buffersLost > 0 ? `lost ${count(buffersLost, "buffer")}` : null,
    damagedBuffers > 0 ? `has ${count(damagedBuffers, "damaged buffer")}` : null,
    isTruncated ? "is cut short" : null,
  ].filter((text) => text !== null);
  return losses.length === 0 ? "The recording lost nothing." : `But the recording ${losses.join(", ")}.`;
};

const notExhausted = (evidence: TraceEvidence): TraceVerdict => {
  const { facts, reading } = evidence;
  const shortage = pressureOf(facts);
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

export const verdictOf = (evidence: TraceEvidence): TraceVerdict => {
  const { evidence: span, binds } = evidence.facts;
  if (span !== null) return exhausted(evidence, span);
  return binds.succeeded + binds.failed > 0 ? notExhausted(evidence) : unknown(evidence);
};
