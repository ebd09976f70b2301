// What holds of findings whatever the story: they agree with the verdict, are told by severity, are whole sentences, and do not
// come from what was not read.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RULES } from "../../../engine/findings/rules.ts";
import type { CaptureReport, Finding, TraceReport } from "../../../engine/generated/records.ts";
import { FINDING_OF_PATTERN } from "../../../engine/remedies/diagnose.ts";
import { machinePlot, machinePlots } from "../../builders/capture/scenarios.ts";
import { told } from "../../builders/story.ts";
import { captureReport, runMachine, runOf } from "../support/captures.ts";
import { captureWithout, ranksOf, textProblems } from "../support/diagnosed.ts";
import { reportOf } from "../support/run.ts";
import { storyPlots } from "../support/stories.ts";

const isPattern = (pattern: string): pattern is keyof typeof FINDING_OF_PATTERN => pattern in FINDING_OF_PATTERN;

/** The pattern's finding with the process that the verdict names, or nobody. */
const agrees = ({ verdict, findings }: CaptureReport | TraceReport): boolean => {
  const { pattern, culprit } = verdict;
  if (!isPattern(pattern)) return true;
  const processId = culprit?.processId ?? null;
  return findings.some((finding) => finding.id === FINDING_OF_PATTERN[pattern] && finding.processId === processId);
};

/** Severities that the index gives to each finding: "Information, Warning" or "Information to Critical". */
const INDEX = readFileSync(new URL("../../../docs/findings/README.md", import.meta.url), "utf8");

const SEVERITIES = ["Information", "Warning", "Critical"] as const satisfies readonly Finding["severity"][];

const severitiesOf = (id: string): readonly string[] => {
  const told = INDEX.match(new RegExp(`^\\| \\[${id}\\].*?\\| .*? \\| (.*?) \\|`, "m"))?.[1] ?? "";
  return told === "Information to Critical" ? SEVERITIES : told.split(", ");
};

const order = RULES.map(({ id }) => id);

const problemsOf = (report: CaptureReport | TraceReport): readonly string[] => {
  const { findings, unchecked } = report;
  const ranks = ranksOf(report);
  return [
    ...(agrees(report) ? [] : [`no finding for ${report.verdict.pattern}`]),
    ...(ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) <= rank) ? [] : ["not by severity"]),
    ...findings.flatMap((finding) => textProblems(finding).map((text) => `${finding.id}: ${text}`)),
    ...findings
      .filter(({ id, severity }) => !severitiesOf(id).includes(severity))
      .map(({ id, severity }) => `${id} is ${severity}`),
    ...unchecked.filter(({ id }) => findings.some((finding) => finding.id === id)).map(({ id }) => `${id} unchecked`),
    ...[...findings, ...unchecked].filter(({ id }) => !order.includes(id)).map(({ id }) => `${id} is no rule`),
  ];
};

describe("findings of machines", () => {
  test.each(Object.entries(machinePlots))("%s", (_, { tale }) => {
    expect(problemsOf(captureReport(runMachine(tale())))).toEqual([]);
  });
});

describe("findings of stories", () => {
  test.each(Object.entries(storyPlots))("%s", (_, { tale, file }) => {
    expect(problemsOf(reportOf(told(tale(), file ?? {})))).toEqual([]);
  });
});

const both = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [`${name}-ipv4`, `${name}-ipv6`]);

/** What did not get into a capture, by kind. */
const LOSSES = {
  tcp: both("tcp"),
  udp: both("udp"),
  bound: both("bound-tcp"),
  handles: ["handle-table", "afd-handles"],
  exclusions: both("excluded-ranges-tcp", "excluded-ranges-udp"),
  ranges: both("dynamic-range-tcp", "dynamic-range-udp"),
  settings: ["tcp-settings"],
  events: ["events"],
  probe: ["probe"],
  processes: ["processes", "services"],
} as const;

type Loss = keyof typeof LOSSES;

/** Findings that may come from a loss, since less is said of what is still seen. Found by trying each loss with each story. */
const MAY_COME: Readonly<Partial<Record<Loss, readonly string[]>>> = {
  // The bound tables hold the bind halves of connections too, and only the TCP tables tell these from sockets without one. Where
  // no table shows that ports are free, a refused probe means that there are none.
  tcp: ["bound-leak", "pool-exhausted"],
  // Handles tell of a port and not that it was asked for by number, which speaks for a program such as a DNS server.
  udp: ["udp-leak"],
  // A pool that is nearly full is exhausted by the probe's word only.
  probe: ["pool-pressure"],
  // WSL, which needs free ports in one piece, may run.
  processes: ["fragmented-pool"],
};

const idsOf = ({ findings }: CaptureReport): readonly string[] => findings.map(({ id }) => id);

const captured = fc.record({
  name: fc.constantFrom(...Object.keys(machinePlots)),
  loss: fc.constantFrom(...(Object.keys(LOSSES) as Loss[])),
});

describe("findings of a machine of which a part was not read", () => {
  test("are those of the whole, or fewer", () => {
    fc.assert(
      fc.property(captured, ({ name, loss }) => {
        const { tale } = machinePlot(name);
        const known = idsOf(captureReport(runMachine(tale())));
        const report = captureReport(runOf(captureWithout(tale(), LOSSES[loss])));
        const may = [...known, ...(MAY_COME[loss] ?? [])];
        expect(idsOf(report).filter((id) => !may.includes(id))).toEqual([]);
        expect(problemsOf(report)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
