/** What is said of who fills a pool. */

import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { Verdict } from "../../generated/records.ts";
import { KERNEL_PID } from "../../model/process.ts";
import type { Owner } from "../../pools/owners.ts";
import type { HolderPorts } from "../../pools/tally.ts";
import { count, listed, number, percent } from "../phrases.ts";
import type { CaptureEvidence } from "./evidence.ts";
import type { PoolLevel } from "./level.ts";
import { poolName, processNameOf, servicesOf, whoIs } from "./names.ts";
import { isClosing, RUN_UNKNOWN, type Shortage, type Suspect, sharersOf } from "./suspect.ts";

const WHAT: Readonly<Partial<Record<Shortage["pattern"], string>>> = {
  CloseWaitLeak: "in CLOSE_WAIT: the peer has closed and the process has not",
  ConnectionBuildUp: "with connections",
  ListenerOverlap: "with listeners",
};

/** A bound row may be half of a connection; without the tables of connections that is not known. */
export const boundText = ({ snapshot }: Pick<CaptureEvidence, "snapshot">): string =>
  snapshot.sight.tcp === "none" || snapshot.sight.tcp === "partial"
    ? "bound; which of them are connected was not read"
    : "bound and neither connected nor listening";

const whatText = (evidence: CaptureEvidence, { pattern, suspect }: Shortage): string | undefined => {
  if (suspect?.held != null && isClosing(suspect.held)) return CLOSING;
  return pattern === "BoundLeak" ? boundText(evidence) : WHAT[pattern];
};

const protocolText = ({ protocol, pool }: PoolLevel): string => poolName(protocol, pool?.family ?? null);

/** Whose the sockets were, where they came from somebody else. */
const formerOwners = ({ snapshot }: CaptureEvidence, { accounts }: PoolLevel, suspect: Suspect): string => {
  const [first] = (accounts?.owners ?? []).filter(({ holder }) => holder?.processId === suspect.processId);
  if (suspect.held === null || suspect.held.fromOthers * 2 < suspect.ports || first?.processId == null) return "";
  return `, opened by ${formerText(first, snapshot.processes.get(first.processId)?.name ?? null)}`;
};

const formerText = ({ processId, creator }: Pick<Owner, "processId" | "creator">, name: string | null): string => {
  if (creator === "ended") return `PID ${processId}, which has ended`;
  if (creator === "recycled") return `an earlier process with the PID ${processId}, which has ended`;
  return name === null ? `PID ${processId}` : `${name} (${processId})`;
};

/** The suspect's ports are all of one class. */
const isAll = ({ held, ports }: Suspect): boolean => held !== null && Object.values(held.byClass).includes(ports);

const NAMED_SHARERS = 4;

const sharersText = (snapshot: Snapshot, sharers: readonly HolderPorts[]): string =>
  listed(
    sharers.map(({ processId }) => whoIs(snapshot, processId)),
    NAMED_SHARERS,
  );

/** What the suspect has to do with the ports: "holds" only where that is so. */
const claimText = (evidence: CaptureEvidence, { processId, alibi, held }: Suspect): string => {
  const who = whoIs(evidence.snapshot, processId);
  if (alibi === "recycled") return `An earlier process with the PID ${processId} had opened`;
  if (alibi === "too-few-handles") return `Windows remembers ${who} as the one that opened`;
  if (alibi === "shared" && held !== null) return `${who}, ${sharersText(evidence.snapshot, sharersOf(held))} all hold`;
  if (held !== null && isClosing(held)) return `${who} had opened`;
  return `${who} ${held?.creator === "ended" ? "had opened" : "holds"}`;
};

const inferenceText = ({ snapshot }: CaptureEvidence, level: PoolLevel, suspect: Suspect): string => {
  const who = whoIs(snapshot, suspect.processId);
  const share = percent(suspect.share);
  return suspect.inference === "time-wait"
    ? `Likely ${who}: it has nearly all open connections to the endpoints of ${number(suspect.ports)} of the ports in TIME_WAIT (${share} of the used ports). A program that keeps none open would not show.`
    : `Likely ${who}: of ${number(suspect.ports)} used ${protocolText(level)} ports (${share}) that PID ${suspect.held?.processId} had opened before it ended, no other process was seen to hold any; its own handles were looked at in part.`;
};

const CLOSING = "closed by their process and waiting for the peer to close (FIN_WAIT and the like)";

export const suspectText = (evidence: CaptureEvidence, level: PoolLevel, shortage: Shortage): string | null => {
  const { suspect } = shortage;
  if (suspect === null) return null;
  if (suspect.inference !== null) return inferenceText(evidence, level, suspect);
  const what = whatText(evidence, shortage);
  const kind = what === undefined ? "" : `, ${isAll(suspect) ? "all" : "mostly"} ${what}`;
  return `${claimText(evidence, suspect)} ${number(suspect.ports)} of the used ${protocolText(level)} ports (${percent(suspect.share)})${kind}${formerOwners(evidence, level, suspect)}.`;
};

export const culpritOf = (evidence: CaptureEvidence, level: PoolLevel, shortage: Shortage): Verdict["culprit"] => {
  const { suspect } = shortage;
  const reason = suspectText(evidence, level, shortage);
  if (suspect === null || suspect.alibi !== null || reason === null) return null;
  const { processId, ports, share } = suspect;
  const { snapshot } = evidence;
  return {
    processId,
    processName: processNameOf(snapshot, processId),
    services: servicesOf(snapshot, processId),
    ports,
    share,
    reason,
  };
};

