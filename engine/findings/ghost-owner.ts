/**
 * Ports whose creator has ended. Windows goes on naming it (GetExtendedTcpTable; microsoft/WSL#652), and its PID may belong to
 * another process by now; a process that inherited or was given the handles keeps the ports.
 */
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Owner } from "../pools/owners.ts";
import { whoIs } from "../verdict/capture/names.ts";
import { alibiOf } from "../verdict/capture/suspect.ts";
import { hasEndedBefore } from "../verdict/trace/doubt.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { clockTime, count, listed, number, processText } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { ofSnapshot } from "./names.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { allPools, nameOf, partOf, severityOfPart, takenText } from "./pools.ts";
import { NOBODY, type Named, type Rule, type Sighting } from "./rule.ts";

interface Ghost extends Owner {
  readonly processId: number;
  /** That somebody must hold: connections which their process has closed have no handle. */
  readonly kept: number;
}

const ghostsOf = ({ owners }: PoolAccounts): readonly Ghost[] =>
  owners.flatMap((owner) => {
    const { processId, creator, ports, byClass } = owner;
    const kept = ports - byClass.closing - byClass.timeWait;
    const isGhost = processId !== null && (creator === "ended" || creator === "recycled") && kept >= MIN_CULPRIT_PORTS;
    return isGhost ? [{ ...owner, processId, kept }] : [];
  });

/** Nobody where the one that was seen shares the sockets with others, or was seen with a few of them only. */
const holderOf = (seen: CaptureCase, accounts: PoolAccounts, { holder, kept }: Ghost): Named => {
  if (holder === null) return NOBODY;
  const held = accounts.holdings.all.find(
    ({ processId, creator }) => processId === holder.processId && creator === "running",
  );
  const isSole = held !== undefined && alibiOf(held, seen) === null;
  const inspection = seen.snapshot.inspections.find(({ processId }) => processId === holder.processId);
  const isSampled = inspection?.status === "sampled" || inspection?.status === "partial";
  return isSole && (isSampled || holder.ports * 2 >= kept) ? ofSnapshot(seen.snapshot, holder.processId) : NOBODY;
};

const nowText = ({ snapshot }: CaptureCase, { creator, processId }: Ghost): string =>
  creator === "recycled"
    ? `The PID ${processId} belongs to ${whoIs(snapshot, processId)} now, which has not opened them.`
    : `No process with the PID ${processId} runs.`;

const holdersText = ({ snapshot }: CaptureCase, accounts: PoolAccounts, { holder, kept }: Ghost): string => {
  if (holder === null)
    return "Nobody was seen with handles to them: a process whose handles could not be read, or the kernel.";
  const held = accounts.holdings.all.find(({ processId }) => processId === holder.processId);
  const sharers = (held?.sharers ?? []).map(({ processId }) => whoIs(snapshot, processId));
  const more = sharers.length === 0 ? "" : `; ${listed(sharers, 3)} too`;
  return `Handles show that ${whoIs(snapshot, holder.processId)} has ${number(holder.ports)} of the ${number(kept)} sockets${more}.`;
};

const UNKNOWN_ADVICE =
  "Find out who has handles to them: New-PortSnapshot or Get-AfdHandleOwner in an elevated session; then end that process.";
const SHARED_ADVICE = "End all processes that have handles to them: the ports stay in use as long as one of them runs.";

const adviceFor = ({ processId }: Named, { holder }: Ghost): Pick<Sighting, "advice"> => {
  if (processId !== null) return {};
  return { advice: holder === null ? UNKNOWN_ADVICE : SHARED_ADVICE };
};

const sightingOf = (seen: CaptureCase, accounts: PoolAccounts, ghost: Ghost): Sighting => {
  const { pool } = accounts;
  const holder = holderOf(seen, accounts, ghost);
  const by = ghost.creator === "recycled" ? "an earlier process with the PID" : "PID";
  return {
    severity: severityOfPart(partOf(ghost.kept, pool)),
    protocol: pool.protocol,
    summary: `${count(ghost.kept, `${nameOf(pool)} port`)} ${ghost.kept === 1 ? "is" : "are"} in use by sockets that ${by} ${ghost.processId} opened, which has ended.`,
    evidence: [takenText(ghost.kept, pool), nowText(seen, ghost), holdersText(seen, accounts, ghost)],
    process: holder,
    ...adviceFor(holder, ghost),
  };
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  allPools(seen).flatMap((accounts) => ghostsOf(accounts).map((ghost) => sightingOf(seen, accounts, ghost)));

const seeTrace = ({ shortage: { suspicion }, evidence }: TraceCase): readonly Sighting[] => {
  const isKept = suspicion !== null && suspicion.pattern !== "TimeWaitChurn" && suspicion.pattern !== "Reservation";
  if (!isKept || !hasEndedBefore(suspicion, evidence.facts)) return [];
  const { process, ports, pattern } = suspicion;
  const ended = clockTime(evidence.toIso(process.endedTicks ?? 0));
  return [
    {
      severity: "Warning",
      protocol: pattern === "UdpLeak" ? "udp" : "tcp",
      summary: `${processText(process)} ended at ${ended}, and the trace does not show that ${count(ports, "port")} of its sockets were given back.`,
      evidence: [
        "Either the recording lost the closes, or another process has handles to the same sockets; a trace does not show handles.",
      ],
      process: NOBODY,
      advice: UNKNOWN_ADVICE,
    },
  ];
};

export const ghostOwner: Rule = {
  id: "ghost-owner",
  title: "Ports of a process that has ended",
  why: "netstat and Get-NetTCPConnection go on naming the process that opened a socket. A child that inherited the handles, or a process that was given them, keeps the ports; who has the PID today has nothing to do with it.",
  advice:
    "End the process that has the handles, not the one that has the PID; the maker has to start children without inheritance of handles (bInheritHandles, WSA_FLAG_NO_HANDLE_INHERIT).",
  capture: { needs: [CAPTURE_NEEDS.allTcp, CAPTURE_NEEDS.udp, CAPTURE_NEEDS.processes], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
