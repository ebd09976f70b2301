/** A process that a trace suspects of keeping ports. A trace suspects nobody before calls fail. */
import { KERNEL_PID } from "../model/process.ts";
import type { Suspicion } from "../verdict/trace/culprit.ts";
import { count, percent } from "../verdict/phrases.ts";
import type { TraceCase } from "./case.ts";
import { ASK_DRIVERS } from "./holder-advice.ts";
import { ofTrace } from "./names.ts";
import type { Sighting } from "./rule.ts";

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

export const seeTraceLeak =
  (pattern: Suspicion["pattern"]) =>
  ({ shortage: { suspicion }, verdict }: TraceCase): readonly Sighting[] => {
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
        protocol: pattern === "UdpLeak" ? "udp" : "tcp",
        summary: reason,
        evidence: evidence.filter((each) => each !== null),
        process: ofTrace(process),
        ...(process.processId === KERNEL_PID ? { advice: ASK_DRIVERS } : {}),
      },
    ];
  };
