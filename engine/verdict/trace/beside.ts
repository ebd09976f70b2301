/** What captures taken beside the trace say, in sentences: names, ports older than the trace, TIME_WAIT. */
import type { Beside } from "../../pools/beside/add-captures.ts";
import { count, number, processText } from "../phrases.ts";
import type { TraceEvidence } from "./evidence.ts";

type Reason = string | null;

const NAMED = 3;

const names = ({ beside }: TraceEvidence): Reason => {
  if (beside === null || beside.names.count === 0) return null;
  const { count: named, guessed } = beside.names;
  const doubt =
    guessed.size === 0
      ? ""
      : `; ${number(guessed.size)} of them did nothing until long after the last snapshot, so that the PID may be another's by then`;
  return `${count(named, "process", "processes")} of the trace ${named === 1 ? "has its name" : "have their names"} from the snapshots${doubt}.`;
};

const proofOf = ({ older: { isConfirmed, isGapped }, hasStart }: Beside): string => {
  if (isConfirmed) return hasStart ? "the snapshot of the start shows them too" : "they are older than the trace";
  return isGapped
    ? "it is from before the trace, so that some may have been closed until then"
    : "no snapshot of the end confirms that they were held all the time";
};

const older = ({ facts, beside }: TraceEvidence): Reason => {
  if (beside === null) return null;
  const holders = facts.holdings
    .map(({ process, before }) => ({ process, ports: before.tcp + before.udp }))
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);
  const nobodys = beside.older.nobodys.tcp + beside.older.nobodys.udp;
  const ports = holders.reduce((sum, each) => sum + each.ports, nobodys);
  if (ports === 0) return null;
  const named = [
    ...holders.slice(0, NAMED).map((each) => `${processText(each.process)} ${number(each.ports)}`),
    ...(holders.length > NAMED ? ["others"] : []),
    ...(nobodys > 0 ? [`nobody known for certain ${number(nobodys)}`] : []),
  ];
  const by = beside.older.by === "stop" ? "end" : "start";
  return `Held since before the trace, by the snapshot of its ${by}: ${count(ports, "port")} (${named.join(", ")}); ${proofOf(beside)}.`;
};

const timeWait = ({ facts, beside }: TraceEvidence): Reason => {
  if (beside === null || beside.timeWait.ports === 0) return null;
  const { ports, attributed } = beside.timeWait;
  const named = facts.holdings
    .filter((holding) => holding.timeWait > 0)
    .sort((a, b) => b.timeWait - a.timeWait)
    .slice(0, NAMED)
    .map(({ process, timeWait: own }) => `${processText(process)}${own === attributed ? "" : ` ${number(own)}`}`);
  const whose =
    attributed === 0
      ? "whose connections they were cannot be told"
      : `by their remote endpoints, an inference, ${number(attributed)} of them belong to ${named.join(", ")}`;
  return `In TIME_WAIT when the snapshot of the end was taken: ${count(ports, "port")}; ${whose}.`;
};

const verdictOfEnd = ({ beside }: TraceEvidence): Reason =>
  beside?.endVerdict === undefined || beside.endVerdict === null
    ? null
    : `The snapshot of the end says by itself: ${beside.endVerdict}`;

/** Sentences about what came from snapshots; none where none was given. */
export const besideReasons = (evidence: TraceEvidence): readonly Reason[] => [
  names(evidence),
  older(evidence),
  timeWait(evidence),
  verdictOfEnd(evidence),
];
