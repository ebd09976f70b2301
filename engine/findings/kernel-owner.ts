/** PID 4: drivers opened the sockets (http.sys, SMB, any other that uses Winsock Kernel), and no program has a handle to them. */
import { KERNEL_PID } from "../model/process.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { number, percent } from "../verdict/phrases.ts";
import { agesText } from "./ages-text.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { ASK_DRIVERS } from "./holder-advice.ts";
import { LEAK_PART } from "./leaks.ts";
import { ofSnapshot, ofTrace } from "./names.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { type Peer, peersOf, peersText } from "./peers.ts";
import { allPools, nameOf, partOf, severityOfPart, takenText } from "./pools.ts";
import type { Rule, Sighting } from "./rule.ts";

/** Services that drivers of Windows call: names of IANA's registry. */
const SERVICES: Readonly<Record<number, string>> = { 445: "SMB", 2049: "NFS", 3260: "iSCSI" };

const serviceText = (peers: readonly Peer[]): string | null => {
  const ports = new Map<string, number>();
  for (const peer of peers) {
    const name = SERVICES[peer.port];
    if (name !== undefined) ports.set(name, (ports.get(name) ?? 0) + peer.ports);
  }
  const told = [...ports].map(([name, count]) => `${name} ${number(count)}`);
  return told.length === 0 ? null : `By the number of the remote port: ${told.join(", ")}.`;
};

const sightingOf = (seen: CaptureCase, accounts: PoolAccounts): readonly Sighting[] => {
  const { pool, holdings } = accounts;
  const held = holdings.open.find(({ processId }) => processId === KERNEL_PID);
  if (held === undefined) return [];
  const part = partOf(held.ports, pool);
  if (held.ports < MIN_CULPRIT_PORTS || part < LEAK_PART) return [];
  const peers = peersOf(accounts, KERNEL_PID);
  const evidence = [takenText(held.ports, pool), peersText(peers), serviceText(peers), agesText(held.ages)];
  return [
    {
      severity: severityOfPart(part),
      protocol: pool.protocol,
      summary: `The kernel (PID 4) holds ${number(held.ports)} ${nameOf(pool)} ports: a driver opened these sockets.`,
      evidence: evidence.filter((each) => each !== null),
      process: ofSnapshot(seen.snapshot, KERNEL_PID),
    },
  ];
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  allPools(seen).flatMap((accounts) => sightingOf(seen, accounts));

const seeTrace = ({ shortage: { suspicion } }: TraceCase): readonly Sighting[] =>
  suspicion === null || suspicion.process.processId !== KERNEL_PID
    ? []
    : [
        {
          severity: "Critical",
          protocol: suspicion.pattern === "UdpLeak" ? "udp" : "tcp",
          summary: `The kernel (PID 4) had ${number(suspicion.ports)} of the ports that speak against a holder (${percent(suspicion.share)}): a driver opened these sockets.`,
          evidence: ["Sockets of drivers do not go through AFD: what the trace tells of them is TCPIP's report."],
          process: ofTrace(suspicion.process),
        },
      ];

export const kernelOwner: Rule = {
  id: "kernel-owner",
  title: "Ports held by the kernel",
  why: "PID 4 stands for every driver: no program can be ended to get these ports back, and no tool for handles shows them.",
  advice: ASK_DRIVERS,
  capture: { needs: [CAPTURE_NEEDS.tcp, CAPTURE_NEEDS.udp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
