/** A process that holds more ports from one capture to the next, by more than chance explains. */
import type { Finding, PortChange, PortGrowth } from "../generated/records.ts";
import { poolName } from "../verdict/capture/names.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { count, duration, number, percent, processText } from "../verdict/phrases.ts";
import type { ChangeCase } from "./case.ts";
import { LEAK_PART } from "./leaks.ts";
import { CHANGE_NEEDS } from "./needs.ts";
import { GRAVE_PART } from "./pools.ts";
import type { Rule, Sighting } from "./rule.ts";

/** The pool that it holds ports of: where the families have one each, the one that is full first. */
const poolOf = ({ growth }: ChangeCase, { protocol }: PortChange): PortGrowth | null =>
  growth
    .filter((each) => each.protocol === protocol || each.protocol === null)
    .toSorted((a, b) => (a.forecast?.minutes ?? Infinity) - (b.forecast?.minutes ?? Infinity))[0] ?? null;

const partOf = ({ after }: PortChange, pool: PortGrowth | null): number =>
  pool === null || pool.capacity === null || pool.capacity === 0 ? 0 : after / pool.capacity;

/** To know, where neither the process has an uncommon part of the pool nor the pool an end in sight. */
const severityOf = (change: PortChange, pool: PortGrowth | null): Finding["severity"] => {
  const part = partOf(change, pool);
  if (part >= GRAVE_PART) return "Critical";
  return part >= LEAK_PART || (pool !== null && pool.forecast !== null) ? "Warning" : "Information";
};

/** One decimal where a whole number would be coarse. */
const perMinute = (rate: number): string => (Math.abs(rate) < 10 ? String(Number(rate.toFixed(1))) : number(rate));

const rateText = ({ rate, opened, closed }: PortChange): string => {
  const calls = `it opened at least ${number(opened)} and closed at least ${number(closed)}`;
  return rate === null
    ? `Between the captures ${calls}.`
    : `${perMinute(rate.perMinute)} ports a minute net (${perMinute(rate.lower)} to ${perMinute(rate.upper)} with 95 % confidence); ${calls}.`;
};

const partText = (change: PortChange, pool: PortGrowth | null): string | null =>
  pool === null || pool.capacity === null
    ? null
    : `That is ${percent(partOf(change, pool))} of all ${number(pool.capacity)} ports of the pool.`;

const inMinutes = (minutes: number): string => duration(minutes * 60);

const forecastText = (pool: PortGrowth | null): string | null => {
  if (pool === null || pool.forecast === null) return null;
  const { minutes, earliest, latest } = pool.forecast;
  const name = pool.protocol === null ? "The pool" : `The ${poolName(pool.protocol, pool.family)} pool`;
  return `${name} is full in ${inMinutes(minutes)} (${inMinutes(earliest)} to ${inMinutes(latest)}) if it goes on like this.`;
};

/** What grows is judged by its last stretch: between the first capture and that one, more may have come free than was taken since. */
const wentText = ({ protocol, before, after, net }: PortChange): string => {
  const ports = (value: number): string => count(value, `${protocol.toUpperCase()} port`);
  return net > 0
    ? `went from ${number(before)} to ${ports(after)}.`
    : `takes more and more ports: it holds ${ports(after)}, after ${number(before)} in the first capture, of which many came free.`;
};

const sinceText = ({ net }: PortChange): string | null =>
  net > 0 ? null : "The rate is that of the last captures only, not from the first one on.";

const sightingOf = (seen: ChangeCase, change: PortChange): Sighting => {
  const { processId, processName, services, protocol } = change;
  const pool = poolOf(seen, change);
  const who = processText({ processId, name: processName });
  const evidence = [rateText(change), sinceText(change), partText(change, pool), forecastText(pool)];
  return {
    severity: severityOf(change, pool),
    protocol,
    summary: `${who} ${wentText(change)}`,
    evidence: evidence.filter((each) => each !== null),
    process: { processId, processName, services },
  };
};

/** Fewer than can make a culprit are no matter, however they grow. */
const isGrowing = ({ trend, after }: PortChange): boolean => trend === "Growing" && after >= MIN_CULPRIT_PORTS;

const seeChange = (seen: ChangeCase): readonly Sighting[] =>
  seen.changes
    .filter(isGrowing)
    .toSorted((a, b) => b.net - a.net)
    .map((change) => sightingOf(seen, change));

export const growingOwner: Rule = {
  id: "growing-owner",
  title: "A process takes more and more ports",
  why: "What grows without an end uses up any pool. One that is new to a load grows too, and stops: more captures tell the two apart.",
  advice:
    "Take another capture later and compare again; if it grows on, save the evidence and restart it before the pool is full.",
  change: { needs: [CHANGE_NEEDS.trend], see: seeChange },
};
