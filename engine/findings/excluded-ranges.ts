/** A good part of the dynamic range is excluded: nobody who asks for any port gets one of these. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { Finding } from "../generated/records.ts";
import type { ExcludedRange } from "../model/port-range.ts";
import type { Pool } from "../pools/pool.ts";
import { runs } from "../verdict/capture/virtual-networks.ts";
import { count, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { ofTrace } from "./names.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { allPools, assumedText, GRAVE_PART, hasPattern, nameOf } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

/**
 * One port in ten (1,638 of the default range). Single ports of services and a few blocks of 100 are on many machines and change
 * nothing; published listings of machines with Hyper-V show 7 to 40 blocks of 100 (docker/for-win#3171, microsoft/WSL#5514).
 */
export const EXCLUDED_PART = 0.1;

/** A quarter, as a trace asks of a process before it blames its reservations. */
export const MANY_EXCLUDED_PART = 0.25;

/** What WinNAT takes at once, as the listings in docker/for-win#3171 show. */
const NAT_BLOCK = 100;

const severityOf = (part: number): Finding["severity"] => {
  if (part >= GRAVE_PART) return "Critical";
  return part >= MANY_EXCLUDED_PART ? "Warning" : "Information";
};

const isInPool =
  ({ protocol, family, start, ports }: Pool) =>
  (range: ExcludedRange): boolean =>
    range.protocol === protocol &&
    (family === null || range.family === null || range.family === family) &&
    range.startPort < start + ports &&
    range.endPort >= start;

/** Both families tell the same ranges. */
const distinct = (ranges: readonly ExcludedRange[]): readonly ExcludedRange[] => [
  ...new Map(ranges.map((range) => [`${range.startPort}-${range.endPort}`, range])).values(),
];

const lengthOf = ({ startPort, endPort }: ExcludedRange): number => endPort - startPort + 1;

const blocksText = (snapshot: Snapshot, ranges: readonly ExcludedRange[]): string | null => {
  const blocks = ranges.filter((range) => !range.isAdministered && lengthOf(range) === NAT_BLOCK).length;
  if (blocks === 0) return null;
  const kinds = (["hns", "hyper-v", "docker", "wsl"] as const).filter((kind) => runs(snapshot, kind));
  const names = { hns: "the Host Network Service", "hyper-v": "Hyper-V", docker: "Docker", wsl: "WSL" } as const;
  const who = kinds.length === 0 ? "" : `; here run ${kinds.map((kind) => names[kind]).join(", ")}, which use it`;
  return `${number(blocks)} of them ${blocks === 1 ? "is" : "are"} ${NAT_BLOCK} ports long, as those that WinNAT takes${who}. Windows does not say who reserved a range: this is an inference.`;
};

const administeredText = (ranges: readonly ExcludedRange[]): string | null => {
  const own = ranges.filter(({ isAdministered }) => isAdministered);
  if (own.length === 0) return null;
  const ports = own.reduce((sum, range) => sum + lengthOf(range), 0);
  return `${count(own.length, "range")} with ${count(ports, "port")} ${own.length === 1 ? "was" : "were"} made by an administrator (netsh marks them with an asterisk).`;
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  allPools(seen).flatMap((accounts): readonly Sighting[] => {
    const { pool } = accounts;
    const part = pool.ports === 0 ? 0 : pool.excluded / pool.ports;
    // Of a range that is assumed only what the verdict rests on is told.
    const isTold = !pool.isAssumed || hasPattern(seen, accounts, "Reservation");
    if (part < EXCLUDED_PART || !isTold) return [];
    const ranges = distinct(seen.snapshot.exclusions.filter(isInPool(pool)));
    const [longest] = ranges.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    const evidence = [
      longest === undefined
        ? null
        : `${count(ranges.length, "range")} ${ranges.length === 1 ? "lies" : "lie"} in it, the longest from ${longest.startPort} to ${longest.endPort}.`,
      blocksText(seen.snapshot, ranges),
      administeredText(ranges),
      assumedText(pool),
    ];
    return [
      {
        severity: severityOf(part),
        protocol: pool.protocol,
        summary: `${number(pool.excluded)} of the ${count(pool.ports, "port")} of the dynamic ${nameOf(pool)} range are excluded (${percent(part)}), which leaves ${number(pool.capacity)}.`,
        evidence: evidence.filter((text) => text !== null),
        process: NOBODY,
      },
    ];
  });

const seeTrace = ({ shortage: { suspicion } }: TraceCase): readonly Sighting[] =>
  suspicion === null || suspicion.pattern !== "Reservation"
    ? []
    : [
        {
          severity: "Critical",
          protocol: null,
          summary: suspicion.reason,
          evidence: ["Reserved blocks are given to nobody who asks for any port."],
          process: ofTrace(suspicion.process),
        },
      ];

export const excludedRanges: Rule = {
  id: "excluded-ranges",
  title: "Part of the dynamic range is excluded",
  why: "Excluded ports are given to nobody who asks for any port, so the pool is smaller than its range; and a program that asks for one of them by number gets error 10013.",
  advice:
    "Find out who reserved them: restart WinNAT where the blocks are its own, remove what an administrator excluded where it is not needed any more.",
  capture: {
    needs: [CAPTURE_NEEDS.tcpRange, CAPTURE_NEEDS.udpRange, CAPTURE_NEEDS.tcpExclusions, CAPTURE_NEEDS.udpExclusions],
    see: seeCapture,
  },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
