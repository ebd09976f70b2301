/** Artifacts of a capture -> what they tell. The list of kinds is that of engine/contract/capture.schema.json. */
import { parseIsoTime } from "../bytes/filetime.ts";
import type { Capture, CaptureArtifact } from "../generated/records.ts";
import { PORTS } from "../model/port.ts";
import type { DynamicRange } from "../model/port-range.ts";
import { decodeAfdHandles } from "./afd-handles.ts";
import { type Contribution, contribution, NOTHING } from "./contribution.ts";
import type { Decoded, TextKindName } from "./decoded.ts";
import { decodeHandleTable } from "./handle-table.ts";
import { decodeBoundTcpTable, decodeTcpTable } from "./tcp-table.ts";
import { csvHeaderOf } from "./text/csv.ts";
import { textOf } from "./text/decode-text.ts";
import { TEXT_KINDS } from "./text/kinds.ts";
import { decodeUdpTable } from "./udp-table.ts";

/** Bytes of an entry, or why there are none. */
export type Entry = { readonly bytes: Uint8Array } | { readonly problem: string };

export interface CaptureSource {
  readonly manifest: Capture;
  readonly entry: (name: string) => Entry;
}

type ReadEntry = (bytes: Uint8Array, artifact: CaptureArtifact, capture: Capture) => Partial<Contribution>;

const decodedAs = (decoded: Decoded): Partial<Contribution> => ({ decoded });

const textAs =
  (wanted: TextKindName): ReadEntry =>
  (bytes, { protocol, family }) => {
    const text = textOf(bytes);
    const kind = TEXT_KINDS.find(({ kind: each }) => each === wanted);
    const decoded = text === null ? null : (kind?.decode(text, { protocol, family }) ?? null);
    return decodedAs(
      decoded ?? { rows: 0, problems: [`Its ${bytes.byteLength} bytes are not what ${wanted} looks like.`] },
    );
  };

/** A collector that met no row writes the header alone. */
const isHeaderAlone = (text: string): boolean => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.length === 1 && csvHeaderOf(lines[0] ?? "", "localport") !== null;
};

const csvAs =
  (wanted: TextKindName): ReadEntry =>
  (bytes, artifact, capture) =>
    isHeaderAlone(textOf(bytes) ?? "")
      ? decodedAs({ rows: 0, problems: [], sockets: [] })
      : textAs(wanted)(bytes, artifact, capture);

const NO_FAMILY: Decoded = { rows: 0, problems: ["The capture does not say whether it is IPv4 or IPv6."] };

const ENTRY_KINDS: Readonly<Partial<Record<CaptureArtifact["kind"], ReadEntry>>> = {
  "handle-table": (bytes, _, { machine }) => {
    const { rows, problems, byProcess } = decodeHandleTable(bytes, machine.pointerSize);
    return { decoded: { rows, problems }, handleCounts: byProcess };
  },
  "afd-handles": (bytes) => {
    const { rows, problems, handles } = decodeAfdHandles(bytes);
    return { decoded: { rows, problems }, afdHandles: handles };
  },
  "tcp-table": (bytes, { family, tableClass }) =>
    decodedAs(family === null ? NO_FAMILY : decodeTcpTable(bytes, family, tableClass)),
  "udp-table": (bytes, { family, tableClass }) =>
    decodedAs(family === null ? NO_FAMILY : decodeUdpTable(bytes, family, tableClass)),
  "bound-tcp-table": (bytes, { family }) => decodedAs(family === null ? NO_FAMILY : decodeBoundTcpTable(bytes, family)),
  "dynamic-port-range": textAs("dynamic-port-range"),
  "excluded-port-range": textAs("excluded-port-range"),
  netstat: textAs("netstat"),
  "net-tcp-connection": csvAs("net-tcp-connection"),
  "net-udp-endpoint": csvAs("net-udp-endpoint"),
};

const isPossible = ({ start, ports }: DynamicRange): boolean => start + ports <= PORTS;

/** Ranges with ports; one that leads beyond the last port is told and left out. */
const decodeRanges = ({ ranges }: Capture): Decoded => {
  const configured = ranges.filter(({ ports }) => ports > 0);
  const possible = configured.filter(isPossible);
  const impossible = configured.filter((range) => !isPossible(range));
  return {
    rows: possible.length,
    problems: impossible.map(({ start, ports }) => `A range of ${ports} ports from ${start} on is impossible.`),
    ranges: possible,
  };
};

/** Kinds whose answers stand in capture.json itself. */
const VALUE_KINDS: Readonly<Partial<Record<CaptureArtifact["kind"], (capture: Capture) => Decoded>>> = {
  processes: ({ processes }) => ({ rows: processes.length, problems: [] }),
  services: ({ services }) => ({ rows: services.length, problems: [] }),
  "tcp-settings": ({ settings, autoReuseRanges }) => ({
    rows: Object.values(settings).filter((value) => value !== null).length + autoReuseRanges.length,
    problems: [],
  }),
  "dynamic-port-range": decodeRanges,
  "port-probe": ({ probes }) => ({ rows: probes.length, problems: [] }),
  "tcpip-event": ({ events }) => ({
    rows: events.length,
    problems: [],
    events: events.map(({ id, time }) => ({ id, time: time === null ? null : parseIsoTime(time) })),
  }),
};

const isThere = ({ status }: CaptureArtifact): boolean => status === "read" || status === "partial";

const readArtifact = (artifact: CaptureArtifact, { manifest, entry }: CaptureSource): Partial<Contribution> => {
  if (!isThere(artifact)) return {};
  if (artifact.entry === null) return decodedAs(VALUE_KINDS[artifact.kind]?.(manifest) ?? NOTHING);
  const read = ENTRY_KINDS[artifact.kind];
  if (read === undefined)
    return decodedAs({ rows: 0, problems: [`A ${artifact.kind} stands in capture.json, not in a file.`] });
  const content = entry(artifact.entry);
  return "problem" in content
    ? decodedAs({ rows: 0, problems: [content.problem] })
    : read(content.bytes, artifact, manifest);
};

/** One contribution for each artifact of the capture, in its order. */
export const decodeCapture = (source: CaptureSource): readonly Contribution[] =>
  source.manifest.artifacts.map((artifact) => {
    const { decoded = NOTHING, ...more } = readArtifact(artifact, source);
    return contribution(artifact, decoded, more);
  });
