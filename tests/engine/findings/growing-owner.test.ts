// A process that grows from capture to capture: what makes it a finding, how grave it is, and the pool's end.

import { describe, expect, test } from "@jest/globals";
import type { ChangeCase } from "../../../engine/findings/case.ts";
import { find } from "../../../engine/findings/find.ts";
import type { ExhaustionForecast, PortChange, PortGrowth } from "../../../engine/generated/records.ts";

const ID = "growing-owner";

const FORECAST: ExhaustionForecast = { minutes: 130, earliest: 110, latest: 160, time: "2026-03-02T12:10:00.0000000Z" };

const GROWTH: PortGrowth = {
  protocol: "tcp",
  family: null,
  samples: 3,
  firstTime: "2026-03-02T09:00:00.0000000Z",
  lastTime: "2026-03-02T10:00:00.0000000Z",
  minutes: 60,
  usedBefore: 1000,
  usedAfter: 4000,
  capacity: 16_384,
  trend: "Growing",
  rate: { perMinute: 50, lower: 45, upper: 55 },
  forecast: null,
  summary: "TCP ports in use grow.",
  notes: [],
};

const CHANGE: PortChange = {
  processId: 4400,
  processName: "app.exe",
  services: ["AppSvc"],
  protocol: "tcp",
  before: 100,
  after: 400,
  opened: 350,
  closed: 50,
  net: 300,
  trend: "Growing",
  rate: { perMinute: 5.04, lower: 4.2, upper: 12 },
  status: "Running",
  summary: "app.exe (4400) grows.",
};

const changed = (given: Partial<PortChange> = {}, growth: readonly PortGrowth[] = [GROWTH]): ChangeCase => ({
  growth,
  changes: [{ ...CHANGE, ...given }],
});

const found = (seen: ChangeCase) => {
  const { findings, unchecked } = find("change", seen);
  return {
    findings: findings.filter(({ id }) => id === ID),
    lacks: unchecked.find(({ id }) => id === ID)?.lacks ?? null,
  };
};

describe("growing-owner", () => {
  test("tells from where to where, how fast and with which interval", () => {
    expect(found(changed()).findings).toEqual([
      expect.objectContaining({
        severity: "Information",
        protocol: "tcp",
        processId: 4400,
        processName: "app.exe",
        services: ["AppSvc"],
        summary: "app.exe (4400) went from 100 to 400 TCP ports.",
        evidence: [
          "5 ports a minute net (4.2 to 12 with 95 % confidence); it opened at least 350 and closed at least 50.",
          "That is 2.4 % of all 16,384 ports of the pool.",
        ],
      }),
    ]);
  });

  test.each([
    [900, 400],
    [400, 400],
  ])("that grows since ports came free, from %i to %i, does not read as if it had fallen", (before, after) => {
    const [finding] = found(changed({ before, after, net: after - before })).findings;
    expect(finding?.summary).toBe(
      `app.exe (4400) takes more and more ports: it holds 400 TCP ports, after ${before} in the first capture, of which many came free.`,
    );
    expect(finding?.evidence[1]).toBe("The rate is that of the last captures only, not from the first one on.");
  });

  test.each([
    [820, "Warning"],
    [819, "Information"],
    [8191, "Warning"],
    [8192, "Critical"],
  ])("holds %i of 16,384: %s", (after, severity) => {
    expect(found(changed({ after })).findings.map((each) => each.severity)).toEqual([severity]);
  });

  test("is a warning where the pool's end is in sight, which it tells", () => {
    const [finding] = found(changed({}, [{ ...GROWTH, forecast: FORECAST }])).findings;
    expect(finding?.severity).toBe("Warning");
    expect(finding?.evidence).toContain("The TCP pool is full in 2.2 h (110 min to 2.7 h) if it goes on like this.");
  });

  test("takes the family's pool that is full first", () => {
    const four: PortGrowth = { ...GROWTH, family: "ipv4" };
    const six: PortGrowth = { ...GROWTH, family: "ipv6", capacity: 1000, forecast: FORECAST };
    const [finding] = found(changed({}, [four, six])).findings;
    expect(finding?.evidence).toContain("That is 40 % of all 1,000 ports of the pool.");
  });

  test("says nothing of the other protocol's pool", () => {
    const [finding] = found(changed({ protocol: "udp" }, [{ ...GROWTH, forecast: FORECAST }])).findings;
    expect(finding).toMatchObject({ severity: "Information", evidence: [expect.stringContaining("a minute")] });
  });

  test.each<readonly [string, Partial<PortChange>, number]>([
    ["holds 128", { after: 128 }, 1],
    ["holds 127", { after: 127 }, 0],
    ["does not grow", { trend: "NotGrowing" }, 0],
    ["shrinks", { trend: "Shrinking" }, 0],
  ])("%s", (_, given, findings) => {
    const result = found(changed(given));
    expect(result.findings).toHaveLength(findings);
    expect(result.lacks).toBeNull();
  });

  test("is not known where too little was seen of one with as many, or nothing at all", () => {
    const unknown = { trend: "Unknown", rate: null } as const;
    expect(found(changed({ ...unknown, after: 128 })).lacks).toEqual([expect.stringContaining("too few or too close")]);
    expect(found(changed({ ...unknown, after: 127 })).lacks).toBeNull();
    expect(found({ growth: [], changes: [] }).lacks).not.toBeNull();
  });

  test("tells who grows most first", () => {
    const [small, large] = [
      { ...CHANGE, processId: 1, net: 100 },
      { ...CHANGE, processId: 2, net: 200 },
    ];
    expect(found({ growth: [GROWTH], changes: [small, large] }).findings.map(({ processId }) => processId)).toEqual([
      2, 1,
    ]);
  });

  test("has no rate where none is told", () => {
    const [finding] = found(changed({ rate: null })).findings;
    expect(finding?.evidence[0]).toBe("Between the captures it opened at least 350 and closed at least 50.");
  });
});
