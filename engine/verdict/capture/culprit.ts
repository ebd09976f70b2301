/** What is said of who fills a pool. */
import type { Verdict } from "../../generated/records.ts";
import type { Owner } from "../../pools/owners.ts";
import { count, number, percent } from "../phrases.ts";
import type { CaptureEvidence } from "./evidence.ts";
import type { PoolLevel } from "./level.ts";
import { processNameOf, servicesOf, whoIs } from "./names.ts";
import type { Shortage, Suspect } from "./suspect.ts";

const WHAT: Readonly<Partial<Record<Shortage["pattern"], string>>> = {
  BoundLeak: "bound and neither connected nor listening",
  CloseWaitLeak: "in CLOSE_WAIT: the peer has closed and the process has not",
  ConnectionBuildUp: "with connections",
  UdpLeak: "of UDP sockets",
  ListenerOverlap: "with listeners",
};

const protocolText = (level: PoolLevel): string => level.protocol.toUpperCase();

/** Whose the sockets were, where they came from somebody else. */
const formerOwners = ({ snapshot, accounts }: CaptureEvidence, level: PoolLevel, suspect: Suspect): string => {
  const former = accounts[level.protocol].owners.filter(({ holder }) => holder?.processId === suspect.processId);
  const [first] = [...former].sort((a, b) => b.ports - a.ports);
  if (suspect.held === null || suspect.held.fromOthers * 2 < suspect.ports || first?.processId == null) return "";
  return `, opened by ${formerText(first, snapshot.processes.get(first.processId)?.name ?? null)}`;
};

const formerText = ({ processId, creator }: Owner, name: string | null): string => {
  if (creator === "ended") return `PID ${processId}, which has ended`;
  if (creator === "recycled") return `an earlier process with the PID ${processId}, which has ended`;
  return name === null ? `PID ${processId}` : `${name} (${processId})`;
};

export const suspectText = (
  evidence: CaptureEvidence,
  level: PoolLevel,
  { pattern, suspect }: Shortage,
): string | null => {
  if (suspect === null) return null;
  const who = whoIs(evidence.snapshot, suspect.processId);
  const share = percent(suspect.share);
  if (suspect.isInference)
    return `Most likely ${who}: it has other connections to the endpoints of ${number(suspect.ports)} of the ports in TIME_WAIT (${share} of the used ports).`;
  const holds = suspect.held?.isGone === true ? "had opened" : "holds";
  return `${who} ${holds} ${number(suspect.ports)} of the used ${protocolText(level)} ports (${share}), mostly ${WHAT[pattern]}${formerOwners(evidence, level, suspect)}.`;
};

export const culpritOf = (evidence: CaptureEvidence, level: PoolLevel, shortage: Shortage): Verdict["culprit"] => {
  const { suspect } = shortage;
  if (suspect === null) return null;
  const { processId, ports, share } = suspect;
  return {
    processId,
    processName: processNameOf(evidence.snapshot, processId),
    services: servicesOf(evidence.snapshot, processId),
    ports,
    share,
    reason: suspectText(evidence, level, shortage) ?? "",
  };
};

const KERNEL_PID = 4;

const doubts = ({ snapshot }: CaptureEvidence, suspect: Suspect): readonly (string | null)[] => {
  const { processId, held } = suspect;
  const services = servicesOf(snapshot, processId);
  return [
    held?.isGone === true
      ? `PID ${processId} has ended, so another process must hold its sockets; which one only handles tell, read by an elevated session.`
      : null,
    processId === KERNEL_PID
      ? "PID 4 is the kernel: a driver (such as http.sys or SMB) opened these sockets, and no user-mode process can be blamed."
      : null,
    services.length > 1
      ? `${count(services.length, "service")} run in this process, any of which may be the one: ${services.slice(0, 8).join(", ")}${services.length > 8 ? ", ..." : ""}.`
      : null,
    services.length === 1 ? `It runs the service ${services[0]}.` : null,
  ];
};

const largestOwner = ({ snapshot, accounts }: CaptureEvidence, level: PoolLevel): string | null => {
  const [largest] = accounts[level.protocol].owners;
  if (largest === undefined || largest.processId === null || largest.ports === 0) return null;
  const who = largest.processId === 0 ? "TIME_WAIT (PID 0)" : whoIs(snapshot, largest.processId);
  return `Most ${protocolText(level)} ports: ${who} with ${number(largest.ports)}.`;
};

const NO_CULPRIT: Readonly<Partial<Record<Shortage["pattern"], string>>> = {
  Mixed: "No single process holds half of the used ports and more than anybody else.",
  Reservation: "Without the excluded ranges less than half of the range would be in use.",
  TimeWaitChurn:
    "Ports in TIME_WAIT have no owner any more, and no process with connections to the same endpoints stands out.",
  ListenerOverlap: "At least half of the used ports are listeners: the dynamic range covers ports that servers use.",
};

/** Who it is and how sure that is; without anybody, why, and who has most. */
export const culpritReasons = (
  evidence: CaptureEvidence,
  level: PoolLevel | null,
  shortage: Shortage,
): readonly (string | null)[] => {
  if (level === null) return [];
  const { pattern, suspect } = shortage;
  if (suspect === null) return [NO_CULPRIT[pattern] ?? null, largestOwner(evidence, level)];
  return [suspectText(evidence, level, shortage), ...doubts(evidence, suspect)];
};
