/**
 * Programs that listen inside the dynamic range: their ports are used, and one that is restarted may find its port taken. RPC servers take
 * theirs from the range by design; a program with a port of its own should have it outside, or excluded.
 */
import type { Finding } from "../generated/records.ts";
import { DEFAULT_DYNAMIC_START } from "../model/port.ts";
import { isKernelOrNobody } from "../model/process.ts";
import type { Transport } from "../model/socket-row.ts";
import type { CaptureCase } from "../findings/case.ts";
import { processNameOf, servicesOf } from "../verdict/capture/names.ts";
import { count, processText } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { holds, openSpans } from "./port-plan.ts";
import { isTypeable, quotedName } from "./processes.ts";
import { restoresRange } from "./restore-range.ts";
import { blocksOf, rangesOf, showExclusions } from "./ranges.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

/** Hosts of Windows' own RPC servers, which listen at ports of the range by design. */
const RPC_HOSTS: readonly string[] = ["svchost.exe", "lsass.exe", "services.exe", "wininit.exe", "spoolsv.exe"];

const isRpcHost = (name: string | null): boolean => name !== null && RPC_HOSTS.includes(name.toLowerCase());

interface Listener {
  readonly processId: number;
  readonly name: string | null;
  readonly ports: readonly number[];
}

/** Those that listen inside the dynamic range, the one with most ports first. */
const listenersIn = ({ snapshot }: CaptureCase, protocol: Transport): readonly Listener[] => {
  const ranges = rangesOf(snapshot, protocol);
  const byProcess = new Map<number, Set<number>>();
  for (const { protocol: of, state, processId, localPort } of snapshot.sockets) {
    if (of !== protocol || state !== "listening" || processId === null || isKernelOrNobody(processId)) continue;
    if (!ranges.some(({ span }) => holds(span, localPort))) continue;
    byProcess.set(processId, (byProcess.get(processId) ?? new Set()).add(localPort));
  }
  return [...byProcess]
    .map(([processId, ports]) => ({
      processId,
      name: processNameOf(snapshot, processId),
      ports: [...ports].sort((a, b) => a - b),
    }))
    .sort((a, b) => b.ports.length - a.ports.length);
};

/** Of whom the finding speaks: one that it names, or all. */
const listenersOf = ({ processId }: Finding, { capture }: RemedyCase): readonly Listener[] =>
  capture === null
    ? []
    : listenersIn(capture, "tcp").filter((each) => processId === null || each.processId === processId);

/** All of them are below the default range: with that range restored, nobody listens inside it. */
const isRangeWrong = (listeners: readonly Listener[], seen: RemedyCase): boolean =>
  restoresRange(seen, "tcp") && listeners.every(({ ports }) => ports.every((port) => port < DEFAULT_DYNAMIC_START));

/** More names say no more. */
const MOST_NAMED = 3;

const whoListens = (listeners: readonly Listener[]): string => {
  const named = listeners
    .slice(0, MOST_NAMED)
    .map(({ processId, name, ports }) => `${processText({ processId, name })} at ${count(ports.length, "port")}`);
  const more = listeners.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${count(more, "other")}` : ""}`;
};

/** At least 100 are needed, and from 5000 on (Microsoft, "RPC dynamic port work with firewalls"); ten times as many leave room. */
const RPC_PORTS = 1000;
const RPC_FIRST = 5000;

/** A run of free ports outside the dynamic range, from 5000 on. */
const rpcRange = ({ snapshot }: CaptureCase): string | null => {
  const ranges = rangesOf(snapshot, "tcp");
  const isBlocked = blocksOf(snapshot, "tcp");
  const spans = openSpans(
    (port) => isBlocked(port) || ranges.some(({ span }) => holds(span, port)),
    RPC_FIRST,
    RPC_FIRST * 10,
  );
  const span = spans.find(({ ports }) => ports >= RPC_PORTS);
  return span === undefined ? null : `${span.start}-${span.start + RPC_PORTS - 1}`;
};

const RPC_KEY = '"HKLM\\SOFTWARE\\Microsoft\\Rpc\\Internet"';

const rpcLines = (ports: string): readonly string[] => [
  `reg.exe add ${RPC_KEY} /v Ports /t REG_MULTI_SZ /d ${ports} /f`,
  `reg.exe add ${RPC_KEY} /v PortsInternetAvailable /t REG_SZ /d Y /f`,
  `reg.exe add ${RPC_KEY} /v UseInternetPorts /t REG_SZ /d Y /f`,
];

