// Nobody is accused of what another one holds: pools of their own, PIDs that somebody else has now, handles that were not all
// read, clocks that were set, connections that nobody holds any more. Found by a review of the verdicts; one story each.

import { describe, expect, test } from "@jest/globals";
import type { Verdict } from "../../../../engine/generated/records.ts";
import type { Capture } from "../../../builders/capture/capture-files.ts";
import { withArtifact, withEntry, withInspection, withoutEntry } from "../../../builders/capture/changes.ts";
import { bequeathed, givenAway, HEIR, PARENT } from "../../../builders/capture/heirs.ts";
import { type Machine, machine, minutesLater } from "../../../builders/capture/machine.ts";
import { captureOf } from "../../../builders/capture/machine/capture.ts";
import { exits, process } from "../../../builders/capture/machine/processes.ts";
import { range } from "../../../builders/capture/machine/settings.ts";
import { binds, connects, halfCloses, listens, peerCloses, visits } from "../../../builders/capture/machine/sockets.ts";
import { leaking } from "../../../builders/capture/scenarios/plot.ts";
import { captureReport, poolOf, portOwners, runOf } from "../../support/captures.ts";

type Case = {
  readonly tells: string;
  readonly capture: () => Capture;
  readonly verdict: Partial<Pick<Verdict, "level" | "pattern" | "confidence">>;
  readonly culprit: { readonly processId: number; readonly ports: number } | null;
  /** Said in the summary or among the reasons. */
  readonly says?: RegExp;
  readonly neverSays?: RegExp;
};

const saidIn = ({ summary, reasons, culprit }: Verdict): string =>
  [summary, ...reasons, culprit?.reason ?? ""].join("\n");

const check = ({ capture, verdict: expected, culprit, says, neverSays }: Omit<Case, "tells">): void => {
  const { verdict } = captureReport(runOf(capture()));
  const accused =
    verdict.culprit === null ? null : { processId: verdict.culprit.processId, ports: verdict.culprit.ports };
  expect({ ...verdict, culprit: accused }).toMatchObject({ ...expected, culprit });
  if (says !== undefined) expect(saidIn(verdict)).toMatch(says);
  if (neverSays !== undefined) expect(saidIn(verdict)).not.toMatch(neverSays);
};

const twoRanges = (): Machine => {
  const box = machine();
  range(box, "tcp", 40_000, 255, "ipv4");
  peerCloses(connects(box, process(box, "four.exe", 500), 255));
  connects(box, process(box, "six.exe", 600), 5000, { family: "ipv6" });
  return box;
};

const PORTS_OF_SERVERS = { start: 1025, ports: 255 } as const;

/** 160 listeners in a range of 255 ports that lies where servers listen. */
const overlapping = (circumstances: Parameters<typeof bequeathed>[1]): Machine => {
  const box = bequeathed((each, by) => listens(each, by, 160, { fromPort: PORTS_OF_SERVERS.start }), circumstances);
  range(box, "tcp", PORTS_OF_SERVERS.start, PORTS_OF_SERVERS.ports);
  return box;
};

/** 9,000 closed connections, and 12 to the same endpoint that live on in an heir. */
const churned = (isRecycled: boolean): Machine =>
  bequeathed(
    (box, by) => {
      visits(box, by, 9000);
      connects(box, by, 12);
    },
    { isHeirOpen: false, isRecycled },
  );

const shared = (): Machine => {
  const box = bequeathed((each, by) => connects(each, by, 6000), { isHeirOpen: false, isRecycled: true });
  for (const index of [0, 1]) connects(box, process(box, `app${index}.exe`, 8000 + index * 4), 4500);
  return box;
};

const sampled = (status: "sampled" | "partial"): Capture => {
  const box = bequeathed((each, by) => binds(each, by, 14_000));
  box.samples.set(HEIR, 10);
  return withInspection(captureOf(box), HEIR, { status });
};

/** Its start is told by a clock that was set since: the process seems to be younger than its sockets. */
const seeminglyYounger = (): Capture => {
  const box = leaking((each, by) => connects(each, by, 14_000));
  const index = box.processes.findIndex(({ processId }) => processId === PARENT);
  const own = box.processes[index];
  if (own === undefined) throw new RangeError("the leaker does not run");
  box.processes[index] = { ...own, created: box.now };
  return captureOf(box);
};

