/** Facts of a trace and captures taken beside it -> facts that know names, older ports and whose TIME_WAIT it is. */
import type { Transport } from "../../model/socket-row.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import { type HeldBefore, type Holding, NOTHING_BEFORE, noHolding } from "../../trackers/holdings.ts";
import { type BesideCapture, capacityOf, endsOf, type TraceSpan } from "./beside.ts";
import { giveNames, type Life, livesOf, silentProcess } from "./lives.ts";
import { lessClosed, olderPorts } from "./older-ports.ts";
import { timeWaitOwners } from "./time-wait.ts";

/** What the captures added, and how sure it is. */
export interface Beside {
  readonly names: number;
  readonly hasStart: boolean;
  readonly hasStop: boolean;
  /** The older ports are in the capture of the end too. */
  readonly isConfirmed: boolean;
  readonly capacity: Readonly<Record<Transport, number | null>>;
  /** In the capture of the end: ports in TIME_WAIT, and those of them whose process was found. */
  readonly timeWait: { readonly ports: number; readonly attributed: number };
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

export const addCaptures = (
  facts: TraceFacts,
  captures: readonly BesideCapture[],
  span: TraceSpan,
  isWindowed: boolean,
): FactsBeside => {
  const ends = endsOf(captures, span);
  const lives = livesOf(captures, facts.processes, span);
  const names = giveNames(facts.processes, lives);
  const older = olderPorts(ends, facts.takenPorts, span);
  // A part of the trace does not show all that connected.
  const timeWait = timeWaitOwners(isWindowed ? null : ends.stop, facts);
  const changed = new Map(facts.holdings.map((holding) => [holding.process, holding]));
  for (const [processId, all] of older.byProcess) {
    const life = lives(processId);
    if (life === null) continue;
    const holding = holdingFor(life, facts);
    const before = older.isConfirmed ? all : lessClosed(all, holding.closedFromBeforeTrace);
    if (isAny(before)) changed.set(holding.process, { ...holding, before });
  }
  for (const [process, ports] of timeWait.byProcess)
    changed.set(process, { ...(changed.get(process) ?? noHolding(process)), timeWait: ports });
  return {
    facts: { ...facts, holdings: [...changed.values()] },
    beside: {
      names,
      hasStart: ends.start !== null,
      hasStop: ends.stop !== null,
      isConfirmed: older.isConfirmed,
      capacity: { tcp: capacityOf(ends, "tcp"), udp: capacityOf(ends, "udp") },
      timeWait: {
        ports: timeWait.ports,
        attributed: [...timeWait.byProcess.values()].reduce((sum, each) => sum + each, 0),
      },
    },
  };
};

export const hasOlderPorts = ({ holdings }: TraceFacts): boolean =>
  holdings.some(({ before }) => before !== NOTHING_BEFORE);
