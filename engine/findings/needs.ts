/** What findings need to have been read, and what to say where it was not. */
import { isAllSeen } from "../artifacts/sight.ts";
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { Transport } from "../model/socket-row.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import type { CaptureCase, ChangeCase, TraceCase } from "./case.ts";

export interface Need<Case> {
  readonly isMet: (seen: Case) => boolean;
  /** What was missing, and how it can be had: a sentence. */
  readonly lacks: string;
}

const AGAIN = "New-PortSnapshot in an elevated session reads it";

const needs =
  (isMet: (snapshot: Snapshot) => boolean) =>
  (lacks: string): Need<CaptureCase> => ({ isMet: ({ snapshot }) => isMet(snapshot), lacks });

/** An artifact of the kind was read whole. */
const isRead =
  (kind: string) =>
  ({ coverage }: Snapshot): boolean =>
    coverage.some((artifact) => artifact.kind === kind && artifact.status === "read");

const table = (protocol: Transport): Need<CaptureCase> =>
  needs(({ sight }) => sight[protocol] === "whole")(
    `The ${protocol.toUpperCase()} ports in use were not read, or not all of them: ${AGAIN}.`,
  );

const rangeOf = (protocol: Transport): Need<CaptureCase> =>
  needs(({ ranges }) => ranges.some((range) => range.protocol === protocol))(
    `The dynamic range of ${protocol.toUpperCase()} was not read: \`netsh int ipv4 show dynamicport ${protocol}\` tells.`,
  );

const exclusionsOf = (protocol: Transport): Need<CaptureCase> =>
  needs(
    ({ exclusionsRead, exclusions }) =>
      exclusionsRead.some((each) => each.protocol === protocol) ||
      exclusions.some((each) => each.protocol === protocol),
  )(
    `The excluded ranges of ${protocol.toUpperCase()} were not read: \`netsh int ipv4 show excludedportrange ${protocol}\` tells.`,
  );

export const CAPTURE_NEEDS = {
  tcp: table("tcp"),
  udp: table("udp"),
  allTcp: needs(({ sight }) => isAllSeen(sight, "tcp"))(
    "TCP ports that are bound and not connected could not be seen: `netstat -anoq` (Windows 10 and later) or New-PortSnapshot shows them.",
  ),
  tcpRange: rangeOf("tcp"),
  udpRange: rangeOf("udp"),
  tcpExclusions: exclusionsOf("tcp"),
  udpExclusions: exclusionsOf("udp"),
  handles: needs(({ inspections }) => inspections.some(({ status }) => status === "inspected"))(
    `The AFD handles of processes were not read: ${AGAIN}.`,
  ),
  processes: needs(({ areProcessesKnown }) => areProcessesKnown)(
    `The list of processes was not read, so that nobody is known to have ended: ${AGAIN}.`,
  ),
  settings: needs(isRead("tcp-settings"))(`The TCP settings of the machine were not read: ${AGAIN}.`),
  events: needs((snapshot) => isRead("tcpip-event")(snapshot) || snapshot.events.length > 0)(
    "The events of the System log were not read: Get-PortExhaustionEvent reads them.",
  ),
  probe: needs(({ probes }) => probes.length > 0)(
    "Windows was not asked for a port: Test-PortExhaustion does, on the machine itself.",
  ),
} as const satisfies Readonly<Record<string, Need<CaptureCase>>>;

export const TRACE_NEEDS = {
  calls: {
    isMet: ({ evidence: { facts } }: TraceCase) =>
      facts.binds.succeeded + facts.binds.failed > 0 || facts.evidence !== null,
    lacks: "The trace shows no completed bind: Start-PortTrace records the providers that tell of them.",
  },
  whole: {
    isMet: ({ evidence: { reading } }: TraceCase) =>
      reading.eventsLost + reading.buffersLost + reading.damagedBuffers + reading.unreadable === 0 &&
      !reading.isTruncated,
    lacks:
      "Part of the recording was lost or could not be read: a larger -MaxSizeMB, or a shorter recording, loses less.",
  },
  connects: {
    isMet: ({ evidence: { reading } }: TraceCase) => reading.hasAfd || reading.hasTcpip,
    lacks: "The trace has no events of Winsock-AFD or TCPIP: Start-PortTrace records both.",
  },
} as const satisfies Readonly<Record<string, Need<TraceCase>>>;

export const CHANGE_NEEDS = {
  trend: {
    isMet: ({ growth, changes }: ChangeCase) =>
      growth.length > 0 && changes.every(({ trend, after }) => trend !== "Unknown" || after < MIN_CULPRIT_PORTS),
    lacks:
      "The captures are too few or too close in time to tell what grows: New-PortSnapshot again some minutes later.",
  },
} as const satisfies Readonly<Record<string, Need<ChangeCase>>>;
