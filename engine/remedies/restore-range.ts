/** The dynamic range is smaller than Windows' default or lies where servers listen: back to 49152 with 16384 ports. */
import { DEFAULT_DYNAMIC_PORTS, DEFAULT_DYNAMIC_START } from "../model/port.ts";
import { TRANSPORTS, type Transport } from "../model/socket-row.ts";
import { ELEVATED } from "../verdict/capture/level.ts";
import { count, number } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { lastOf, LOWEST_PLANNED, type Span } from "./port-plan.ts";
import { type FamilyRange, rangesOf, setDynamicPort, showDynamicPort } from "./ranges.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

const DEFAULT: Span = { start: DEFAULT_DYNAMIC_START, ports: DEFAULT_DYNAMIC_PORTS };

/** Fewer ports than by default, or such as servers listen at by number. A larger range above these was made on purpose. */
const isOdd = ({ span }: FamilyRange): boolean => span.ports < DEFAULT.ports || span.start < LOWEST_PLANNED;

/** What is in use would take half of the default range, or more: going back would make a shortage. */
const isTooUsed = ({ capture }: RemedyCase, protocol: Transport): boolean =>
  capture?.accounts[protocol].pools.some(
    ({ pool }) => pool.ports > DEFAULT.ports && pool.used >= DEFAULT.ports * ELEVATED,
  ) ?? false;

const oddRanges = (seen: RemedyCase, protocol: Transport): readonly FamilyRange[] => {
  if (seen.capture === null || isTooUsed(seen, protocol)) return [];
  return rangesOf(seen.capture.snapshot, protocol).filter(isOdd);
};

/** Findings that this remedy answers: see answers.ts. */
const ASKING: readonly string[] = ["odd-range", "listeners-in-range"];

const asksFor = (seen: RemedyCase, protocol: Transport): boolean =>
  seen.findings.some((each) => ASKING.includes(each.id) && (each.protocol ?? protocol) === protocol);

/** This remedy is told for the protocol: another range cannot be told as well. */
export const restoresRange = (seen: RemedyCase, protocol: Transport): boolean =>
  asksFor(seen, protocol) && oddRanges(seen, protocol).length > 0;

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
  tell: ({ protocol }, seen) => {
    const odd = TRANSPORTS.filter((each) => protocol === null || each === protocol).flatMap((each) =>
      oddRanges(seen, each).map((range) => ({ ...range, protocol: each })),
    );
    if (odd.length === 0) return null;
    const has = odd.map((range) => `${range.protocol.toUpperCase()} ${text(range)}`);
    const names = [...new Set(odd.map((range) => range.protocol.toUpperCase()))].join(" and ");
    return {
      title: `Set the dynamic range of ${names} back to Windows' default`,
      reason: `The dynamic range is not the default of ${number(DEFAULT.start)} to ${number(lastOf(DEFAULT))}: ${has.join("; ")}.`,
      commands: odd.map((range) => setDynamicPort(range.protocol, range.family, DEFAULT)),
      advice:
        (seen.capture?.snapshot.settings.maxUserPort ?? null) === null
          ? []
          : ["MaxUserPort is set too, and changes the range at the next restart: remove it as well."],
      consequence:
        "New sockets get ports of the default range at once; open ones keep theirs. Firewalls that let the old range pass by number have to let the new one pass.",
      undo: odd.map((range) => setDynamicPort(range.protocol, range.family, range.span)),
      checkFirst: [
        ...odd.map((range) => showDynamicPort(range.protocol, range.family)),
        "Who set it: Exchange Server, Nmap's installer and guides for servers under load do. A product may need its range.",
      ],
    };
  },
};
