/** Failed calls summed up: by operation, protocol and status; by victim; and the exhaustion among them. */
import type { Operation } from "../generated/records.ts";
import type { FailedCall } from "../model/call.ts";
import { STATUS } from "../model/ntstatus.ts";
import { canonical, type TrackedProcess } from "../model/process.ts";
import type { Protocol } from "../model/protocol.ts";
import type { WitnessedCall } from "./witness.ts";

export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface FailureGroup extends Span {
  readonly operation: Operation;
  readonly protocol: Protocol;
  readonly status: number;
  readonly isExhaustion: boolean;
  readonly count: number;
  readonly hasAfd: boolean;
  readonly hasTcpip: boolean;
}

export interface Victim extends Span {
  /** Null where no witness names the process. */
  readonly process: TrackedProcess | null;
  readonly failures: number;
  readonly protocols: readonly Protocol[];
  /** Most frequent first. */
  readonly remotes: readonly string[];
}

export interface ExhaustionFailures extends Span {
  readonly count: number;
}

export interface FailureFacts {
  readonly groups: readonly FailureGroup[];
  readonly victims: readonly Victim[];
  /** Bind and connect calls that found no port: as AFD completed them, and those that only TCPIP reported. */
  readonly byAfd: ExhaustionFailures | null;
  readonly byTcpipOnly: ExhaustionFailures | null;
  /** Of all exhaustion failures: binds and listens, which ask the whole pool. */
  readonly poolWide: number;
  /** Seen by both witnesses, or by AFD with the request, so that the port asked for is known to be any. */
  readonly certain: number;
}

export interface Failures {
  readonly add: (call: WitnessedCall) => void;
  readonly finish: () => FailureFacts;
}

/** No port was free for a caller that would have taken any. A reservation asks for a block: its failure proves less. */
export const isExhaustion = ({ status, requestedPort, operation }: FailedCall): boolean =>
  status === STATUS.tooManyAddresses && requestedPort <= 0 && operation !== "reserve";

interface MutableSpan {
  first: number;
  last: number;
}

const widen = (span: MutableSpan, ticks: number): void => {
  if (ticks < span.first) span.first = ticks;
  if (ticks > span.last) span.last = ticks;
};

interface VictimCounters extends MutableSpan {
  readonly process: TrackedProcess | null;
  failures: number;
  readonly protocols: Set<Protocol>;
  readonly remotes: Map<string, number>;
}

const MAX_REMOTES_PER_VICTIM = 1000;

const countRemote = (remotes: Map<string, number>, remote: string | null, by = 1): void => {
  if (remote === null) return;
  const count = remotes.get(remote) ?? 0;
  if (count > 0 || remotes.size < MAX_REMOTES_PER_VICTIM) remotes.set(remote, count + by);
};

/** Entries that turned out to be the same process become one. */
const mergeVictims = (victims: Iterable<VictimCounters>): readonly Victim[] => {
  const merged = new Map<TrackedProcess | null, VictimCounters>();
  for (const victim of victims) {
    const process = victim.process === null ? null : canonical(victim.process);
    const same = merged.get(process);
    if (same === undefined) {
      merged.set(process, { ...victim, process });
      continue;
    }
    same.failures += victim.failures;
    widen(same, victim.first);
    widen(same, victim.last);
    for (const protocol of victim.protocols) same.protocols.add(protocol);
    for (const [remote, count] of victim.remotes) countRemote(same.remotes, remote, count);
  }
  return [...merged.values()].map(({ process, failures, first, last, protocols, remotes }) => ({
    process,
    failures,
    first,
    last,
    protocols: [...protocols].sort(),
    remotes: [...remotes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([remote]) => remote),
  }));
};

export const createFailures = (): Failures => {
  const groups = new Map<string, { -readonly [K in keyof FailureGroup]: FailureGroup[K] }>();
  const victims = new Map<TrackedProcess | null, VictimCounters>();
  const totals = { afd: { count: 0, first: 0, last: 0 }, tcpip: { count: 0, first: 0, last: 0 } };
  let poolWide = 0;
  let certain = 0;

  const addToGroup = ({ call, hasAfd, hasTcpip }: WitnessedCall, exhausted: boolean): void => {
    const { operation, protocol, status, ticks } = call;
    const key = `${operation}|${protocol}|${status}|${exhausted}`;
    const group = groups.get(key) ?? {
      operation,
      protocol,
      status,
      isExhaustion: exhausted,
      count: 0,
      first: ticks,
      last: ticks,
      hasAfd: false,
      hasTcpip: false,
    };
    group.count += 1;
    widen(group, ticks);
    group.hasAfd ||= hasAfd;
    group.hasTcpip ||= hasTcpip;
    groups.set(key, group);
  };

  const addVictim = ({ process, ticks, protocol, remote }: FailedCall): void => {
    const victim = victims.get(process) ?? {
      process,
      failures: 0,
      first: ticks,
      last: ticks,
      protocols: new Set(),
      remotes: new Map(),
    };
    victim.failures += 1;
    widen(victim, ticks);
    victim.protocols.add(protocol);
    countRemote(victim.remotes, remote);
    victims.set(process, victim);
  };

  const addToTotal = ({ call, hasAfd, hasTcpip }: WitnessedCall): void => {
    if (call.operation === "bind" || call.operation === "listen") poolWide += 1;
    if (call.requestedPort === 0 || (hasAfd && hasTcpip)) certain += 1;
    if (call.operation === "listen") return;
    const total = hasAfd ? totals.afd : totals.tcpip;
    if (total.count === 0) {
      total.first = call.ticks;
      total.last = call.ticks;
    }
    total.count += 1;
    widen(total, call.ticks);
  };

  return {
    add: (witnessed) => {
      const exhausted = isExhaustion(witnessed.call);
      addToGroup(witnessed, exhausted);
      if (!exhausted) return;
      addVictim(witnessed.call);
      addToTotal(witnessed);
    },
    finish: () => ({
      groups: [...groups.values()].sort((a, b) => Number(b.isExhaustion) - Number(a.isExhaustion) || b.count - a.count),
      victims: [...mergeVictims(victims.values())].sort((a, b) => b.failures - a.failures),
      byAfd: totals.afd.count > 0 ? totals.afd : null,
      byTcpipOnly: totals.tcpip.count > 0 ? totals.tcpip : null,
      poolWide,
      certain,
    }),
  };
};
