/** The dynamic range is not what is to be expected: small, different by family or protocol, or told in two ways. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import { DEFAULT_DYNAMIC_PORTS, SMALLEST_DYNAMIC_PORTS } from "../model/port.ts";
import type { DynamicRange } from "../model/port-range.ts";
import { type Family, TRANSPORTS, type Transport } from "../model/socket-row.ts";
import { tellsTwoRanges, toldRanges } from "../verdict/capture/ranges.ts";
import { count, number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

/** Machines with 16,358 ports are in the field (sample of ETWAnalyzer): a few less than the default mean nothing. */
export const FEW_PORTS = Math.floor(DEFAULT_DYNAMIC_PORTS * 0.95);

/** Half of the default: what fills the one exhausts the other. */
export const VERY_FEW_PORTS = DEFAULT_DYNAMIC_PORTS / 2;

/** 1025 to 5000: the default before Vista (KB929851). */
const BEFORE_VISTA = { start: 1025, ports: 3976 } as const;

const rangeText = ({ start, ports }: DynamicRange): string =>
  `${start} to ${start + ports - 1} (${count(ports, "port")})`;

const sighting = (given: Pick<Sighting, "severity" | "protocol" | "summary"> & Partial<Sighting>): Sighting => ({
  evidence: [],
  process: NOBODY,
  ...given,
});

const isSame = (a: DynamicRange, b: DynamicRange): boolean => a.start === b.start && a.ports === b.ports;

const distinctRanges = ({ ranges }: Snapshot, protocol: Transport): readonly DynamicRange[] => {
  const own = ranges.filter((range) => range.protocol === protocol);
  return own.filter((range, index) => own.findIndex((each) => isSame(each, range)) === index);
};

const originText = ({ start, ports }: DynamicRange): readonly string[] => {
  if (ports === SMALLEST_DYNAMIC_PORTS) return ["It is the smallest range that Windows accepts."];
  return start === BEFORE_VISTA.start && ports === BEFORE_VISTA.ports
    ? ["1025 to 5000 was the default of Windows before Vista."]
    : [];
};

const smallRanges = (snapshot: Snapshot, protocol: Transport): readonly Sighting[] =>
  distinctRanges(snapshot, protocol)
    .filter(({ ports }) => ports < FEW_PORTS)
    .map((range) =>
      sighting({
        severity: range.ports < VERY_FEW_PORTS ? "Warning" : "Information",
        protocol,
        summary: `The dynamic ${protocol.toUpperCase()} range is ${rangeText(range)}; Windows' default has ${number(DEFAULT_DYNAMIC_PORTS)}.`,
        evidence: originText(range),
      }),
    );

const rangeOf = ({ ranges }: Snapshot, protocol: Transport, family: Family): DynamicRange | undefined =>
  ranges.find((range) => range.protocol === protocol && (range.family === null || range.family === family));

const familiesDiffer = (snapshot: Snapshot, protocol: Transport): readonly Sighting[] => {
  const [four, six] = (["ipv4", "ipv6"] as const).map((family) => rangeOf(snapshot, protocol, family));
  if (four === undefined || six === undefined || isSame(four, six)) return [];
  return [
    sighting({
      severity: "Information",
      protocol,
      summary: `IPv4 and IPv6 have different dynamic ${protocol.toUpperCase()} ranges: ${rangeText(four)} and ${rangeText(six)}.`,
    }),
  ];
};

const contradiction = (snapshot: Snapshot, protocol: Transport): Sighting =>
  sighting({
    severity: "Warning",
    protocol,
    summary: `Different dynamic ${protocol.toUpperCase()} ranges are told: ${toldRanges(snapshot, protocol).join("; ")}.`,
    evidence: ["The first is used for all numbers here."],
  });

const ofProtocol = (snapshot: Snapshot, protocol: Transport): readonly Sighting[] => [
  ...(tellsTwoRanges(snapshot, protocol) ? [contradiction(snapshot, protocol)] : familiesDiffer(snapshot, protocol)),
  ...smallRanges(snapshot, protocol),
];

const protocolsDiffer = (snapshot: Snapshot): readonly Sighting[] => {
  const [tcp, udp] = TRANSPORTS.map((protocol) => distinctRanges(snapshot, protocol));
  const [first, second] = [tcp?.[0], udp?.[0]];
  if (tcp?.length !== 1 || udp?.length !== 1 || first === undefined || second === undefined) return [];
  if (isSame(first, second)) return [];
  return [
    sighting({
      severity: "Information",
      protocol: null,
      summary: `TCP and UDP have different dynamic ranges: ${rangeText(first)} and ${rangeText(second)}.`,
      evidence: ["netsh sets each protocol and family for itself: somebody may have meant both."],
    }),
  ];
};

const seeCapture = ({ snapshot }: CaptureCase): readonly Sighting[] => [
  ...TRANSPORTS.flatMap((protocol) => ofProtocol(snapshot, protocol)),
  ...protocolsDiffer(snapshot),
];

export const oddRange: Rule = {
  id: "odd-range",
  title: "Unusual dynamic range",
  why: "The dynamic range says how many ports there are to give. A small one is used up sooner, and a range that was changed for one family or protocol only leaves the others as they were.",
  advice:
    "Set the range that is meant for IPv4 and IPv6, TCP and UDP, with netsh; the default is 49152 with 16,384 ports.",
  capture: { needs: [CAPTURE_NEEDS.tcpRange, CAPTURE_NEEDS.udpRange], see: seeCapture },
};
