/** Processes that a trace shows to keep ports while calls fail: the one that the verdict names, and others with a good part. */
import { KERNEL_PID } from "../model/process.ts";
import type { Suspicion } from "../verdict/trace/culprit.ts";
import { count, percent, processText } from "../verdict/phrases.ts";
import type { TraceCase } from "./case.ts";
import { ASK_DRIVERS } from "./holder-advice.ts";
import { ofTrace } from "./names.ts";
import type { Sighting } from "./rule.ts";
import { otherHolders } from "./trace-holders.ts";

const OF: Readonly<Record<Suspicion["of"], string>> = {
  trace: "of those that the trace tells of",
  use: "of those in use when the snapshot of the end was taken",
  timeWait: "of those in TIME_WAIT when the snapshot of the end was taken",
};

const olderText = ({ isOlder }: Suspicion): string | null =>
  isOlder ? "Ports that it had taken before the trace began count in it: the snapshots tell of them." : null;

const inferenceText = ({ isInference }: Suspicion): string | null =>
  isInference
    ? "No request in the trace shows which ports were asked for by number: some may be its own choice."
    : null;

const protocolOf = (pattern: Suspicion["pattern"]): Sighting["protocol"] => (pattern === "UdpLeak" ? "udp" : "tcp");

const adviceFor = (processId: number | null): Pick<Sighting, "advice"> =>
  processId === KERNEL_PID ? { advice: ASK_DRIVERS } : {};

/** Who else held a good part of a pool, though the verdict names another, or nobody alone. */
const ofOthers = (seen: TraceCase, pattern: Suspicion["pattern"]): readonly Sighting[] => {
  const { suspicion } = seen.shortage;
  const named = suspicion === null ? "nobody" : processText(suspicion.process);
  return otherHolders(seen)
    .filter((each) => each.pattern === pattern)
    .map(({ process, summary, isGrave }) => ({
      severity: isGrave ? "Critical" : "Warning",
      protocol: protocolOf(pattern),
      summary,
      evidence: [
        `The verdict names ${named}: it goes by the ports of all protocols whose calls failed, and by who held most.`,
      ],
      process: ofTrace(process),
      ...adviceFor(process.processId),
    }));
};

const ofVerdict = (
  { shortage: { suspicion }, verdict }: TraceCase,
  pattern: Suspicion["pattern"],
): readonly Sighting[] => {
  if (suspicion === null || suspicion.pattern !== pattern) return [];
  const { ports, share, of, reason, process } = suspicion;
  const evidence = [
    `${count(ports, "port")} speak against it, ${percent(share)} ${OF[of]}.`,
    olderText(suspicion),
    inferenceText(suspicion),
    verdict.confidence === "Low" ? "The verdict names it with confidence Low; its reasons say why." : null,
  ];
  return [
    {
      severity: "Critical",
      protocol: protocolOf(pattern),
      summary: reason,
      evidence: evidence.filter((each) => each !== null),
      process: ofTrace(process),
      ...adviceFor(process.processId),
    },
  ];
};

export const seeTraceLeak =
  (pattern: Suspicion["pattern"]) =>
  (seen: TraceCase): readonly Sighting[] => [...ofVerdict(seen, pattern), ...ofOthers(seen, pattern)];
