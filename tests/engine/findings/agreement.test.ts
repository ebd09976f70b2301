// Verdict and findings of any machine: a pattern has its finding, both name the same process, and nobody who has an alibi is named.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CaptureReport, Finding } from "../../../engine/generated/records.ts";
import { FINDING_OF_PATTERN } from "../../../engine/remedies/diagnose.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { inherits } from "../../builders/capture/machine/handles.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import {
  binds,
  connects,
  halfCloses,
  hangs,
  listens,
  peerCloses,
  visits,
} from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine, minutesLater, type Process } from "../../builders/capture/machine.ts";
import { captureReport, runOf } from "../support/captures.ts";

const UDP = { protocol: "udp" } as const;

type Turn = (box: Machine, by: Process, count: number) => unknown;

const TURNS: Readonly<Record<string, Turn>> = {
  binds: (box, by, count) => binds(box, by, count),
  "binds UDP": (box, by, count) => binds(box, by, count, UDP),
  connects: (box, by, count) => connects(box, by, count),
  "connects within the machine": (box, by, count) =>
    connects(box, by, count, { address: "127.0.0.1", to: { address: "127.0.0.1", port: 8080 } }),
  "connects to many": (box, by, count) => {
    for (let index = 0; index < count; index += 1)
      connects(box, by, 1, { to: { address: `10.1.${index >> 6}.${index & 63}`, port: 443 } });
  },
  "leaves CLOSE_WAIT": (box, by, count) => peerCloses(connects(box, by, count)),
  "waits for an answer": (box, by, count) => hangs(connects(box, by, count, { how: "connect" })),
  "half closes": (box, by, count) => halfCloses(connects(box, by, count)),
  visits: (box, by, count) => visits(box, by, count),
  listens: (box, by, count) => listens(box, by, count),
};

const OWNERS = [5000, 5004] as const;
const HEIR = 6000;

type Fate = "lives" | "ends" | "ends, with an heir" | "ends, with a hidden heir" | "shares with a child";

type Plan = {
  readonly turns: readonly { readonly name: string; readonly who: number; readonly count: number }[];
  readonly fate: Fate;
  readonly isRecycled: boolean;
};

const bequeath = (box: Machine, owner: Process, fate: Fate): void => {
  const isHidden = fate === "ends, with a hidden heir";
  if (isHidden || fate === "ends, with an heir" || fate === "shares with a child")
    inherits(box, process(box, "heir.exe", HEIR, { parent: owner, isProtected: isHidden }), owner);
  if (fate.startsWith("ends")) exits(box, owner);
};

const carryOut = ({ turns, fate, isRecycled }: Plan): Machine => {
  const box = machine();
  for (const protocol of ["tcp", "udp"] as const) range(box, protocol, 50_000, 400);
  const owners = OWNERS.map((processId) => process(box, `p${processId}.exe`, processId));
  for (const { name, who, count } of turns) {
    const by = owners[who];
    if (by !== undefined) TURNS[name]?.(box, by, count);
  }
  const [first] = owners;
  if (first !== undefined) bequeath(box, first, fate);
  minutesLater(box, 10);
  if (isRecycled && fate.startsWith("ends")) process(box, "stranger.exe", OWNERS[0]);
  return box;
};

/** Four turns of at most 100 ports go into 400, and two of one process may make a culprit. */
const plans = fc.record({
  turns: fc.array(
    fc.record({
      name: fc.constantFrom(...Object.keys(TURNS)),
      who: fc.nat({ max: OWNERS.length - 1 }),
      count: fc.integer({ min: 40, max: 100 }),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  fate: fc.constantFrom<Fate>("lives", "ends", "ends, with an heir", "ends, with a hidden heir", "shares with a child"),
  isRecycled: fc.boolean(),
});

const namedFor = ({ verdict, findings }: CaptureReport): readonly (number | null)[] | null => {
  const { pattern } = verdict;
  if (pattern === "None" || pattern === "Mixed") return null;
  const id = FINDING_OF_PATTERN[pattern];
  return findings.filter((each) => each.id === id).map(({ processId }) => processId);
};

const textsOf = ({ summary, evidence, why, advice }: Finding): readonly string[] => [summary, ...evidence, why, advice];

const RANK = { Critical: 0, Warning: 1, Information: 2 } as const;

describe("any machine", () => {
  test("has a verdict and findings that agree", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const report = captureReport(runOf(captureOf(carryOut(plan))));
        const named = namedFor(report);
        if (named !== null) expect(named).toContain(report.verdict.culprit?.processId ?? null);
        const severities = report.findings.map(({ severity }) => RANK[severity]);
        expect(severities).toEqual([...severities].sort());
        for (const text of report.findings.flatMap(textsOf)) {
          expect(text).toMatch(/^\S.*[^.]\.$/);
          expect(text).not.toMatch(/undefined|NaN|null|Infinity/);
        }
      }),
      { numRuns: 120 },
    );
  });

  test("never blames the process that has a recycled PID", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { findings } = captureReport(runOf(captureOf(carryOut({ ...plan, isRecycled: true }))));
        const stranger = findings.filter(({ processName }) => processName === "stranger.exe");
        expect(stranger).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });
});
