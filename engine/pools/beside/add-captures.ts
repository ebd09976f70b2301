/** Facts of a trace and captures taken beside it -> facts that know names, older ports and whose TIME_WAIT it is. */
import { isAllSeen } from "../../artifacts/sight.ts";
import type { Transport } from "../../model/socket-row.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import { type HeldBefore, type Holding, NOTHING_BEFORE, noHolding } from "../../trackers/holdings.ts";
import type { TakenPorts } from "../../trackers/taken-ports.ts";
import { type BesideCapture, endsOf, type PoolSize, poolSize, type TraceSpan } from "./beside.ts";
import { type EndUse, endUse } from "./end-use.ts";
import { giveNames, type Life, type Lives, livesOf, type Named, silentProcess } from "./lives.ts";
import { lessClosed, type OlderPorts, olderPorts, sumBefore } from "./older-ports.ts";
import { type TimeWaitOwners, timeWaitOwners } from "./time-wait.ts";

/** What the captures added, and how sure it is. */
export interface Beside {
  readonly names: Named;
  readonly hasStart: boolean;
  readonly hasStop: boolean;
  readonly older: Pick<OlderPorts, "by" | "isConfirmed" | "isGapped" | "nobodys">;
  readonly pool: Readonly<Record<Transport, PoolSize | null>>;
  /** While calls failed; null where no capture tells. */
  readonly use: Readonly<Record<Transport, EndUse | null>>;
  /** In the capture of the end: ports in TIME_WAIT, and those of them whose process was found. */
  readonly timeWait: {
    readonly ports: number;
    readonly attributed: number;
    /** A capture of the start shows who had connections already. */
    readonly isChecked: boolean;
  };
}

export interface FactsBeside {
  readonly facts: TraceFacts;
  readonly beside: Beside;
}

/** The holding of a life, made where the trace shows nothing of it. */
const holdingFor = (life: Life, { holdings, processes }: TraceFacts): Holding => {
  const known = life.tracked === null ? undefined : holdings.find(({ process }) => process === life.tracked);
  // Its number only has to differ from those of the trace.
  return known ?? noHolding(life.tracked ?? silentProcess(life, processes.length * 4 + life.processId));
};

const isAny = ({ tcp, udp }: HeldBefore): boolean => tcp + udp > 0;

/** A trace without binds does not show who took which port in it. */
const takenIn = ({ binds, takenPorts }: TraceFacts): TakenPorts =>
  binds.succeeded + binds.failed > 0 ? takenPorts : { ...takenPorts, isComplete: () => false };

interface Joined {
  readonly holdings: readonly Holding[];
  readonly nobodys: HeldBefore;
}

/** Ports of a process that is not certain to be the one of the trace are somebody's all the same. */
const withOlderPorts = (facts: TraceFacts, older: OlderPorts, lives: Lives, { first, toTicks }: TraceSpan): Joined => {
  const changed = new Map(facts.holdings.map((holding) => [holding.process, holding]));
  let { nobodys } = older;
  for (const [processId, all] of older.byProcess) {
    const life = lives(processId);
    // Who began later took them over, or the PID is another's now.
    if (life === null || (life.created !== null && toTicks(life.created) > first)) {
      nobodys = sumBefore(nobodys, all);
      continue;
    }
    const holding = holdingFor(life, facts);
    const before = older.isConfirmed ? all : lessClosed(all, holding.closedFromBeforeTrace);
    if (isAny(before)) changed.set(holding.process, { ...holding, before });
  }
  return { holdings: [...changed.values()], nobodys };
};

const withTimeWait = (holdings: readonly Holding[], { byProcess }: TimeWaitOwners): readonly Holding[] => {
  const changed = new Map(holdings.map((holding) => [holding.process, holding]));
  for (const [process, timeWait] of byProcess)
    changed.set(process, { ...(changed.get(process) ?? noHolding(process)), timeWait });
  return [...changed.values()];
};

export const addCaptures = (
  facts: TraceFacts,
  captures: readonly BesideCapture[],
  span: TraceSpan,
  isWindowed: boolean,
): FactsBeside => {
  const ends = endsOf(captures, span);
  const { start, stop } = ends;
  const lives = livesOf(captures, facts.processes, span);
  const names = giveNames(facts.processes, lives);
  const lastEvidence = facts.evidence?.last ?? null;
  const older = olderPorts(ends, takenIn(facts), span, lastEvidence);
  const { holdings, nobodys } = withOlderPorts(facts, older, lives, span);
  // A part of the trace does not show all that connected.
  const timeWait = timeWaitOwners(isWindowed ? { start, stop: null } : ends, facts);
  const useOf = (protocol: Transport): EndUse | null => endUse(stop, protocol, lastEvidence, span);
  return {
    facts: { ...facts, holdings: withTimeWait(holdings, timeWait) },
    beside: {
      names,
      hasStart: start !== null,
      hasStop: stop !== null,
      older: { by: older.by, isConfirmed: older.isConfirmed, isGapped: older.isGapped, nobodys },
      pool: { tcp: poolSize(ends, "tcp"), udp: poolSize(ends, "udp") },
      use: { tcp: useOf("tcp"), udp: useOf("udp") },
      timeWait: {
        ports: timeWait.ports,
        attributed: [...timeWait.byProcess.values()].reduce((sum, each) => sum + each, 0),
        isChecked: start !== null && isAllSeen(start.snapshot.sight, "tcp"),
      },
    },
  };
};

export const hasOlderPorts = ({ holdings }: TraceFacts): boolean =>
  holdings.some(({ before }) => before !== NOTHING_BEFORE);
