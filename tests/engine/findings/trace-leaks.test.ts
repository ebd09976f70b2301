// What a trace shows of holders: the finding of each pattern with the process that the verdict names, ended holders, the kernel.

import { describe, expect, test } from "@jest/globals";
import { find } from "../../../engine/findings/find.ts";
import type { TraceFacts } from "../../../engine/trackers/analysis.ts";
import { judgeTrace } from "../../../engine/verdict/trace/verdict.ts";
import { failures } from "../../builders/scenarios/failures.ts";
import { leakStory, leaks } from "../../builders/scenarios/leaks.ts";
import { processOf } from "../support/calls.ts";
import { evidenceOf, exhaustedFacts, factsOf, holdingOf, keeper, withUseAtEnd } from "../support/evidence.ts";
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

describe("holders that the verdict does not name", () => {
  const summaries = (facts: TraceFacts, id = "bound-leak") =>
    withId(findIn(facts), id).map(({ severity, summary }) => [severity, summary]);
  const held = (index: number, of: number, all: number, kind = "TCP") =>
    `p${index}.exe (${processOf(index).processId}) held ${of} of ${all} ${kind} ports while calls failed (${(of / all) * 100} % of those opened in the trace and not closed)`;

  test("are told where two hold as many as each other", () => {
    expect(summaries(exhaustedFacts({ holdings: [keeper(0, 200), keeper(1, 200)] }))).toEqual([
      ["Critical", `${held(0, 200, 400)}, mostly bound and not connected.`],
      ["Critical", `${held(1, 200, 400)}, mostly bound and not connected.`],
    ]);
  });

  test("are told beside the one that holds more, which is told once, with what the verdict goes by", () => {
    const found = withId(findIn(exhaustedFacts({ holdings: [keeper(0, 210), keeper(1, 190)] })), "bound-leak");
    expect(found.map(({ processName, severity }) => [processName, severity])).toEqual([
      ["p0.exe", "Critical"],
      ["p1.exe", "Warning"],
    ]);
    expect(found[1]?.evidence[0]).toMatch(/^The verdict names p0\.exe/);
  });

  test.each([
    [[384, 128], 1],
    [[381, 127], 0],
    [[600, 200], 1],
    [[600, 199], 0],
  ] as const)("beside it, from a quarter and 128 ports on: %j", ([more, less], others) => {
    const facts = exhaustedFacts({ holdings: [keeper(0, more), keeper(1, less)] });
    expect(withId(findIn(facts), "bound-leak")).toHaveLength(1 + others);
  });

  test("are each of their own pool where calls of both failed, however many ports the other pool has", () => {
    const proved = exhaustedFacts();
    const groups = (["tcp", "udp"] as const).flatMap((protocol) =>
      proved.failures.groups.map((group) => ({ ...group, protocol })),
    );
    const facts = exhaustedFacts({
      failures: { ...proved.failures, groups },
      holdings: [keeper(0, 300), keeper(1, 300, { udp: 300 })],
    });
    expect(summaries(facts)).toEqual([["Critical", `${held(0, 300, 300)}, mostly bound and not connected.`]]);
    expect(summaries(facts, "udp-leak")).toEqual([["Critical", `${held(1, 300, 300, "UDP")}, mostly of UDP sockets.`]]);
  });

  test("are none who had ended before the last call failed", () => {
    const ended = processOf(1, { endedTicks: 5 });
    const other = { ...keeper(1, 200), process: ended };
    const found = withId(findIn(exhaustedFacts({ holdings: [keeper(0, 200), other] })), "bound-leak");
    expect(found.map(({ processName }) => processName)).toEqual(["p0.exe"]);
  });

  test("are none where the pool is not theirs for the most part, as the snapshot of the end shows", () => {
    const found = (of: number) => {
      const seen = withUseAtEnd(evidenceOf(exhaustedFacts({ holdings: [keeper(0, of), keeper(1, of)] })), 16_000);
      return find("trace", { evidence: seen, ...judgeTrace(seen), growth: null }).findings;
    };
    expect(found(200).map(({ id }) => id)).toEqual(["pool-exhausted"]);
    expect(
      found(4000)
        .map(({ summary }) => summary)
        .slice(1),
    ).toEqual(
      [0, 1].map(
        (index) =>
          `p${index}.exe (${processOf(index).processId}) held 4,000 of 16,000 TCP ports while calls failed (25 % of those in use when the snapshot of the end was taken), mostly bound and not connected.`,
      ),
    );
  });

  test("are none where ports for one endpoint only were missing", () => {
    const tale = failures["destination-saturation"].tale();
    for (const id of LEAKS) expect(withId(traceFindingsOf(tale), id)).toEqual([]);
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
