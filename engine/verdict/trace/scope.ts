/** What the trace, or the part asked for, shows of the pool in question. TCP and UDP have pools of their own. */
import type { EndUse } from "../../pools/beside/end-use.ts";
import type { PoolSize } from "../../pools/beside/beside.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import type { Holding } from "../../trackers/holdings.ts";
import { MIN_CULPRIT_PORTS, MIN_CULPRIT_SHARE } from "../limits.ts";
import type { Reading, TraceEvidence } from "./evidence.ts";

export interface FailedTransports {
  readonly tcp: boolean;
  readonly udp: boolean;
}

/** Transports whose calls found no port; both where no witness says which. */
export const failedTransports = ({ failures }: TraceFacts): FailedTransports => {
  const protocols = new Set(failures.groups.filter(({ isExhaustion }) => isExhaustion).map(({ protocol }) => protocol));
  const isUnknown = protocols.has("unknown") || protocols.size === 0;
  return { tcp: isUnknown || protocols.has("tcp"), udp: isUnknown || protocols.has("udp") };
};

/** Bind and connect calls that found no port, as `exhaustion.failures` counts them; by TCPIP where AFD completed none. */
export const failedCalls = ({ failures }: TraceFacts): number => (failures.byAfd ?? failures.byTcpipOnly)?.count ?? 0;

/** Ports of those transports that a process held while calls failed, older ones too, without those it had asked for by number. */
export const portsHeld =
  ({ tcp, udp }: FailedTransports) =>
  ({ meanAny, before }: Holding): number =>
    (tcp ? meanAny.tcp + before.tcp : 0) + (udp ? meanAny.udp + before.udp : 0);

/** What captures say of the pools of those transports. */
const ofFailed = <T>({ tcp, udp }: FailedTransports, each: { readonly tcp: T | null; readonly udp: T | null }): T[] =>
  [tcp ? each.tcp : null, udp ? each.udp : null].filter((known) => known !== null);

/** Ports of those transports held by somebody who is not known for certain. */
const nobodysPorts = ({ tcp, udp }: FailedTransports, { beside }: TraceEvidence): number =>
  (tcp ? (beside?.older.nobodys.tcp ?? 0) : 0) + (udp ? (beside?.older.nobodys.udp ?? 0) : 0);

const NO_USE = { tcp: null, udp: null } as const;

export interface PortsThen {
  readonly ports: number;
  /** By a capture of the end: more than can be told of one by one, as those in TIME_WAIT. */
  readonly isOfCapture: boolean;
}

/** Ports told of one by one that were held while calls failed, by whomever. */
export const portsTold = (evidence: TraceEvidence, transports = failedTransports(evidence.facts)): number => {
  const held = portsHeld(transports);
  const known = evidence.facts.holdings.reduce((sum, holding) => sum + held(holding), 0);
  return known + nobodysPorts(transports, evidence);
};

/** Ports known to have been taken while calls failed. */
export const portsThen = (evidence: TraceEvidence, transports = failedTransports(evidence.facts)): PortsThen => {
  const told = portsTold(evidence, transports);
  const used = ofFailed<EndUse>(transports, evidence.beside?.use ?? NO_USE).reduce((sum, each) => sum + each.used, 0);
  return used > told ? { ports: used, isOfCapture: true } : { ports: told, isOfCapture: false };
};

/** The pool that ran out, the larger one where both may have; null where no capture tells its size. */
export const shortPool = ({ facts, beside }: TraceEvidence): PoolSize | null => {
  const sizes = ofFailed<PoolSize>(failedTransports(facts), beside?.pool ?? NO_USE);
  return sizes.toSorted((a, b) => b.capacity - a.capacity)[0] ?? null;
};

/** Windows had no port to give with a fifth of the pool free, as the levels of a capture allow; no less was used up. */
const USED_UP = 0.8;

/** Fewer ports than half of a pool that is used up are not what filled it; the smallest number where no capture tells its size. */
export const leastOfCulprit = ({ facts, beside }: TraceEvidence, transports = failedTransports(facts)): number => {
  const sizes = ofFailed<PoolSize>(transports, beside?.pool ?? NO_USE).map(({ smallest }) => smallest);
  if (sizes.length === 0) return MIN_CULPRIT_PORTS;
  const chosen = facts.holdings.reduce((sum, { atExhaustion }) => sum + atExhaustion.explicitHeld, 0);
  return Math.max(MIN_CULPRIT_PORTS, (Math.min(...sizes) * USED_UP - chosen) * MIN_CULPRIT_SHARE);
};

export const whereOpened = ({ isWindowed }: Reading): string =>
  isWindowed ? "in the part of the trace asked for" : "in the trace";
