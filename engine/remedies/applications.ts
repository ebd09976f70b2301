/** What the makers of programs have to do: no command of an administrator does it. */
import type { Finding } from "../generated/records.ts";
import { KERNEL_PID } from "../model/process.ts";
import { processText } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { holdsOthersPorts, meansOf } from "./processes.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { closeAdvice, reuseAdvice } from "./runtimes.ts";
import { SOURCES } from "./sources.ts";

const FACTS = { phase: "Lasting", risk: "None", reboot: false, reversible: true } as const;

const RUNTIMES = [SOURCES.httpClient, SOURCES.nodeAgent, SOURCES.javaKeepAlive, SOURCES.goTransport, SOURCES.goHttp];

type Maker = Pick<Finding, "processId" | "processName">;

const UNKNOWN: Maker = { processId: null, processName: null };

/**
 * Whose code is to be changed. Who holds sockets of others has not opened them; a PID alone is no program; and what runs in
 * svchost.exe is a service, which one the name does not say.
 */
const makerOf = (finding: Finding, seen: RemedyCase): Maker => {
  const name = finding.processName?.toLowerCase() ?? null;
  return name === null || name === "svchost.exe" || holdsOthersPorts(finding, seen) ? UNKNOWN : finding;
};

const isKernel = ({ processId }: Finding): boolean => processId === KERNEL_PID;

const whose = ({ processId, processName }: Maker): string =>
  processName === null ? "the program that opens them" : processText({ processId, name: processName });

export const closeSockets: RemedyRule = {
  id: "close-sockets",
  title: "Have the program close its sockets",
  ...FACTS,
  willNotFix: ["Ports that are held now: they come back when the process ends."],
  sources: [SOURCES.portExhaustion, ...RUNTIMES],
  tell: (finding, seen) => {
    if (isKernel(finding) || meansOf(finding, seen).kind === "peer") return null;
    const maker = makerOf(finding, seen);
    return {
      title: `Have ${whose(maker)} close its sockets`,
      reason: finding.summary,
      commands: [],
      advice: [
        ...closeAdvice(maker.processName),
        "Give its maker a snapshot of New-PortSnapshot and a trace of Start-PortTrace: they show which calls are not followed by a close.",
      ],
      consequence:
        "A new version of the program has to be installed; until then a restart gives the ports back for a while.",
      undo: [],
      checkFirst: [
        "Whether a newer version of the program is there, and what it says of sockets, handles or connections.",
      ],
    };
  },
};

export const reuseConnections: RemedyRule = {
  id: "reuse-connections",
  title: "Have the program use its connections again",
  ...FACTS,
  willNotFix: [
    "Ports that are in TIME_WAIT now: they come back by themselves.",
    "Connections that the server closes after each answer (Connection: close): then the server has to keep them open.",
  ],
  sources: [...RUNTIMES, SOURCES.reusePort, SOURCES.tcpSpecification],
  tell: (finding, seen) => {
    if (isKernel(finding)) return null;
    const maker = makerOf(finding, seen);
    return {
      title: `Have ${whose(maker)} use its connections again`,
      reason: finding.summary,
      commands: [],
      advice: [
        ...reuseAdvice(maker.processName),
        "To databases and message brokers: switch on the pool of connections of the client library, and give it a limit.",
        "On the server: keep connections open longer than the pause between two requests.",
      ],
      consequence:
        "Settings or code of the program change. Connections stay open longer: the server must bear as many, and firewalls in between must not drop them when they are idle.",
      undo: [],
      checkFirst: [
        "Get-PortOwner, which tells the connections and TIME_WAIT ports of each process.",
        "Start-PortTrace for a minute, which tells who opens and closes connections, and to whom.",
      ],
    };
  },
};
