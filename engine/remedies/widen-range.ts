/** More ports for all: buys time where something uses them up, and is enough where the load is what it should be. */
import type { Finding, Remedy } from "../generated/records.ts";
import type { Transport } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import { saturatedDestination } from "../verdict/capture/destination.ts";
import { ELEVATED, usedPart } from "../verdict/capture/level.ts";
import { poolName } from "../verdict/capture/names.ts";
import { count, number } from "../verdict/phrases.ts";
import type { RemedyCase } from "./case.ts";
import { LEAKS, OF_THE_POOL } from "./kinds.ts";
import { lastOf, largerRange, type Span } from "./port-plan.ts";
import {
  areExclusionsRead,
  blocksOf,
  type FamilyRange,
  rangesOf,
  setDynamicPort,
  showDynamicPort,
  showExclusions,
} from "./ranges.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { restoresRange } from "./restore-range.ts";
import { SOURCES } from "./sources.ts";

const isLeakThere = ({ findings }: RemedyCase): boolean => findings.some(({ id }) => LEAKS.includes(id));

/** Where less than half of the pool is used now, it is not known what used it up: evidence comes before a change. */
const isShort = (protocol: Transport, { capture }: RemedyCase): boolean =>
  capture?.accounts[protocol].pools.some(({ pool }) => usedPart(pool) >= ELEVATED) ?? false;

/** Who connects without a bind gets ports of the auto-reuse range only: a larger dynamic one gives that endpoint none. */
const isOfSharedPorts = ({ id }: Finding, { capture }: RemedyCase): boolean =>
  id === "destination-saturation" && capture !== null && saturatedDestination(capture)?.isShared === true;

export const spanText = (span: Span): string => `${number(span.start)} to ${number(lastOf(span))}`;

interface Plan {
  readonly before: FamilyRange;
  readonly after: Span;
}

const isSame = (a: Span, b: Span): boolean => a.start === b.start && a.ports === b.ports;

/** Where each family has a pool of its own, the other may have ports enough. */
const isFamilyShort = (pools: readonly PoolAccounts[], { family }: FamilyRange): boolean =>
  pools.some(({ pool }) => (pool.family ?? family) === family && usedPart(pool) >= ELEVATED);

const plansOf = (finding: Finding, { capture }: RemedyCase): readonly Plan[] => {
  if (capture === null || finding.protocol === null) return [];
  const { snapshot } = capture;
  if (snapshot.sight[finding.protocol] !== "whole") return [];
  const isBlocked = blocksOf(snapshot, finding.protocol);
  const plans = rangesOf(snapshot, finding.protocol).flatMap((before) => {
    const after = largerRange(before.span, isBlocked);
    return after === null ? [] : [{ before, after }];
  });
  const { pools } = capture.accounts[finding.protocol];
  const short = plans.filter(({ before }) => isFamilyShort(pools, before));
  return short.length > 0 ? short : plans;
};

/** What the plans have in common is said once: the name of the ranges, and from where to where they go. */
const namesOf = (protocol: Transport, plans: readonly Plan[]): string =>
  plans.length > 1 ? protocol.toUpperCase() : plans.map(({ before }) => poolName(protocol, before.family)).join("");

const isOneChange = ([first, ...others]: readonly Plan[]): boolean =>
  others.every(
    (each) => first !== undefined && isSame(each.after, first.after) && isSame(each.before.span, first.before.span),
  );

const changeText = (name: string, { before, after }: Plan): string =>
  `The range of ${name} has ${count(before.span.ports, "port")}, ${spanText(before.span)}. ${spanText(after)} are ${number(after.ports)}`;

const changesText = (protocol: Transport, plans: readonly Plan[]): string => {
  const [first] = plans;
  return first !== undefined && isOneChange(plans)
    ? changeText(namesOf(protocol, plans), first)
    : plans.map((plan) => changeText(poolName(protocol, plan.before.family), plan)).join(". ");
};

const WILL_NOT_FIX: Remedy["willNotFix"] = [
  "A leak: it fills the larger range too, only later.",
  "Too many connections to one destination: each needs a local port of its own, and gets one only until the range ends.",
  "Ports that WinNAT or Hyper-V exclude: they may take more of them.",
];

export const widenRange: RemedyRule = {
  id: "widen-range",
  title: "Make the dynamic range larger",
  phase: "Now",
  risk: "Low",
  reboot: false,
  reversible: true,
  willNotFix: WILL_NOT_FIX,
  sources: [SOURCES.portExhaustion, SOURCES.dynamicRange],
  tell: (finding, seen) => {
    const { protocol } = finding;
    if (protocol === null || restoresRange(seen, protocol) || isOfSharedPorts(finding, seen)) return null;
    if (OF_THE_POOL.includes(finding.id) && (isLeakThere(seen) || !isShort(protocol, seen))) return null;
    if (LEAKS.includes(finding.id) && !isShort(protocol, seen)) return null;
    const plans = plansOf(finding, seen);
    const [plan] = plans;
    if (plan === undefined) return null;
    const name = namesOf(protocol, plans);
    const isRead = seen.capture !== null && areExclusionsRead(seen.capture.snapshot, protocol);
    const excluded = isRead ? ", nor are they excluded" : "; whether some of them are excluded was not read";
    return {
      title: isOneChange(plans)
        ? `Make the dynamic range of ${name} larger: ${spanText(plan.after)}`
        : `Make the dynamic ranges of ${name} larger`,
      reason: `${changesText(protocol, plans)}, and nobody listens at the added ones${excluded}.`,
      commands: plans.map(({ before, after }) => setDynamicPort(protocol, before.family, after)),
      advice: [
        "Firewalls between this machine and others have to let the new range pass, where they let the old one pass by number: RPC servers take their ports from it too.",
        "A program that is not running now and listens at a port of the new range by number may find it taken later: `netsh int ipv4 add excludedportrange` keeps it.",
      ],
      consequence:
        "New sockets get ports of the new range at once; open ones keep theirs. It holds after a restart too, unless Group Policy or MaxUserPort sets another one.",
      undo: plans.map(({ before }) => setDynamicPort(protocol, before.family, before.span)),
      checkFirst: plans.flatMap(({ before: { family } }) => [
        showDynamicPort(protocol, family),
        showExclusions(protocol, family),
      ]),
    };
  },
};
