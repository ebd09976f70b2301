/**
 * What each process did with its ports between captures of one machine. Ports that were opened and closed again between two
 * captures are in neither, so that counts are the least there can have been.
 */
import type { Transport } from "../model/socket-row.ts";
import { eachPort } from "./columns.ts";
import { TIME_WAIT } from "../pools/port-class.ts";
import { BOUND, differences, type HeldKeys, heldKey, hold, holderOfKey } from "./held.ts";
import { type Judgement, judge, withUnseen } from "./judge.ts";
import { type Life, type Lives, ranAt } from "./lives.ts";
import type { Moment } from "./moment.ts";
import { LEAST_CAPTURE_MINUTES } from "./pool-growth.ts";
import { type ComparedPool, isIn } from "./pools.ts";
import type { Sample } from "./series.ts";

export type LifeStatus = "Running" | "Started" | "Ended" | "Unknown";

export interface OwnerChange {
  readonly life: Life;
  readonly protocol: Transport;
  readonly before: number;
  readonly after: number;
  readonly most: number;
  readonly opened: number;
  readonly closed: number;
  readonly status: LifeStatus;
  readonly judgement: Judgement;
}

interface Tally {
  readonly used: number[];
  readonly events: number[];
  opened: number;
  closed: number;
}

const newTally = (moments: number): Tally => ({
  used: new Array<number>(moments).fill(0),
  events: new Array<number>(moments).fill(0),
  opened: 0,
  closed: 0,
});

const gain = (counts: number[], index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1;
};

/** Whether the ports that a process has only bound are seen in all captures in which it may have had any. */
const isBoundSeen = (life: Life, moments: readonly Moment[]): boolean =>
  moments.every(
    (moment) => moment.seesBound || moment.inspectedWhole.has(life.processId) || ranAt(life, moment) === false,
  );

const heldIn = (
  { ports }: Moment,
  owners: readonly Life[],
  pools: readonly ComparedPool[],
  seen: ReadonlySet<number>,
): HeldKeys => {
  const held: HeldKeys = new Map();
  eachPort(ports, (row) => {
    const life = owners[row.holder];
    if (life === undefined || row.portClass === TIME_WAIT || !pools.some((pool) => isIn(pool, row))) return;
    if (row.protocol === "tcp" && row.portClass === BOUND && !seen.has(life.index)) return;
    hold(held, heldKey(life.index, row.port), row.created);
  });
  return held;
};

const tallied = (
  moments: readonly Moment[],
  { all, ofOwners }: Lives,
  pools: readonly ComparedPool[],
  seen: ReadonlySet<number>,
): readonly Tally[] => {
  const tallies = all.map(() => newTally(moments.length));
  let before: HeldKeys | null = null;
  moments.forEach((moment, index) => {
    const held = heldIn(moment, ofOwners[index] ?? [], pools, seen);
    for (const key of held.keys()) gain((tallies[holderOfKey(key)] as Tally).used, index);
    const count = (which: "opened" | "closed") => (key: number) => {
      const tally = tallies[holderOfKey(key)] as Tally;
      tally[which] += 1;
      gain(tally.events, index);
    };
    if (before !== null) differences(before, held, count("opened"), count("closed"));
    before = held;
  });
  return tallies;
};

const statusOf = (ran: readonly (boolean | null)[]): LifeStatus => {
  const [first, last] = [ran[0] ?? null, ran.at(-1) ?? null];
  if (last === false) return "Ended";
  if (first === null || last === null) return "Unknown";
  return first ? "Running" : "Started";
};

/** Who has ended opens nothing any more, whatever it did before. */
const ofEnded = (judgement: Judgement): Judgement =>
  judgement.trend === "Growing" ? { ...judgement, trend: "NotGrowing" } : judgement;

/** What a program opens at its start is what it works with: only what comes later can be growth. */
const ofStarted = (judgement: Judgement): Judgement =>
  judgement.obstacle === "one-sample" ? { ...judgement, obstacle: "started" } : judgement;

const judged = (
  samples: readonly Sample[],
  ran: readonly (boolean | null)[],
  status: LifeStatus,
  isSeen: boolean,
): Judgement => {
  const begin = status === "Started" ? ran.indexOf(true) : 0;
  const judgement = judge(samples.slice(begin), { leastMinutes: LEAST_CAPTURE_MINUTES });
  if (status === "Ended") return ofEnded(judgement);
  const told = status === "Started" ? ofStarted(judgement) : judgement;
  return isSeen ? told : withUnseen(told);
};

const byGrowth = (a: OwnerChange, b: OwnerChange): number =>
  b.after - b.before - (a.after - a.before) ||
  b.opened - a.opened ||
  b.after - a.after ||
  a.life.processId - b.life.processId ||
  a.life.index - b.life.index;

/** Changes of ports in the pools of a protocol, most growth first. */
export const ownerChanges = (
  moments: readonly Moment[],
  lives: Lives,
  protocol: Transport,
  pools: readonly ComparedPool[],
): readonly OwnerChange[] => {
  const seen = new Set(lives.all.filter((life) => isBoundSeen(life, moments)).map(({ index }) => index));
  const tallies = tallied(moments, lives, pools, seen);
  const changes = lives.all.map((life, index): OwnerChange => {
    const { used, events, opened, closed } = tallies[index] ?? newTally(moments.length);
    const ran = moments.map((moment) => ranAt(life, moment));
    const status = statusOf(ran);
    const samples = moments.map(({ time }, at) => ({ time, used: used[at] ?? 0, events: events[at] ?? 0 }));
    return {
      life,
      protocol,
      before: used[0] ?? 0,
      after: used.at(-1) ?? 0,
      most: Math.max(...used),
      opened,
      closed,
      status,
      judgement: judged(samples, ran, status, protocol === "udp" || seen.has(life.index)),
    };
  });
  return changes.filter(({ most }) => most > 0).sort(byGrowth);
};
