/** What to look at where ports are not what is short, or where the machine alone cannot tell: memory, peers, containers. */
import type { CaptureCase } from "../findings/case.ts";
import { directionOfProcess } from "../findings/direction.ts";
import type { Finding } from "../generated/records.ts";
import type { SocketState } from "../model/socket-row.ts";
import { count } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { quoted } from "./processes.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";
import { BUILD, sinceBuild } from "./windows.ts";

const FACTS = { phase: "Investigate", risk: "None", reboot: false, reversible: true } as const;

const MEMORY =
  "Get-CimInstance -ClassName Win32_PerfRawData_PerfOS_Memory | Format-List -Property PoolNonpagedBytes, PoolPagedBytes, AvailableBytes";

export const checkMemory: RemedyRule = {
  id: "check-memory",
  title: "Look at the memory of the kernel: ports are not what is short",
  ...FACTS,
  willNotFix: ["Anything by more ports: there are free ones."],
  sources: [SOURCES.nobufsWithoutPorts, SOURCES.poolMon, SOURCES.appServiceSnat],
  tell: ({ summary }) => ({
    reason: summary,
    commands: [MEMORY],
    advice: [
      "10055 (WSAENOBUFS) also stands for buffers: of nonpaged memory, or of what one socket may queue. Run the command twice, an hour apart: nonpaged bytes that only grow are a leak of a driver.",
      "poolmon.exe /p of the Windows Driver Kit tells by four letters whose the memory is.",
      "Behind NAT of a cloud, the gateway may be out of ports (SNAT) while this machine has enough: ask the gateway.",
    ],
    consequence: "Reads only.",
    undo: [],
    checkFirst: [],
  }),
};

/** To the peers with most such connections; more is not to be typed. */
const MOST_PEERS = 3;

const UNANSWERED: readonly SocketState[] = ["synSent"];
const CLOSING: readonly SocketState[] = ["finWait1", "finWait2", "closing", "lastAck"];

interface Peer {
  readonly address: string;
  readonly port: number;
  readonly times: number;
}

const peersIn = ({ snapshot }: CaptureCase, states: readonly SocketState[]): readonly Peer[] => {
  const peers = new Map<string, Peer>();
  for (const { state, remoteAddress, remotePort } of snapshot.sockets) {
    if (!states.includes(state) || remoteAddress === null || remotePort <= 0) continue;
    const key = `${remoteAddress} ${remotePort}`;
    peers.set(key, { address: remoteAddress, port: remotePort, times: (peers.get(key)?.times ?? 0) + 1 });
  }
  return [...peers.values()].sort((a, b) => b.times - a.times).slice(0, MOST_PEERS);
};

const testLine = ({ address, port }: Peer): string =>
  `Test-NetConnection -ComputerName ${quoted(address)} -Port ${port}`;

const textOf = ({ address, port, times }: Peer): string => `${address} port ${port} ${count(times, "time")}`;

/** Most of the connections of the process wait for a first answer: it would go on trying after a restart. */
export const isUnanswered = ({ processId }: Finding, { capture }: RemedyCase): boolean =>
  capture !== null && processId !== null && directionOfProcess(capture, processId) === "waiting";

export const checkPeers: RemedyRule = {
  id: "check-peers",
  title: "Find out why the peer does not answer",
  ...FACTS,
  willNotFix: [
    "A program that tries again without a pause: it needs a limit and growing pauses.",
    "A firewall that drops instead of refusing: each try then holds its port until it times out.",
  ],
  sources: [SOURCES.testConnection],
  tell: (finding, seen) => {
    if (finding.id === "connection-build-up" && !isUnanswered(finding, seen)) return null;
    const { id, summary } = finding;
    const isClosing = id === "closing-connections";
    const peers = seen.capture === null ? [] : peersIn(seen.capture, isClosing ? CLOSING : UNANSWERED);
    const tests = peers.map((peer) =>
      sinceBuild(seen, BUILD.windows81, "Windows 8.1 and Server 2012 R2", testLine(peer)),
    );
    const most = isClosing ? "Most connections that wait for the peer's close" : "Most unanswered connects";
    return {
      ...(isClosing ? { title: "Find out why the peer does not close" } : {}),
      reason: peers.length === 0 ? summary : `${summary} ${most}: ${peers.map(textOf).join(", ")}.`,
      commands: tests.flatMap(({ commands }) => commands),
      advice: [
        ...tests.flatMap(({ advice }) => advice),
        "If a connection to the peer fails: is the peer down, is the address an old one, does a firewall in between drop the packets?",
        isClosing
          ? "If it succeeds: the program at the peer does not close, or a firewall in between has forgotten the connections and drops what closes them."
          : "Until the peer answers, stop the program that calls it, or have it wait longer between tries.",
      ],
      consequence: "Opens one connection to each peer, and sends nothing over it.",
      undo: [],
      checkFirst: [],
    };
  },
};

export const lookIntoContainers: RemedyRule = {
  id: "look-into-containers",
  title: "Look into containers: their ports are not in the tables of the machine",
  ...FACTS,
  willNotFix: ["The shortage: it tells which container has the ports."],
  sources: [SOURCES.containerNetworks, SOURCES.compartments, SOURCES.hnsDiag],
  tell: ({ summary }, seen) => {
    const compartments = sinceBuild(seen, BUILD.windows81, "Windows 8.1 and Server 2012 R2", "Get-NetCompartment");
    return {
      reason: summary,
      commands: compartments.commands,
      advice: [
        ...compartments.advice,
        "Where the feature Containers is installed: hnsdiag.exe list all tells networks and endpoints.",
        "Docker: docker.exe ps, then for each container docker.exe exec NAME netstat -ano.",
        "Kubernetes: kubectl exec POD -- netstat -ano, for the pods of this node.",
        "A container with many connections uses up the ports of its own network, and WinNAT's on the way out.",
      ],
      consequence: "Reads only.",
      undo: [],
      checkFirst: [],
    };
  },
};