/** Windows 7 has no bound tables; each of 9,000 bound sockets had a connection before, which is in TIME_WAIT. */
const boundBehindTimeWait = (): Machine =>
  leaking(
    (box, by) => {
      binds(box, by, 9000);
      visits(box, by, 9000, { fromPort: 49_152 });
    },
    { osBuild: 7601 },
  );

const halfClosed = (isEnded: boolean): Machine => {
  const box = machine();
  const by = process(box, "node.exe", PARENT);
  halfCloses(connects(box, by, 13_500));
  if (isEnded) exits(box, by);
  minutesLater(box, 1);
  return box;
};

const CASES: Readonly<Record<string, Case>> = {
  "ranges of the families differ": {
    tells: "255 IPv4 ports of a range of 255 are one process's; another has 5,000 in IPv6's range, which is not short.",
    capture: () => captureOf(twoRanges()),
    verdict: { level: "Exhausted", pattern: "CloseWaitLeak" },
    culprit: { processId: 500, ports: 255 },
    neverSays: /six\.exe/,
  },
  "listeners of a recycled PID": {
    tells: "The process that listens has ended, its heir cannot be looked into, and a notepad has its PID.",
    capture: () => captureOf(overlapping({ isHeirOpen: false, isRecycled: true })),
    verdict: { level: "Elevated", pattern: "ListenerOverlap" },
    culprit: null,
    says: /notepad\.exe \(5868\) now, .* not to blame/,
  },
  "listeners that a child holds": {
    tells: "The process that opened the listeners has ended; its child has their handles.",
    capture: () => captureOf(overlapping({})),
    verdict: { level: "Elevated", pattern: "ListenerOverlap", confidence: "High" },
    culprit: { processId: HEIR, ports: 160 },
    says: /worker\.exe \(7120\) holds 160 .* opened by PID 5868, which has ended/,
  },
  "TIME_WAIT beside connections of a PID that has ended": {
    tells: "Who has ended is not the one that goes on calling the endpoint.",
    capture: () => captureOf(churned(false)),
    verdict: { level: "Elevated", pattern: "TimeWaitChurn" },
    culprit: null,
    neverSays: /[Ll]ikely/,
  },
  "TIME_WAIT beside connections of a recycled PID": {
    tells: "Nor is the one that has its PID now.",
    capture: () => captureOf(churned(true)),
    verdict: { level: "Elevated", pattern: "TimeWaitChurn" },
    culprit: null,
    neverSays: /[Ll]ikely|notepad/,
  },
  "a recycled PID that has most, and not half": {
    tells: "Who holds most is an earlier process, not the notepad that has its PID.",
    capture: () => captureOf(shared()),
    verdict: { level: "Critical", pattern: "Mixed" },
    culprit: null,
    says: /Most TCP ports: an earlier process with the PID 5868 with 6,000\./,
    neverSays: /notepad/,
  },
  "a dead creator whose heir was sampled": {
    tells: "Of the heir's handles every tenth was asked: it is the only one that was seen, and a hint.",
    capture: () => sampled("sampled"),
    verdict: { level: "Critical", pattern: "BoundLeak", confidence: "Low" },
    culprit: { processId: HEIR, ports: 12_600 },
    says: /looked at in part/,
  },
  "a dead creator whose heir was looked into in part": {
    tells: "The same, where the time ran out in between.",
    capture: () => sampled("partial"),
    verdict: { level: "Critical", pattern: "BoundLeak", confidence: "Low" },
    culprit: { processId: HEIR, ports: 12_600 },
    says: /looked at in part/,
  },
  "a process that is younger than its sockets and holds them": {
    tells: "A handle is stronger than a comparison of times.",
    capture: seeminglyYounger,
    verdict: { level: "Critical", pattern: "ConnectionBuildUp", confidence: "High" },
    culprit: { processId: PARENT, ports: 14_000 },
    neverSays: /earlier process/,
  },
  "TIME_WAIT on ports of open handles": {
    tells: "The connections are over, and the sockets are bound still: the ports will not come back.",
    capture: () => captureOf(boundBehindTimeWait()),
    verdict: { level: "Elevated", pattern: "BoundLeak" },
    culprit: { processId: PARENT, ports: 9000 },
  },
  "FIN_WAIT_2 of a process that has ended": {
    tells: "It has closed its sockets and ended: nobody has a handle, and nobody must.",
    capture: () => captureOf(halfClosed(true)),
    verdict: { level: "Critical", pattern: "ConnectionBuildUp" },
    culprit: { processId: PARENT, ports: 13_500 },
    says: /Nobody holds these connections any more/,
    neverSays: /must hold/,
  },
  "FIN_WAIT_2 of a process that lives": {
    tells: "It has closed its sockets and waits for nothing: Windows waits for the peer.",
    capture: () => captureOf(halfClosed(false)),
    verdict: { level: "Critical", pattern: "ConnectionBuildUp" },
    culprit: { processId: PARENT, ports: 13_500 },
    says: /node\.exe \(5868\) had opened 13,500 .* waiting for the peer/,
    neverSays: /must hold|\bholds 13,500/,
  },
};

