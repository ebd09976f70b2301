/**
 * Who else held a good part of a pool while calls failed. The verdict of a trace names one process at most, and counts the ports of
 * all transports whose calls failed together; but TCP and UDP have pools of their own, and two may have filled one.
 */
import { canonical, type TrackedProcess } from "../model/process.ts";
import type { Holding } from "../trackers/holdings.ts";
import { LEAK_TEXT, type LeakPattern, leakPattern } from "../verdict/trace/culprit.ts";
import {
  type FailedTransports,
  failedTransports,
  leastOfCulprit,
  type PortsThen,
  portsHeld,
  portsThen,
  whereOpened,
} from "../verdict/trace/scope.ts";
import { MIN_CULPRIT_PORTS, MIN_CULPRIT_SHARE } from "../verdict/limits.ts";
import { count, number, percent, processText } from "../verdict/phrases.ts";
import type { TraceCase } from "./case.ts";
import { GRAVE_PART } from "./pools.ts";

/** Three that share a pool alike have more, and whoever has less leaves three quarters to others. */
export const HOLDER_PART = 0.25;

export interface TraceHolder {
  readonly process: TrackedProcess;
  readonly pattern: LeakPattern;
  readonly isGrave: boolean;
  readonly summary: string;
}

const ONE: readonly FailedTransports[] = [
  { tcp: true, udp: false },
  { tcp: false, udp: true },
];

/** One pool each where both failed; together where no witness says which it was. */
const poolsOf = ({ evidence: { facts } }: TraceCase): readonly FailedTransports[] => {
  const { tcp, udp } = failedTransports(facts);
  const isKnown = facts.failures.groups.some(({ isExhaustion, protocol }) => isExhaustion && protocol !== "unknown");
  if (tcp && udp && !isKnown) return [{ tcp, udp }];
  return ONE.filter((each) => (tcp && each.tcp) || (udp && each.udp));
};

const nameOf = ({ tcp, udp }: FailedTransports): string => {
  if (tcp && udp) return "port";
  return tcp ? "TCP port" : "UDP port";
};

/** A process that has ended cannot be told from one whose sockets another has. */
const hasEnded = ({ process }: Holding, { evidence }: TraceCase): boolean =>
  process.endedTicks !== null && evidence.facts.evidence !== null && process.endedTicks < evidence.facts.evidence.last;

/** Of what the share is. */
const ofWhat = ({ isOfCapture }: PortsThen, { evidence }: TraceCase): string =>
  isOfCapture
    ? "those in use when the snapshot of the end was taken"
    : `those opened ${whereOpened(evidence.reading)} and not closed`;

/** A quarter asks for half as many as half does. */
const leastIn = (pool: FailedTransports, { evidence }: TraceCase): number =>
  Math.max(MIN_CULPRIT_PORTS, (leastOfCulprit(evidence, pool) * HOLDER_PART) / MIN_CULPRIT_SHARE);

const holdersIn = (seen: TraceCase, pool: FailedTransports): readonly TraceHolder[] => {
  const portsOf = portsHeld(pool);
  const then = portsThen(seen.evidence, pool);
  const least = Math.max(leastIn(pool, seen), then.ports * HOLDER_PART);
  return seen.evidence.facts.holdings
    .filter((holding) => portsOf(holding) >= least && !hasEnded(holding, seen))
    .toSorted((a, b) => portsOf(b) - portsOf(a))
    .map((holding): TraceHolder => {
      const [ports, pattern] = [portsOf(holding), leakPattern(holding, pool)];
      return {
        process: canonical(holding.process),
        pattern,
        isGrave: ports >= then.ports * GRAVE_PART,
        summary: `${processText(holding.process)} held ${number(ports)} of ${count(then.ports, nameOf(pool))} while calls failed (${percent(ports / then.ports)} of ${ofWhat(then, seen)}), mostly ${LEAK_TEXT[pattern]}.`,
      };
    });
};

/** Only where ports that are held explain the shortage: after churn, or for one endpoint, nobody need have too many. */
const isOfHolders = ({ shortage: { pattern, suspicion, destination } }: TraceCase): boolean =>
  destination === null && (pattern === "Mixed" || (suspicion !== null && pattern in LEAK_TEXT));

/** Beside the one that the verdict names. */
export const otherHolders = (seen: TraceCase): readonly TraceHolder[] => {
  const { suspicion } = seen.shortage;
  if (!isOfHolders(seen)) return [];
  const named = suspicion === null ? null : canonical(suspicion.process);
  return poolsOf(seen).flatMap((pool) => holdersIn(seen, pool).filter(({ process }) => process !== named));
};
