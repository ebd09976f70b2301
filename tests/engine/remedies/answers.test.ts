// Whatever the finding, what helps first is told first; what is only to know comes last and interrupts nobody. Every remedy is
// one that can be read and typed, and no two of a machine contradict each other.

import { describe, expect, test } from "@jest/globals";
import type { Remedy } from "../../../engine/generated/records.ts";
import { REMEDIES } from "../../../engine/remedies/rules.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { range, sharesPorts } from "../../builders/capture/machine/settings.ts";
import { connects, listens, visits } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { machinePlot } from "../../builders/capture/scenarios.ts";
import { SMALL_MACHINES } from "../../builders/capture/small-machines.ts";
import { type Diagnosed, findingsOf } from "../support/findings.ts";
import { idsOf } from "../support/remedies.ts";

/** Scenarios, and what is told first for each. */
const FIRST: Readonly<Record<string, string>> = {
  "bound leak": "restart-process",
  "bound leak of a dead process": "end-holder",
  "bound leak of a recycled PID": "end-holder",
  "sockets given away": "end-holder",
  "CLOSE_WAIT leak": "restart-process",
  "UDP leak": "restart-process",
  "leak of a service host": "isolate-service",
  "connections to one peer": "restart-process",
  "connections that nobody answers": "check-peers",
  "16,000 TIME_WAIT of a client that lives": "reuse-connections",
  "16,000 TIME_WAIT of nobody": "reuse-connections",
  "small users of a small range": "restore-range",
  "listeners that fill a range": "restore-range",
  "the kernel holds most": "ask-kernel",
  "closed here, not there": "wait-for-peer",
  "exclusions that leave 300 ports": "restart-winnat",
  "everything is excluded": "remove-exclusion",
  "protected process": "restart-machine",
  "not elevated": "restart-service",
  "dead creator, holder out of sight": "find-holder",
  "no names": "find-holder",
  "no tables, and a probe that fails": "find-holder",
  "10055 with an empty pool": "check-memory",
  "UDP ports asked for by number": "widen-range",
};

/** A machine of odds: settings of old Windows, shared ports over all of the range, and a server inside it. */
const odds = (): Machine => {
  const box = machine();
  box.settings.maxUserPort = 65_534;
  box.settings.tcpTimedWaitDelay = 300;
  sharesPorts(box, 49_152, 16_384);
  listens(box, process(box, "broker.exe", 3000), 900, { fromPort: 50_000 });
  return box;
};

const keptPorts = (): Machine => {
  const box = machine();
  range(box, "tcp", 50_000, 300);
  listens(box, process(box, "broker.exe", 3000), 16, { fromPort: 50_010 });
  return box;
};

/** One server has all connections to many, and its ports could be shared. */
const churn = (): Machine => {
  const box = machine();
  const app = process(box, "node.exe", 5868);
  for (const index of [1, 2, 3]) visits(box, app, 3000, { to: { address: `10.0.1.${index}`, port: 443 } });
  return box;
};

const PLOTS: Readonly<Record<string, () => Machine>> = {
  ...Object.fromEntries(Object.keys(FIRST).map((name) => [name, machinePlot(name).tale])),
  ...SMALL_MACHINES,
  odds,
  "kept ports": keptPorts,
  churn,
};

const known = new Map<string, Diagnosed>();

/** Each machine is told of once: some have 16,000 sockets. */
const remediesOf = (plot: string): Diagnosed => {
  const told = known.get(plot) ?? findingsOf((PLOTS[plot] ?? machinePlot(plot).tale)());
  known.set(plot, told);
  return told;
};

describe("what comes first", () => {
  test.each(Object.entries(FIRST))("%s: %s", (plot, first) => {
    expect(idsOf(remediesOf(plot))[0]).toBe(first);
  });

  test.each(["healthy desktop", "leak that is over", "orphans that nobody inherited", "event of the day before"])(
    "%s: nothing",
    (plot) => {
      expect(remediesOf(plot).remedies).toEqual([]);
    },
  );

  test("for the pool that is worse is told first", () => {
    const restarts = remediesOf("the worse pool decides").remedies.filter(({ id }) => id === "restart-process");
    expect(restarts.map(({ findings }) => findings)).toEqual([["udp-leak"], ["bound-leak"]]);
  });

  test("for what is only to know is told behind the rest", () => {
    const box = machinePlot("bound leak").tale();
    box.settings.maxUserPort = 65_534;
    const ids = idsOf(findingsOf(box));
    expect(ids[0]).toBe("restart-process");
    expect(ids.indexOf("remove-max-user-port")).toBeGreaterThan(ids.indexOf("widen-range"));
  });
});

describe("what contradicts", () => {
  test.each(Object.keys(PLOTS))("is not told of one machine: %s", (plot) => {
    const { remedies } = remediesOf(plot);
    const set = remedies.flatMap(({ commands }) => commands).filter((line) => line.includes(" set dynamicport "));
    const ranges = set.map((line) => line.replace(/ start=.*/, ""));
    expect(ranges).toEqual([...new Set(ranges)]);
    expect(remedies.filter(({ id }) => /^(shorten|reset)-time-wait$/.test(id)).length).toBeLessThan(2);
  });

  test("two auto-reuse ranges are not told where one is to be moved", () => {
    const box = machine();
    sharesPorts(box, 49_152, 16_384);
    connects(box, process(box, "node.exe", 5868), 9000);
    expect(idsOf(findingsOf(box))).not.toContain("auto-reuse-range");
  });
});

const HOLE = /\b(undefined|NaN|null|Infinity)\b|\[object/;

const linesOf = ({ commands, advice, undo, checkFirst }: Remedy): readonly string[] => [
  ...commands,
  ...advice,
  ...undo,
  ...checkFirst,
];

const textsOf = (remedy: Remedy): readonly string[] => [
  remedy.title,
  remedy.reason,
  remedy.consequence,
  ...remedy.willNotFix,
  ...linesOf(remedy),
];

/** Words in capital letters between angle brackets, or dots: what a person would have to fill in. */
const GAP = /<\w+>|\.\.\.|…/;

const problemsOf = (remedy: Remedy): readonly string[] => [
  ...textsOf(remedy).filter((text) => HOLE.test(text) || text.trim() === ""),
  ...remedy.commands.filter((line) => GAP.test(line) || /[\r\n]/.test(line)),
  ...(remedy.commands.length + remedy.advice.length === 0 ? ["neither command nor advice"] : []),
  ...(remedy.reversible && remedy.risk !== "None" && remedy.commands.length > 0 && remedy.undo.length === 0
    ? ["reversible, and nothing says how"]
    : []),
  ...(remedy.risk !== "None" && remedy.checkFirst.length === 0 ? ["a risk, and nothing to check first"] : []),
];

describe("every remedy", () => {
  test.each(Object.keys(PLOTS))("can be read and typed: %s", (plot) => {
    const { remedies, findings } = remediesOf(plot);
    expect(remedies.map(({ order }) => order)).toEqual(remedies.map((_, index) => index + 1));
    expect(remedies.flatMap((remedy) => problemsOf(remedy).map((problem) => `${remedy.id}: ${problem}`))).toEqual([]);
    const ids = findings.map(({ id }) => id);
    expect(remedies.flatMap((remedy) => remedy.findings).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("is told of some machine", () => {
    const seen = new Set(Object.keys(PLOTS).flatMap((plot) => idsOf(remediesOf(plot))));
    const others = REMEDIES.map(({ id }) => id).filter((id) => !seen.has(id));
    expect(others).toEqual([]);
  });
});