describe("fairness", () => {
  test.each(Object.entries(CASES))("to: %s", (_, story) => check(story));
});

describe("who opened most, and has too few handles to hold it", () => {
  const whole = (): Capture => {
    const box = givenAway(14_000);
    connects(box, process(box, "msedge.exe", 6016), 20);
    return captureOf(box);
  };
  const cut = (bytes: Uint8Array): Uint8Array => bytes.slice(0, -10);

  test.each<readonly [string, (capture: Capture) => Capture]>([
    ["all its handles answered", (capture) => capture],
    [
      "all its handles answered, and others' were refused",
      (capture) => withArtifact(capture, "afd-handles", { status: "partial", reason: "1 process was refused." }),
    ],
  ])("is not accused where %s", (_, change) => {
    const verdict = { level: "Critical", pattern: "BoundLeak", confidence: "Low" } as const;
    check({ capture: () => change(whole()), verdict, culprit: null, says: /too few AFD handles/ });
  });

  test.each<readonly [string, (capture: Capture) => Capture]>([
    ["afd-handles.bin is missing", (capture) => withoutEntry(capture, "afd-handles.bin")],
    ["afd-handles.bin is cut", (capture) => withEntry(capture, "afd-handles.bin", cut)],
    [
      "afd-handles.bin is empty of all but its end",
      (capture) => withEntry(capture, "afd-handles.bin", (all) => all.slice(-7)),
    ],
    ["one of its handles was refused", (capture) => withInspection(capture, PARENT, { refused: 1 })],
    ["one of its handles did not answer in time", (capture) => withInspection(capture, PARENT, { timedOut: 1 })],
    ["its handles were looked at in part", (capture) => withInspection(capture, PARENT, { status: "partial" })],
  ])("has no alibi where %s", (_, change) => {
    const verdict = { level: "Critical", pattern: "BoundLeak", confidence: "Medium" } as const;
    const culprit = { processId: PARENT, ports: 14_000 };
    check({ capture: () => change(whole()), verdict, culprit, neverSays: /too few AFD handles/ });
  });
});

describe("rows of the owners", () => {
  test.each([
    ["ended", false],
    ["recycled", true],
  ] as const)("of TIME_WAIT: a PID that was %s is not likely to have had them", (creator, isRecycled) => {
    const rows = portOwners(runOf(captureOf(churned(isRecycled))));
    expect(rows.find(({ processId }) => processId === PARENT)).toMatchObject({ ports: 12, likelyTimeWait: 0, creator });
  });

  test("of a process that is younger than its sockets and holds them: it runs and holds them", () => {
    const [row] = portOwners(runOf(seeminglyYounger()));
    expect(row).toMatchObject({ processId: PARENT, processName: "node.exe", creator: "running", holder: null });
  });

  test("of bound sockets behind TIME_WAIT: the ports are bound, by who has the handles", () => {
    const run = runOf(captureOf(boundBehindTimeWait()));
    expect(poolOf(run, "tcp")).toMatchObject({ used: 9000, byClass: { bound: 9000, timeWait: 0 } });
    const owner = portOwners(run).find(({ processId }) => processId === PARENT);
    expect(owner).toMatchObject({ ports: 9000, bound: 9000, creator: "running" });
  });
});
