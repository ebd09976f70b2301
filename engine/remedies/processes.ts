/** What remedies may say of processes: whether one can be restarted, by which means, and how it is named in commands. */
import { connectionsOf } from "../findings/direction.ts";
import type { Finding } from "../generated/records.ts";
import { isKernelOrNobody } from "../model/process.ts";
import type { Held } from "../pools/held.ts";
import { whoIs } from "../verdict/capture/names.ts";
import { isClosing, sharersOf } from "../verdict/capture/suspect.ts";
import { listed } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { BUILD, isAtLeast } from "./windows.ts";

/** A process that does nothing in the trace is one of a capture beside it, which shows its ports. */
const runsInTrace = ({ trace }: RemedyCase, processId: number): boolean => {
  const { processes = [], holdings = [] } = trace?.evidence.facts ?? {};
  const seen = [...processes, ...holdings.map(({ process }) => process)];
  return seen.some((each) => each.processId === processId && each.endedTicks === null);
};

const runsAtLast = ({ change }: RemedyCase, processId: number): boolean =>
  change?.changes.some(
    (each) => each.processId === processId && (each.status === "Running" || each.status === "Started"),
  ) ?? false;

/** It can be ended or restarted: it was seen to run when it was seen last, and is not the kernel. */
export const isRunning = (seen: RemedyCase, processId: number): boolean =>
  !isKernelOrNobody(processId) &&
  ((seen.capture?.snapshot.processes.has(processId) ?? false) ||
    runsInTrace(seen, processId) ||
    runsAtLast(seen, processId));

