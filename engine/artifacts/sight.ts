/**
 * How much of a machine's port use a snapshot can show. Since Vista, TCP sockets that are bound and neither listen nor are
 * connected stand in no ordinary table (MicrosoftDocs/windows-itpro-docs#2419): only the bound tables, `netstat -q`,
 * Get-NetTCPConnection from Windows 8.1 on, and the handles show them.
 */
import type { CaptureInspection } from "../generated/records.ts";
import type { Transport } from "../model/socket-row.ts";
import type { Contribution } from "./contribution.ts";

/** none: no table of the protocol. partial: a table is missing or cut. excerpt: a text that lacks what every Windows has. */
export type ProtocolSight = "none" | "partial" | "excerpt" | "whole";

export interface Sight {
  readonly tcp: ProtocolSight;
  readonly udp: ProtocolSight;
  /** Bound TCP ports can be seen. */
  readonly bound: boolean;
}

/** All ports of the protocol that are in use can be seen, as far as Windows shows them at all. */
export const isAllSeen = (sight: Sight, protocol: Transport): boolean =>
  sight[protocol] === "whole" && (protocol === "udp" || sight.bound);

const TABLE_KINDS: Readonly<Record<Transport, readonly string[]>> = {
  tcp: ["tcp-table", "netstat", "net-tcp-connection"],
  udp: ["udp-table", "netstat", "net-udp-endpoint"],
};

const BOUND_ARTIFACT = /^bound-/;

export const hasRows = ({ decoded }: Contribution, protocol: Transport): boolean =>
  decoded.sockets?.some((row) => row.protocol === protocol) ?? false;

/** Rows of this protocol, or a table of it that is empty. */
export const tellsOf = (contribution: Contribution, protocol: Transport): boolean => {
  const { kind, name, status } = contribution.coverage;
  if (kind === null || !TABLE_KINDS[protocol].includes(kind) || BOUND_ARTIFACT.test(name)) return false;
  return hasRows(contribution, protocol) || (kind !== "netstat" && (status === "read" || status === "partial"));
};

/** A table that was asked for and did not come whole; one that the system does not have (IPv6 switched off) is not missed. */
const isMissed = ({ coverage: { kind, status } }: Contribution, protocol: Transport): boolean =>
  kind === `${protocol}-table` && status !== "read" && status !== "absent";

/** RPC's endpoint mapper and SMB: a Windows without a listener at either is not to be found. */
const EVERYWHERE: readonly number[] = [135, 445];

/** Of a capture, the collector says what is whole; a loose text may be a part of what a command printed. */
export const isComplete = ({ decoded }: Contribution): boolean =>
  decoded.sockets?.some(({ state, localPort }) => state === "listening" && EVERYWHERE.includes(localPort)) ?? false;

const sightFor = (contributions: readonly Contribution[], protocol: Transport, isLoose: boolean): ProtocolSight => {
  const tables = contributions.filter((each) => tellsOf(each, protocol));
  if (tables.length === 0) return "none";
  if (isLoose && protocol === "tcp" && !tables.some(isComplete)) return "excerpt";
  // netstat and CIM tell of both families at once: what a raw table lacks, they have.
  if (tables.some(({ coverage }) => coverage.kind !== `${protocol}-table` && coverage.status === "read"))
    return "whole";
  const isCut = tables.some(({ coverage }) => coverage.status === "partial" && !isLoose);
  return isCut || contributions.some((each) => isMissed(each, protocol)) ? "partial" : "whole";
};

const LOOKED_INTO: readonly CaptureInspection["status"][] = ["inspected", "exited", "skipped"];

/** The answers of AFD handles are undamaged; processes that could not be opened make them `partial` on any Windows. */
export const holdsAllAnswers = ({ coverage: { kind, status }, decoded }: Contribution): boolean =>
  kind === "afd-handles" && (status === "read" || status === "partial") && decoded.problems.length === 0;

/** The handles of every process that may be looked into were looked into; of a sample most ports are not known. */
const isInspectionWhole = (
  contributions: readonly Contribution[],
  inspections: readonly CaptureInspection[],
): boolean =>
  contributions.some(holdsAllAnswers) &&
  inspections.some(({ status }) => status === "inspected") &&
  inspections.every(({ status, fileHandles }) => LOOKED_INTO.includes(status) || fileHandles === 0);

const isBoundTable = ({ coverage }: Contribution): boolean => coverage.kind === "bound-tcp-table";

/** One family's table says nothing of the other's; one that the system does not have is not missed, if there is another. */
const areBoundTablesWhole = (contributions: readonly Contribution[]): boolean => {
  const there = contributions.filter(isBoundTable).filter(({ coverage }) => coverage.status !== "absent");
  return there.length > 0 && there.every(({ coverage }) => coverage.status === "read");
};

/** netstat -q, Get-NetTCPConnection, or CIM's rows of State 100. */
const showsBound = (contribution: Contribution): boolean => {
  const { decoded, coverage } = contribution;
  if (isBoundTable(contribution)) return false;
  if (BOUND_ARTIFACT.test(coverage.name)) return coverage.status === "read";
  return coverage.status !== "failed" && (decoded.sockets?.some(({ state }) => state === "bound") ?? false);
};

/** `isLoose`: there is no capture among the contributions. */
export const sightOf = (
  contributions: readonly Contribution[],
  inspections: readonly CaptureInspection[],
  isLoose: boolean,
): Sight => ({
  tcp: sightFor(contributions, "tcp", isLoose),
  udp: sightFor(contributions, "udp", isLoose),
  bound:
    areBoundTablesWhole(contributions) ||
    contributions.some(showsBound) ||
    isInspectionWhole(contributions, inspections),
});