/** Where somebody else must hold the sockets, and who cannot be told. */
const findHolder = ({ machine, inspections }: Snapshot): string =>
  machine?.elevated === true && inspections.length > 0
    ? "another process must hold its sockets: one whose handles could not be read (see the coverage), or the kernel"
    : "another process must hold its sockets; which one only handles tell, read by an elevated session";

const CLOSED =
  "Nobody holds these connections any more: Windows frees their ports when the peer closes or a timer runs out.";

const aliveText = ({ snapshot }: CaptureEvidence, { processId, alibi, held, inference }: Suspect): string | null => {
  const isGone = held !== null && (held.creator === "ended" || held.creator === "recycled");
  if (isGone && isClosing(held)) return CLOSED;
  if (alibi === "recycled")
    return `The PID belongs to ${whoIs(snapshot, processId)} now, which by its start time is younger than the sockets and not to blame; ${findHolder(snapshot)}.`;
  if (alibi === "too-few-handles") return `But it has too few AFD handles to hold them: ${findHolder(snapshot)}.`;
  if (alibi === "shared")
    return "They inherited the same sockets: the ports are only free again when all of them are gone.";
  if (held?.creator === "unknown" && held.confirmed * 2 < held.ports && processId !== KERNEL_PID) return RUN_UNKNOWN;
  return isGone && inference === null ? `PID ${processId} has ended, so ${findHolder(snapshot)}.` : null;
};

/** Others that have the same sockets, beside the process that opened them. */
const companyText = ({ snapshot }: CaptureEvidence, { alibi, held }: Suspect): string | null => {
  const sharers = held === null || alibi !== null ? [] : sharersOf(held);
  if (sharers.length === 0) return null;
  return `${sharersText(snapshot, sharers)} ${sharers.length === 1 ? "has" : "have"} handles to the same sockets: the ports are only free again when all of them are gone.`;
};

const serviceText = ({ snapshot }: CaptureEvidence, { processId, alibi }: Suspect): string | null => {
  const services = alibi === null ? servicesOf(snapshot, processId) : [];
  if (services.length < 2) return services[0] === undefined ? null : `It runs the service ${services[0]}.`;
  const named = `${services.slice(0, 8).join(", ")}${services.length > 8 ? ", ..." : ""}`;
  return `${count(services.length, "service")} run in this process, any of which may be the one: ${named}.`;
};

const KERNEL =
  "PID 4 is the kernel: a driver (such as http.sys or SMB) opened these sockets, and no user-mode process can be blamed.";

const doubts = (evidence: CaptureEvidence, suspect: Suspect): readonly (string | null)[] => [
  aliveText(evidence, suspect),
  companyText(evidence, suspect),
  suspect.processId === KERNEL_PID ? KERNEL : null,
  serviceText(evidence, suspect),
];

/** Who holds most, whether or not that means anything. */
const largestHolder = ({ snapshot }: CaptureEvidence, level: PoolLevel): string | null => {
  const [largest] = level.accounts?.holdings.all ?? [];
  if (largest === undefined) return null;
  const { processId, creator, ports } = largest;
  const who = creator === "recycled" ? `an earlier process with the PID ${processId}` : whoIs(snapshot, processId);
  const beside = (level.pool?.byClass.timeWait ?? 0) > 0 ? " beside TIME_WAIT" : "";
  return `Most ${protocolText(level)} ports${beside}: ${who} with ${number(ports)}.`;
};

/** Ports that a program asks for by number are its own choice: a DNS server binds thousands that way. */
const explicitText = ({ snapshot }: CaptureEvidence, { accounts }: PoolLevel): string | null => {
  const [largest] = accounts?.holdings.explicit ?? [];
  if (largest === undefined || accounts === null || largest.ports * 2 < accounts.pool.used) return null;
  return `${whoIs(snapshot, largest.processId)} holds ${number(largest.ports)} ports that it asked for by number: its own choice, as of a DNS server, and no leak.`;
};

/** What fills the pool, where no single process does. */
export const shortageText = (evidence: CaptureEvidence, level: PoolLevel, { pattern }: Shortage): string | null => {
  const { pool } = level;
  if (pool === null) return null;
  switch (pattern) {
    case "Mixed":
      return (
        explicitText(evidence, level) ?? "No single process holds half of the used ports and more than anybody else."
      );
    case "Reservation":
      return `${number(pool.excluded)} of the range's ${number(pool.ports)} ports are excluded; without that less than half would be in use.`;
    case "TimeWaitChurn":
      return `${number(pool.byClass.timeWait)} of them are in TIME_WAIT: connections are opened and closed faster than their ports come back. They have no owner any more, and no process with connections to the same endpoints stands out.`;
    case "ListenerOverlap":
      return `${number(pool.byClass.listening)} of them are listeners: the dynamic range covers ports that servers use.`;
    default:
      return null;
  }
};

/** Who it is and how sure that is; without anybody, why, and who has most. */
export const culpritReasons = (
  evidence: CaptureEvidence,
  level: PoolLevel | null,
  shortage: Shortage,
): readonly (string | null)[] => {
  if (level === null) return [];
  const { suspect } = shortage;
  if (suspect === null) return [shortageText(evidence, level, shortage), largestHolder(evidence, level)];
  return [suspectText(evidence, level, shortage), ...doubts(evidence, suspect)];
};