/** PowerShell takes the curved quotes for straight ones too. */
const QUOTES = /['\u2018\u2019\u201a\u201b]/g;

/** In single quotes, of which PowerShell takes nothing as a variable. */
export const quoted = (text: string): string => `'${text.replaceAll(QUOTES, "$&$&")}'`;

/** For parameters that take wildcards, as -Name of the cmdlets for services. */
export const quotedName = (name: string): string => quoted(name.replaceAll(/[`*?[\]]/g, "`$&"));

/** A name that ends the line, or hides part of it, is none to type; with a double quote, programs get it otherwise than it is typed. */
export const isTypeable = (name: string): boolean => name !== "" && !/["\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);

/** As Get-Process names it; null where that is not known. */
export const processNameIn = ({ processName }: Pick<Finding, "processName">): string | null => {
  const name = processName?.replace(/\.exe$/i, "") ?? "";
  return isTypeable(name) ? name : null;
};

/**
 * Windows stops where one of these ends ("Bug Check 0xEF: CRITICAL_PROCESS_DIED" lists them). lsass.exe does all logons, and what
 * svchost.exe is depends on the services in it, which have commands of their own.
 */
const NEVER_ENDED: readonly string[] = [
  "csrss",
  "wininit",
  "logonui",
  "smss",
  "services",
  "conhost",
  "winlogon",
  "lsass",
  "lsaiso",
  "svchost",
  "system",
  "registry",
  "memory compression",
  "secure system",
];

/**
 * Services that do not stop when asked to. Dnscache: since Windows 10 1709 (cloudfoundry/bosh-dns-release#6, there as Windows Server
 * 1709; MicrosoftDocs/windowsserverdocs#5332). RPC's: Microsoft's management pack says that no administrator can stop RpcSs, on
 * which the other two depend or which depends on them.
 */
const UNSTOPPABLE: Readonly<Record<string, number>> = {
  dnscache: BUILD.windows10v1709,
  rpcss: 0,
  rpceptmapper: 0,
  dcomlaunch: 0,
};

const isStoppable = (seen: RemedyCase, service: string): boolean => {
  const since = UNSTOPPABLE[service.toLowerCase()];
  return since === undefined || isAtLeast(seen, since) === false;
};

const heldBy = ({ processId, protocol }: Finding, { capture }: RemedyCase): readonly Held[] => {
  if (capture === null || processId === null) return [];
  const { accounts } = capture;
  return [accounts.tcp, accounts.udp]
    .filter((each) => protocol === null || each.protocol === protocol)
    .flatMap((each) => each.pools)
    .flatMap(({ holdings }) => holdings.open)
    .filter((held) => held.processId === processId);
};

/** Sockets that a process holds, whatever else it has closed. */
const HELD_FOR_CERTAIN: readonly string[] = [
  "bound-leak",
  "close-wait-leak",
  "udp-leak",
  "ghost-owner",
  "afd-handle-leak",
];

const areClosed = ({ id }: Finding, held: Held): boolean =>
  id === "connection-build-up" ? held.byClass.closing * 2 >= connectionsOf(held) : isClosing(held);

/** Connections that it has closed, and the peer has not: it has no handle to them any more, and its end frees nothing. */
const waitsForPeer = (finding: Finding, seen: RemedyCase): boolean => {
  if (HELD_FOR_CERTAIN.includes(finding.id)) return false;
  const held = heldBy(finding, seen).filter((each) => finding.id !== "connection-build-up" || connectionsOf(each) > 0);
  return held.length > 0 && held.every((each) => areClosed(finding, each));
};

/**
 * Windows protects it: not even an administrator with the privilege to debug could open it, and so cannot end it; nor stop a service
 * that was launched as protected (SERVICE_LAUNCH_PROTECTED_INFO: unprotected processes may not call ControlService on it).
 */
const isProtected = ({ capture }: RemedyCase, processId: number): boolean => {
  const { elevated, debugPrivilege } = capture?.snapshot.machine ?? {};
  if (elevated !== true || debugPrivilege !== true) return false;
  return (
    capture?.snapshot.inspections.some((each) => each.processId === processId && each.status === "refused") ?? false
  );
};

/**
 * What there is to restart. `services`: one of several in a process; none where they are not known. `rest`: nothing but the
 * machine. `peer`: nothing here, since the other end has to close. `gone`: nobody, or somebody who was not seen to run.
 */
export type Means =
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "services"; readonly services: readonly string[] }
  | { readonly kind: "process"; readonly name: string }
  | { readonly kind: "kernel" | "rest" | "peer" | "gone" };

const meansOfServices = (finding: Finding, seen: RemedyCase): Means => {
  const stoppable = finding.services.filter((service) => isStoppable(seen, service));
  if (stoppable.length === 0 && finding.services.length > 0) return { kind: "rest" };
  const services = stoppable.filter(isTypeable);
  const [service] = services;
  return service !== undefined && finding.services.length === 1
    ? { kind: "service", service }
    : { kind: "services", services };
};

const isCritical = (name: string | null): boolean => name !== null && NEVER_ENDED.includes(name);

export const meansOf = (finding: Finding, seen: RemedyCase): Means => {
  const { processId } = finding;
  if (waitsForPeer(finding, seen)) return { kind: "peer" };
  if (processId === null) return { kind: "gone" };
  if (isKernelOrNobody(processId)) return { kind: processId === 0 ? "gone" : "kernel" };
  if (!isRunning(seen, processId)) return { kind: "gone" };
  if (isProtected(seen, processId)) return { kind: "rest" };
  const name = processNameIn(finding)?.toLowerCase() ?? null;
  const isHost = name === "svchost";
  if (isHost || (finding.services.length > 0 && !isCritical(name))) return meansOfServices(finding, seen);
  if (name === null) return { kind: "gone" };
  return isCritical(name) ? { kind: "rest" } : { kind: "process", name: processNameIn(finding) ?? name };
};

/** Most of what it holds was opened by others: they ended, and it has their sockets. */
export const holdsOthersPorts = (finding: Finding, seen: RemedyCase): boolean =>
  finding.id === "ghost-owner" || heldBy(finding, seen).some((held) => held.fromOthers * 2 >= held.ports);

/** More names say no more. */
const NAMED_SHARERS = 4;

/** Others with handles to most of the same sockets: without their end, no port comes back. */
export const sharersAdvice = (finding: Finding, seen: RemedyCase): readonly string[] => {
  const { capture } = seen;
  const sharers = new Set(heldBy(finding, seen).flatMap((held) => sharersOf(held).map(({ processId }) => processId)));
  if (capture === null || sharers.size === 0) return [];
  const names = [...sharers].map((processId) => whoIs(capture.snapshot, processId));
  const who = listed(names, NAMED_SHARERS);
  return [
    `${who} ${sharers.size === 1 ? "has" : "have"} handles to most of the same sockets: their ports come back only when ${sharers.size === 1 ? "it has" : "they have"} ended too.`,
  ];
};

/** A restart destroys what its maker needs to see. */
export const EVIDENCE_FIRST =
  "New-PortSnapshot, so that the maker of the program gets the evidence that this destroys.";
