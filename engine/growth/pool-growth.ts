/** How the use of a pool changes over captures of one machine. */
import { PORTS } from "../model/port.ts";
import { TIME_WAIT } from "../pools/port-class.ts";
import { eachPort } from "./columns.ts";
import { BOUND, differences, type HeldKeys, heldKey, hold } from "./held.ts";
import { type Forecast, forecastOf, type Judgement, judge, type NoForecast, withUnseen } from "./judge.ts";
import type { Lives } from "./lives.ts";
import type { Moment } from "./moment.ts";
import { type ComparedPool, isIn } from "./pools.ts";
import type { Sample } from "./series.ts";

export interface PoolGrowth extends Pick<ComparedPool, "protocol" | "family" | "capacity" | "isChanged"> {
  readonly judgement: Judgement;
  readonly forecast: Forecast | null;
  /** Null where there is a forecast, or nothing grows. */
  readonly noForecast: NoForecast | null;
  /** No port is left after the last sample. */
  readonly isFull: boolean;
  /** All captures show the ports that are only bound. */
  readonly isBoundSeen: boolean;
  /** Ports in TIME_WAIT in the last capture. */
  readonly inTimeWait: number;
}

/** A capture takes some seconds itself: two that are nearer show what happened while they were taken. */
export const LEAST_CAPTURE_MINUTES = 10 / 60;

interface Use {
  readonly used: number;
  /** Without ports that are only in TIME_WAIT. */
  readonly open: number;
  readonly usedKeys: HeldKeys;
  readonly openKeys: HeldKeys;
}

const UNUSED = 255;

const useOf = ({ ports }: Moment, owners: Lives["ofOwners"][number], pool: ComparedPool, isBoundSeen: boolean): Use => {
  const classes = new Uint8Array(PORTS).fill(UNUSED);
  const [usedKeys, openKeys]: [HeldKeys, HeldKeys] = [new Map(), new Map()];
  eachPort(ports, (row) => {
    const { port, portClass, created } = row;
    if (!isIn(pool, row) || (portClass === BOUND && !isBoundSeen)) return;
    classes[port] = Math.min(classes[port] ?? UNUSED, portClass);
    const key = heldKey(owners[row.holder]?.index ?? -1, port);
    hold(usedKeys, key, created);
    if (portClass !== TIME_WAIT) hold(openKeys, key, created);
  });
  const count = (isCounted: (portClass: number) => boolean): number =>
    classes.reduce((sum, portClass) => sum + (isCounted(portClass) ? 1 : 0), 0);
  return {
    used: count((portClass) => portClass !== UNUSED),
    open: count((portClass) => portClass < TIME_WAIT),
    usedKeys,
    openKeys,
  };
};

const eventsBetween = (before: HeldKeys | undefined, after: HeldKeys): number => {
  let events = 0;
  const add = (): void => {
    events += 1;
  };
  if (before !== undefined) differences(before, after, add, add);
  return events;
};

interface PoolSamples {
  readonly used: readonly Sample[];
  readonly open: readonly Sample[];
}

const samplesOf = (moments: readonly Moment[], lives: Lives, pool: ComparedPool, isBoundSeen: boolean): PoolSamples => {
  const [used, open]: [Sample[], Sample[]] = [[], []];
  let before: Use | undefined;
  moments.forEach((moment, index) => {
    const use = useOf(moment, lives.ofOwners[index] ?? [], pool, isBoundSeen);
    const { time } = moment;
    used.push({ time, used: use.used, events: eventsBetween(before?.usedKeys, use.usedKeys) });
    open.push({ time, used: use.open, events: eventsBetween(before?.openKeys, use.openKeys) });
    before = use;
  });
  return { used, open };
};

type Reached = Pick<PoolGrowth, "forecast" | "noForecast">;

const reached = (
  { trend, rate, samples }: Judgement,
  open: Judgement,
  { capacity, isChanged }: ComparedPool,
  used: number,
): Reached => {
  const without = (noForecast: NoForecast | null): Reached => ({ forecast: null, noForecast });
  const last = samples.at(-1);
  if (trend !== "Growing" || rate === null || last === undefined) return without(null);
  if (isChanged) return without("capacity-changed");
  if (capacity === null) return without("capacity-unknown");
  if (used >= capacity) return without("full");
  if (open.trend !== "Growing") return without("time-wait");
  const forecast = forecastOf(rate, capacity - used, last.time);
  return { forecast, noForecast: forecast === null ? "too-far" : null };
};

export const poolGrowth = (moments: readonly Moment[], lives: Lives, pool: ComparedPool): PoolGrowth => {
  const isBoundSeen = pool.protocol === "udp" || moments.every(({ seesBound }) => seesBound);
  const samples = samplesOf(moments, lives, pool, isBoundSeen);
  const options = { leastMinutes: LEAST_CAPTURE_MINUTES };
  const judgement = judge(samples.used, options);
  const used = samples.used.at(-1)?.used ?? 0;
  const { protocol, family, capacity, isChanged } = pool;
  return {
    protocol,
    family,
    capacity,
    isChanged,
    judgement: isBoundSeen ? judgement : withUnseen(judgement),
    ...reached(judgement, judge(samples.open, options), pool, used),
    isFull: capacity !== null && used >= capacity,
    isBoundSeen,
    inTimeWait: used - (samples.open.at(-1)?.used ?? 0),
  };
};
