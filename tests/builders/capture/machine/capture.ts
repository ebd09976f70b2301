// A capture of a machine as it is at this moment of its story.

import type { Capture } from "../capture-files.ts";
import { type CaptureJson, CONTRACT } from "../capture-json.ts";
import { isoOf } from "../iso-time.ts";
import type { Family, Machine, Protocol } from "../machine.ts";
import { artifactsOf } from "./artifacts.ts";
import { afdRowsOf, inspectionsOf } from "./inspection.ts";
import { freePort } from "./ports.ts";
import { WSAENOBUFS } from "./settings.ts";

const processesOf = (box: Machine): CaptureJson["processes"] =>
  box.processes.map(({ processId, parentId, name, created, session }) => ({
    processId,
    parentId,
    name,
    path: processId <= 4 ? null : `C:\\Program Files\\Story\\${name}`,
    created: created === 0n ? null : isoOf(created),
    session,
  }));

const ASKED: readonly (readonly [Protocol, Family])[] = [
  ["tcp", "ipv4"],
  ["tcp", "ipv6"],
  ["udp", "ipv4"],
  ["udp", "ipv6"],
];

/** What bind says now, where nothing else was told: a port, or that there is none. */
const probesOf = (box: Machine): CaptureJson["probes"] => {
  const told = box.probes ?? ASKED.map(([protocol, family]) => ({ protocol, family, error: null }));
  return told.map(({ protocol, family, error }) => {
    const port = error === null ? freePort(box, protocol, family) : null;
    return { protocol, family, port, error: port === null ? (error ?? WSAENOBUFS) : null };
  });
};

export const captureOf = (box: Machine): Capture => {
  const afdRows = afdRowsOf(box);
  const artifacts = artifactsOf(box, afdRows);
  const { name, osBuild, pointerSize, elevated, debugPrivilege, wine } = box.options;
  const isMissing = (artifact: string): boolean => box.absences.has(artifact);
  return {
    json: {
      format: "portexhaustion-capture",
      contract: CONTRACT,
      tool: "PortExhaustion 0.1.0",
      machine: { name, osBuild, time: isoOf(box.now), pointerSize, elevated, debugPrivilege, wine },
      artifacts: artifacts.map(({ bytes: _bytes, ...artifact }) => artifact),
      processes: isMissing("processes") ? [] : processesOf(box),
      services: box.processes.flatMap(({ processId, services }) => services.map((each) => ({ processId, name: each }))),
      ranges: [],
      autoReuseRanges: box.autoReuse === null ? [] : [{ protocol: "tcp", family: null, ...box.autoReuse }],
      settings: { ...box.settings },
      events: box.events.map(({ id, time }) => ({ id, time: time === null ? null : isoOf(time) })),
      probes: probesOf(box),
      inspections: isMissing("afd-handles") ? [] : inspectionsOf(box, afdRows),
    },
    entries: new Map(
      artifacts.flatMap(({ entry, bytes }) => (entry === null || bytes === null ? [] : [[entry, bytes] as const])),
    ),
  };
};