export const moveListeners: RemedyRule = {
  id: "move-listeners",
  title: "Have programs listen outside the dynamic range",
  phase: "Lasting",
  risk: "Medium",
  reboot: true,
  reversible: true,
  willNotFix: [
    "Ports that clients take: only those of listeners come back.",
    "A program that asks for any port to listen at.",
  ],
  sources: [SOURCES.rpcPorts, SOURCES.portExhaustion],
  tell: (finding, seen) => {
    const listeners = listenersOf(finding, seen);
    const [first] = listeners;
    if (first === undefined || seen.capture === null || isRangeWrong(listeners, seen)) return null;
    const free = listeners.some(({ name }) => isRpcHost(name)) ? rpcRange(seen.capture) : null;
    const who = finding.processId === null ? "programs" : processText(first);
    return {
      title: `Have ${who} listen outside the dynamic range`,
      reason: finding.summary,
      commands: [],
      advice: [
        `Inside the dynamic range listen: ${whoListens(listeners)}. Give each a port outside the range in its own configuration, and change it where clients and firewalls know it.`,
        ...(free === null
          ? []
          : [
              `RPC servers that cannot be given a port of their own: Windows gives all of them ports of ${free} after a restart of the machine by these three lines.`,
              ...rpcLines(free),
              `To take that back, and restart: reg.exe delete ${RPC_KEY} /f, if the key was not there before.`,
            ]),
      ],
      consequence:
        "Clients that know the old port do not reach it until they are changed. A mistake in the values for RPC keeps services of Windows, Netlogon among them, from starting.",
      undo: [],
      checkFirst: [
        `reg.exe query ${RPC_KEY}, which must say that there is no such key: else note its values.`,
        "Get-NetTCPConnection -State Listen | Sort-Object -Property LocalPort",
      ],
    };
  },
};

/** A program with more has asked for any port: none of them is its own. */
const MOST_FIXED = 16;

const addLine = (port: number): string =>
  `netsh int ipv4 add excludedportrange protocol=tcp startport=${port} numberofports=1 store=persistent`;

const deleteLine = (port: number): string =>
  `netsh int ipv4 delete excludedportrange protocol=tcp startport=${port} numberofports=1 store=persistent`;

export const reserveFixedPort: RemedyRule = {
  id: "reserve-fixed-port",
  title: "Keep the port of a program that listens inside the dynamic range",
  phase: "Lasting",
  risk: "Medium",
  reboot: false,
  reversible: true,
  willNotFix: ["The shortage: each port that is kept is one less for all others.", "A program that asks for any port."],
  sources: [SOURCES.reservedPorts, SOURCES.excludedByNumber, SOURCES.excludedForFixed, SOURCES.winNatExclusion],
  tell: (finding, seen) => {
    const listeners = listenersOf(finding, seen).filter(({ name }) => !isRpcHost(name));
    const [listener, ...more] = listeners;
    if (listener === undefined || more.length > 0 || seen.capture === null) return null;
    const { processId, name, ports } = listener;
    if (ports.length > MOST_FIXED || isRangeWrong(listeners, seen)) return null;
    const who = processText({ processId, name });
    const [service, ...others] = servicesOf(seen.capture.snapshot, processId);
    const lines = ports.map(addLine);
    const isService = service !== undefined && others.length === 0 && isTypeable(service);
    const named = isService ? quotedName(service) : "";
    return {
      title: `Keep the ports of ${who} for it`,
      reason: finding.summary,
      commands: isService ? [`Stop-Service -Name ${named} -Force`, ...lines, `Start-Service -Name ${named}`] : [],
      advice: [
        `A port can be excluded only while nobody uses it: ${isService ? "that is why the service is stopped meanwhile" : `stop ${who} first, and start it again after these lines`}.`,
        ...(isService ? [] : lines),
        "An excluded port is given to nobody who asks for any; a program that asks for it by number still gets it.",
      ],
      consequence: `${who} is interrupted. The exclusion is kept over restarts.`,
      undo: ports.map(deleteLine),
      checkFirst: [
        showExclusions("tcp", "ipv4"),
        `Whether ${who} listens at the same port after each start: only then is it worth it.`,
      ],
    };
  },
};
