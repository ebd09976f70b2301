// Facts and readings to judge, told by what is different from a trace in which nothing was wrong.

import { STATUS } from "../../../engine/model/ntstatus.ts";
import type { TrackedProcess } from "../../../engine/model/process.ts";
import type { TraceFacts } from "../../../engine/trackers/analysis.ts";
import type { FailureFacts } from "../../../engine/trackers/failures.ts";
import { type Held, type Holding, NOTHING_BEFORE } from "../../../engine/trackers/holdings.ts";
import type { Reading, TraceEvidence } from "../../../engine/verdict/trace/evidence.ts";
import { processOf } from "./calls.ts";

export const holdingOf = (process: TrackedProcess, given: Partial<Holding>): Holding => ({
  process,
  opened: 0,
  closed: 0,
  held: 0,
  explicitHeld: 0,
  peak: 0,
  deferred: 0,
  explicit: 0,
  closedFromBeforeTrace: 0,
  connected: 0,
  peerClosed: 0,
  udp: 0,
  closedTcp: 0,
  closedConnected: 0,
  meanAny: { tcp: 0, udp: 0 },
  atExhaustion: NOTHING_HELD,
  before: NOTHING_BEFORE,
  timeWait: 0,
  ...given,
});

export const NOTHING_HELD: Held = { held: 0, explicitHeld: 0, connected: 0, peerClosed: 0, udp: 0 };

/** A process that keeps so many ports, all of them when exhaustion was proved; `then` says of what kind they were. */
export const keeper = (
  index: number,
  ports: number,
  then: Partial<Held> = {},
  given: Partial<Holding> = {},
): Holding => {
  const atExhaustion = { ...NOTHING_HELD, held: ports, ...then };
  const any = atExhaustion.held - atExhaustion.explicitHeld;
  const meanAny = { tcp: any - atExhaustion.udp, udp: atExhaustion.udp };
  return holdingOf(processOf(index), {
    opened: ports,
    peak: ports,
    ...atExhaustion,
    held: ports,
    atExhaustion,
    meanAny,
    ...given,
  });
};

const NO_FAILURES: FailureFacts = { groups: [], victims: [], byAfd: null, byTcpipOnly: null, poolWide: 0, certain: 0 };

const NOTHING: TraceFacts = {
  isAfd: true,
  binds: { attempted: 100, succeeded: 100, failed: 0, withPort: 100 },
  holdings: [],
  failures: NO_FAILURES,
  evidence: null,
  destinations: [],
  reservations: [],
  reservationsOmitted: 0,
  ledger: null,
  timeWait: { entered: null, atStart: null },
  timeline: [],
  processes: [],
  takenPorts: {
    add: () => undefined,
    addUnnumbered: () => undefined,
    addSecond: () => undefined,
    has: () => false,
    isComplete: () => true,
  },
  soleConnector: () => null,
  lostCloses: 0,
};

export const factsOf = (given: Partial<TraceFacts> = {}): TraceFacts => ({ ...NOTHING, ...given });

/** Binds to any port that found none: proof. `certain` = 0 where no request shows which port was asked for. */
export const exhaustedFacts = (given: Partial<TraceFacts> = {}, { certain = 5, poolWide = 5 } = {}): TraceFacts =>
  factsOf({
    evidence: { first: 10, last: 20 },
    failures: {
      groups: [
        {
          operation: "bind",
          protocol: "tcp",
          status: STATUS.tooManyAddresses,
          isExhaustion: true,
          count: 5,
          first: 10,
          last: 20,
          hasAfd: true,
          hasTcpip: false,
        },
      ],
      victims: [{ process: processOf(9), failures: 5, first: 10, last: 20, protocols: ["tcp"], remotes: [] }],
      byAfd: { count: 5, first: 10, last: 20 },
      byTcpipOnly: null,
      poolWide,
      certain,
    },
    ...given,
  });

const WHOLE: Reading = {
  hasAfd: true,
  hasTcpip: false,
  events: 10_000,
  eventsLost: 0,
  buffersLost: 0,
  damagedBuffers: 0,
  isTruncated: false,
  unreadable: 0,
  outOfOrder: 0,
  isUnfinished: false,
  isWindowed: false,
  spanSeconds: 60,
};

export const readingOf = (given: Partial<Reading> = {}): Reading => ({ ...WHOLE, ...given });

export const evidenceOf = (facts: TraceFacts, reading: Reading = WHOLE): TraceEvidence => ({
  facts,
  reading,
  toIso: (ticks) => `2026-03-02T09:00:${String(ticks).padStart(2, "0")}.0000000Z`,
  beside: null,
});

/** The snapshot of the end shows so many TCP ports of the default pool in use, and nothing else. */
export const withUseAtEnd = (evidence: TraceEvidence, used: number): TraceEvidence => ({
  ...evidence,
  beside: {
    names: { count: 0, guessed: new Set() },
    hasStart: false,
    hasStop: true,
    older: { by: null, isConfirmed: false, isGapped: false, nobodys: NOTHING_BEFORE },
    pool: { tcp: { ports: 16_384, capacity: 16_384, smallest: 16_384 }, udp: null },
    use: { tcp: { used, timeWait: 0 }, udp: null },
    timeWait: { ports: 0, attributed: 0, isChecked: false },
    endVerdict: null,
  },
});
