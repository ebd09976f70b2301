/** The dynamic range is smaller than Windows' default or lies where servers listen: back to 49152 with 16384 ports. */
import type { CaptureCase } from "../findings/case.ts";
import type { Finding } from "../generated/records.ts";
import { DEFAULT_DYNAMIC_PORTS, DEFAULT_DYNAMIC_START } from "../model/port.ts";
import { TRANSPORTS, type Transport } from "../model/socket-row.ts";
import type { Pool } from "../pools/pool.ts";
import { ELEVATED } from "../verdict/capture/level.ts";
import { count, number } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { lastOf, LOWEST_PLANNED, openSpans, type Span } from "./port-plan.ts";
import { blocksOf, type FamilyRange, rangesOf, setDynamicPort, showDynamicPort, showExclusions } from "./ranges.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

export const DEFAULT_SPAN: Span = { start: DEFAULT_DYNAMIC_START, ports: DEFAULT_DYNAMIC_PORTS };

/** Fewer ports than by default, or such as servers listen at by number. A larger range above these was made on purpose. */
const isOdd = ({ span }: FamilyRange): boolean => span.ports < DEFAULT_SPAN.ports || span.start < LOWEST_PLANNED;

/** Ports of the default range that are free of listeners and exclusions: some machines have another range since these fill it. */
const roomOf = ({ snapshot }: CaptureCase, protocol: Transport): number =>
  openSpans(blocksOf(snapshot, protocol), DEFAULT_SPAN.start, lastOf(DEFAULT_SPAN)).reduce(
    (sum, { ports }) => sum + ports,
    0,
  );

/** A smaller pool gains by it. In place of a larger one, what is in use would take less than half of the default range. */
const isEnough = ({ ports, capacity, used }: Pool, room: number): boolean =>
  ports > DEFAULT_SPAN.ports ? used < room * ELEVATED : room > capacity;

const oddRanges = (seen: RemedyCase, protocol: Transport): readonly FamilyRange[] => {
  if (seen.capture === null) return [];
  const { capture } = seen;
  const odd = rangesOf(capture.snapshot, protocol).filter(isOdd);
  if (odd.length === 0) return [];
  const room = roomOf(capture, protocol);
  const isFit = ({ family }: FamilyRange): boolean =>
    capture.accounts[protocol].pools
      .filter(({ pool }) => pool.family === null || pool.family === family)
      .every(({ pool }) => isEnough(pool, room));
  return odd.filter(isFit);
};

/** Findings that this remedy answers: see answers.ts. */
const ASKING: readonly string[] = ["odd-range", "listeners-in-range"];

const asksFor = (seen: RemedyCase, protocol: Transport): boolean =>
  seen.findings.some((each) => ASKING.includes(each.id) && (each.protocol ?? protocol) === protocol);

/** This remedy is told for the protocol: another range cannot be told as well. */
export const restoresRange = (seen: RemedyCase, protocol: Transport): boolean =>
  asksFor(seen, protocol) && oddRanges(seen, protocol).length > 0;

/** For what has another cause, the default range is told only where it has more ports. */
const isWanted = ({ id, protocol }: Finding, seen: RemedyCase): boolean => {
  if (ASKING.includes(id)) return TRANSPORTS.some((each) => (protocol ?? each) === each && restoresRange(seen, each));
  if (protocol === null || !restoresRange(seen, protocol)) return false;
  return oddRanges(seen, protocol).every(({ span }) => span.ports < DEFAULT_SPAN.ports);
};

const text = ({ family, span }: FamilyRange): string =>
  `${family === "ipv4" ? "IPv4" : "IPv6"} ${number(span.start)} to ${number(lastOf(span))} (${count(span.ports, "port")})`;

export const restoreRange: RemedyRule = {
  id: "restore-range",
  title: "Set the dynamic range back to Windows' default",
  phase: "Now",
  risk: "Low",
  reboot: false,
  reversible: true,
  willNotFix: [
    "A leak: it fills any range.",
    "What set the range: Group Policy, MaxUserPort or an installer may set it again.",
  ],
  sources: [SOURCES.portExhaustion, SOURCES.dynamicRange, SOURCES.maxUserPortMeasured],
  tell: (finding, seen) => {
    if (!isWanted(finding, seen)) return null;
    const odd = TRANSPORTS.filter((each) => asksFor(seen, each)).flatMap((each) =>
      oddRanges(seen, each).map((range) => ({ ...range, protocol: each })),
    );
    const has = odd.map((range) => `${range.protocol.toUpperCase()} ${text(range)}`);
    const names = [...new Set(odd.map((range) => range.protocol.toUpperCase()))].join(" and ");
    return {
      title: `Set the dynamic range of ${names} back to Windows' default`,
      reason: `The dynamic range is not the default of ${number(DEFAULT_SPAN.start)} to ${number(lastOf(DEFAULT_SPAN))}: ${has.join("; ")}.`,
      commands: odd.map((range) => setDynamicPort(range.protocol, range.family, DEFAULT_SPAN)),
      advice:
        (seen.capture?.snapshot.settings.maxUserPort ?? null) === null
          ? []
          : ["MaxUserPort is set too, and changes the range at the next restart: remove it as well."],
      consequence:
        "New sockets get ports of the default range at once; open ones keep theirs. Firewalls that let the old range pass by number have to let the new one pass.",
      undo: odd.map((range) => setDynamicPort(range.protocol, range.family, range.span)),
      checkFirst: [
        ...odd.flatMap(({ protocol, family }) => [showDynamicPort(protocol, family), showExclusions(protocol, family)]),
        "Who set it: Exchange Server, Nmap's installer and guides for servers under load do. A product may need its range.",
      ],
    };
  },
};
