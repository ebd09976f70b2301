/**
 * An auto-reuse range lets outgoing TCP connections to different destinations share local ports, where the program connects
 * without a bind or sets SO_REUSE_UNICASTPORT. .NET's maintainers proved it with the template InternetCustom and a range beside the
 * dynamic one (dotnet/runtime#54903); older Windows can change no other template.
 */
import type { Finding } from "../generated/records.ts";
import { count, number } from "../verdict/phrases.ts";
import type { CaptureCase } from "../findings/case.ts";
import type { RemedyCase } from "./case.ts";
import { isLoad } from "./load.ts";
import { lastOf, reuseRange, type Span } from "./port-plan.ts";
import { areExclusionsRead, blocksOf, rangesOf } from "./ranges.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { DEFAULT_SPAN, restoresRange } from "./restore-range.ts";
import { SOURCES } from "./sources.ts";
import { BUILD, isAtLeast } from "./windows.ts";

const OFF: Span = { start: 0, ports: 0 };

const set = ({ start, ports }: Span): string =>
  `Set-NetTCPSetting -SettingName InternetCustom -AutoReusePortRangeStartPort ${start} -AutoReusePortRangeNumberOfPorts ${ports}`;

const SHOW =
  "Get-NetTCPSetting | Format-Table -Property SettingName, AutoReusePortRangeStartPort, AutoReusePortRangeNumberOfPorts";

const FACTS = {
  phase: "Lasting",
  risk: "Low",
  reboot: true,
  reversible: true,
  willNotFix: [
    "Too many connections to one destination: each needs a local port of its own.",
    "Programs that bind to a port, or to any port without SO_REUSE_UNICASTPORT, before they connect.",
    "UDP: the range is for TCP only.",
    "A leak.",
  ],
  sources: [
    SOURCES.tcpSetting,
    SOURCES.reuseValidated,
    SOURCES.reusePrerequisites,
    SOURCES.wildcardBinds,
    SOURCES.oneDestination,
    SOURCES.reuseOn2012R2,
  ],
} as const;

/** As many as the fullest destination takes: its connections cannot share ports with each other. */
const leastPorts = ({ accounts }: CaptureCase): number =>
  Math.max(0, ...accounts.tcp.pools.map(({ destinations: [first] }) => first?.ports ?? 0));

/** Without the ranges that are set now: they are what is to be replaced. Beside the dynamic range that is to be set, where one is. */
const planOf = (capture: CaptureCase, seen: RemedyCase): Span | null => {
  const snapshot = { ...capture.snapshot, autoReuseRanges: [] };
  const [range] = rangesOf(snapshot, "tcp");
  if (range === undefined || !areExclusionsRead(snapshot, "tcp") || snapshot.sight.tcp !== "whole") return null;
  const dynamic = restoresRange(seen, "tcp") ? DEFAULT_SPAN : range.span;
  return reuseRange(dynamic, blocksOf(snapshot, "tcp"), leastPorts(capture));
};

/** Most ports go to one destination: sharing would save fewer than half of them. */
const isForOne = ({ accounts }: CaptureCase): boolean =>
  accounts.tcp.pools.some(({ pool, destinations: [first] }) => first !== undefined && first.ports * 2 >= pool.used);

const isSaturated = ({ findings, leading, capture }: RemedyCase): boolean =>
  leading === "destination-saturation" ||
  findings.some(({ id }) => id === "destination-saturation") ||
  (capture !== null && isForOne(capture));

const versionCheck = (seen: RemedyCase): readonly string[] =>
  isAtLeast(seen, BUILD.windows10) === null
    ? [
        "[Environment]::OSVersion.Version, which must be 10.0 or more: older Windows does not have the feature, or by KB3149157 only.",
      ]
    : [];

/** Null where it cannot be told, by version, by what was read, or since it would not help. */
const captureFor = ({ protocol }: Finding, seen: RemedyCase): CaptureCase | null =>
  protocol === "udp" || isAtLeast(seen, BUILD.windows10) === false ? null : seen.capture;

const text = (span: Span): string => `${number(span.start)} to ${number(lastOf(span))}`;

export const autoReuseRange: RemedyRule = {
  id: "auto-reuse-range",
  title: "Let outgoing connections to different destinations share ports",
  ...FACTS,
  tell: (finding, seen) => {
    const capture = captureFor(finding, seen);
    if (capture === null || isSaturated(seen) || capture.snapshot.autoReuseRanges.length > 0) return null;
    if (finding.id === "connection-build-up" && !isLoad(finding, seen)) return null;
    // As many ports as the dynamic range has are too few where that is to be restored.
    if (restoresRange(seen, "tcp")) return null;
    const plan = planOf(capture, seen);
    if (plan === null) return null;
    return {
      title: `Let outgoing connections share the ports ${text(plan)}`,
      reason: `No auto-reuse range is set, so that each outgoing connection takes a port of its own. ${text(plan)} are ${count(plan.ports, "port")} at which nobody listens and which are not excluded.`,
      commands: [set(plan)],
      advice: [
        "It serves programs that connect without a bind, and those that set SO_REUSE_UNICASTPORT: .NET 6 and later do; .NET Framework 4.6 and later with ServicePointManager.ReusePort = true.",
      ],
      consequence:
        "After the restart, outgoing connections of such programs take ports of this range, each for many destinations. A program that listens at a port of the range by number may find it taken.",
      undo: [set(OFF)],
      checkFirst: [...versionCheck(seen), SHOW],
    };
  },
};

export const fixAutoReuse: RemedyRule = {
  id: "fix-auto-reuse",
  title: "Move the auto-reuse range to free ports",
  ...FACTS,
  tell: (finding, seen) => {
    const capture = captureFor(finding, seen);
    const [wrong] = capture?.snapshot.autoReuseRanges ?? [];
    if (capture === null || wrong === undefined) return null;
    const plan = planOf(capture, seen);
    return {
      title: plan === null ? "Switch the auto-reuse range off" : `Move the auto-reuse range to ${text(plan)}`,
      reason: finding.summary,
      commands: [set(plan ?? OFF)],
      advice:
        plan === null
          ? ["No run of free ports is long enough for another range."]
          : [`At ${text(plan)} nobody listens, and they are not excluded.`],
      consequence:
        "After the restart, outgoing connections share the new ports; with the range switched off, each takes a port of the dynamic range.",
      undo: [set(wrong)],
      checkFirst: [
        ...versionCheck(seen),
        SHOW,
        "Where that shows the range at another template than InternetCustom: the command does not change that one.",
      ],
    };
  },
};
