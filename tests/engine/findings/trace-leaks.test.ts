// What a trace shows of holders: the finding of each pattern with the process that the verdict names, ended holders, the kernel.

import { describe, expect, test } from "@jest/globals";
import { find } from "../../../engine/findings/find.ts";
import type { TraceFacts } from "../../../engine/trackers/analysis.ts";
import { judgeTrace } from "../../../engine/verdict/trace/verdict.ts";
import { leakStory, leaks } from "../../builders/scenarios/leaks.ts";
import { processOf } from "../support/calls.ts";
import { evidenceOf, exhaustedFacts, factsOf, holdingOf, keeper } from "../support/evidence.ts";
import { lacksOf, onlyFinding, traceFindingsOf, withId } from "../support/findings.ts";

const findIn = (facts: TraceFacts) => {
  const evidence = evidenceOf(facts);
  return { ...find("trace", { evidence, ...judgeTrace(evidence), growth: null }), remedies: [] };
};

const LEAKS = ["bound-leak", "close-wait-leak", "connection-build-up", "udp-leak"] as const;

const udpFacts = (facts: Partial<TraceFacts>): TraceFacts => {
  const proved = exhaustedFacts(facts);
  const groups = proved.failures.groups.map((group) => ({ ...group, protocol: "udp" as const }));
  return { ...proved, failures: { ...proved.failures, groups } };
};

const KEEPERS: readonly (readonly [(typeof LEAKS)[number], (ports: number) => TraceFacts])[] = [
  ["bound-leak", (ports) => exhaustedFacts({ holdings: [keeper(0, ports)] })],
  [
    "close-wait-leak",
    (ports) => exhaustedFacts({ holdings: [keeper(0, ports, { connected: ports, peerClosed: ports })] }),
  ],
  ["connection-build-up", (ports) => exhaustedFacts({ holdings: [keeper(0, ports, { connected: ports })] })],
  ["udp-leak", (ports) => udpFacts({ holdings: [keeper(0, ports, { udp: ports })] })],
];

describe.each(KEEPERS)("%s in a trace", (id, facts) => {
  test("is critical, as calls failed, and names the process of the verdict", () => {
    const diagnosis = findIn(facts(200));
    const finding = onlyFinding(diagnosis, id);
    expect(finding).toMatchObject({
      severity: "Critical",
      protocol: id === "udp-leak" ? "udp" : "tcp",
      processId: processOf(0).processId,
      processName: "p0.exe",
    });
    expect(finding.evidence[0]).toBe("200 ports speak against it, 100 % of those that the trace tells of.");
    for (const other of LEAKS.filter((each) => each !== id)) expect(withId(diagnosis, other)).toEqual([]);
  });

  test.each([
    [128, 1],
    [127, 0],
  ])("of %i ports: %i findings", (ports, findings) => {
    const diagnosis = findIn(facts(ports));
    expect(withId(diagnosis, id)).toHaveLength(findings);
    expect(lacksOf(diagnosis, id)).toBeNull();
  });
});

describe("a trace in which no call failed", () => {
  test("suspects nobody", () => {
    const diagnosis = findIn(factsOf({ holdings: [keeper(0, 5000)] }));
    for (const id of LEAKS) {
      expect(withId(diagnosis, id)).toEqual([]);
      expect(lacksOf(diagnosis, id)).toBeNull();
    }
  });

  test("and no bind is seen cannot tell", () => {
    const diagnosis = findIn(factsOf({ binds: { attempted: 0, succeeded: 0, failed: 0, withPort: 0 } }));
    for (const id of LEAKS) expect(lacksOf(diagnosis, id)).toEqual([expect.stringContaining("no completed bind")]);
  });
});

describe("stories of leaks", () => {
  test.each([
    ["bound-leak", leakStory(300), 4120],
    ["connection-build-up", leaks["connection-build-up"].tale(), 4400],
    ["close-wait-leak", leaks["close-wait-leak"].tale(), 4500],
    ["udp-leak", leaks["udp-leak"].tale(), 2200],
  ] as const)("%s", (id, tale, processId) => {
    expect(onlyFinding(traceFindingsOf(tale), id)).toMatchObject({ severity: "Critical", processId });
  });
});

describe("doubts of a trace", () => {
  test("where no request shows which ports were asked for by number", () => {
    const facts = exhaustedFacts({
      holdings: [keeper(0, 200)],
      binds: { attempted: 0, succeeded: 100, failed: 5, withPort: 0 },
    });
    expect(onlyFinding(findIn(facts), "bound-leak").evidence.join(" ")).toContain("asked for by number");
  });

  test("where the one that held them had ended: somebody else may hold them", () => {
    const ended = processOf(0, { endedTicks: 5 });
    const held = keeper(0, 200);
    const diagnosis = findIn(exhaustedFacts({ holdings: [holdingOf(ended, { ...held, process: ended })] }));
    const ghost = onlyFinding(diagnosis, "ghost-owner");
    expect(ghost).toMatchObject({ severity: "Warning", processId: null });
    expect(ghost.summary).toMatch(/^p0\.exe \(4000\) ended at 09:00:05 UTC, and .* 200 ports/);
    expect(onlyFinding(diagnosis, "bound-leak").evidence.join(" ")).toContain("confidence Low");
  });

  test("not where it ended after the last failed call", () => {
    const ended = processOf(0, { endedTicks: 25 });
    const held = keeper(0, 200);
    const diagnosis = findIn(exhaustedFacts({ holdings: [holdingOf(ended, { ...held, process: ended })] }));
    expect(withId(diagnosis, "ghost-owner")).toEqual([]);
  });

  test("not of ports in TIME_WAIT, which nobody holds", () => {
    const ended = processOf(0, { endedTicks: 5 });
    const churner = holdingOf(ended, { opened: 400, closed: 400, closedTcp: 400, closedConnected: 400 });
    expect(withId(findIn(exhaustedFacts({ holdings: [churner] })), "ghost-owner")).toEqual([]);
  });
});

describe("the kernel in a trace", () => {
  test("is named, with what to ask about drivers", () => {
    const system = processOf(0, { processId: 4, name: "System" });
    const held = keeper(0, 200, { connected: 200 });
    const diagnosis = findIn(exhaustedFacts({ holdings: [holdingOf(system, { ...held, process: system })] }));
    expect(onlyFinding(diagnosis, "kernel-owner")).toMatchObject({ severity: "Critical", processId: 4 });
    expect(onlyFinding(diagnosis, "connection-build-up").advice).toContain("Get-SmbConnection");
  });

  test("is not named for another process", () => {
    expect(withId(findIn(exhaustedFacts({ holdings: [keeper(0, 200)] })), "kernel-owner")).toEqual([]);
  });
});
