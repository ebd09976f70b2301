/**
 * Ports per process: opened, given back, held, most held at once, and what kind of sockets hold them. Also how many each
 * held at the last evidence of exhaustion, kept by copying a count when it first changes after the evidence.
 */
import { canonical, type TrackedProcess } from "../model/process.ts";
import type { Socket } from "./socket-table.ts";

export interface Holding {
  readonly process: TrackedProcess;
  readonly opened: number;
  readonly closed: number;
  readonly held: number;
  readonly peak: number;
  readonly deferred: number;
  readonly explicit: number;
  readonly closedFromBeforeTrace: number;
  readonly connected: number;
  readonly peerClosed: number;
  readonly udp: number;
  /** Of closed: TCP, which may leave the port in TIME_WAIT. */
  readonly closedTcp: number;
  readonly heldAtExhaustion: number;
}

type Counters = { -readonly [Name in Exclude<keyof Holding, "heldAtExhaustion">]: Holding[Name] } & {
  /** Evidence number at which heldThen was copied. */
  copiedAt: number;
  heldThen: number;
};

export interface Holdings {
  readonly opened: (socket: Socket) => void;
  readonly closed: (socket: Socket) => void;
  readonly connected: (socket: Socket) => void;
  readonly peerClosed: (socket: Socket) => void;
  readonly closedFromBeforeTrace: (process: TrackedProcess) => void;
  /** Exhaustion is proved at this moment. */
  readonly evidence: () => void;
  readonly finish: () => readonly Holding[];
}

const newCounters = (process: TrackedProcess): Counters => ({
  process,
  opened: 0,
  closed: 0,
  held: 0,
  peak: 0,
  deferred: 0,
  explicit: 0,
  closedFromBeforeTrace: 0,
  connected: 0,
  peerClosed: 0,
  udp: 0,
  closedTcp: 0,
  copiedAt: 0,
  heldThen: 0,
});

/** Two entries that turned out to be the same process. The peak of the sum is at least the larger one; more is not known. */
const sum = (a: Holding, b: Holding): Holding => ({
  process: a.process,
  opened: a.opened + b.opened,
  closed: a.closed + b.closed,
  held: a.held + b.held,
  peak: Math.max(a.peak, b.peak, a.held + b.held),
  deferred: a.deferred + b.deferred,
  explicit: a.explicit + b.explicit,
  closedFromBeforeTrace: a.closedFromBeforeTrace + b.closedFromBeforeTrace,
  connected: a.connected + b.connected,
  peerClosed: a.peerClosed + b.peerClosed,
  udp: a.udp + b.udp,
  closedTcp: a.closedTcp + b.closedTcp,
  heldAtExhaustion: a.heldAtExhaustion + b.heldAtExhaustion,
});

export const createHoldings = (): Holdings => {
  const byIndex: (Counters | undefined)[] = [];
  let evidences = 0;

  const of = (process: TrackedProcess): Counters => {
    const known = byIndex[process.index];
    if (known !== undefined) return known;
    const counters = newCounters(process);
    byIndex[process.index] = counters;
    return counters;
  };

  const changeHeld = (counters: Counters, by: number): void => {
    if (counters.copiedAt !== evidences) {
      counters.copiedAt = evidences;
      counters.heldThen = counters.held;
    }
    counters.held += by;
    if (counters.held > counters.peak) counters.peak = counters.held;
  };

  const countKinds = (counters: Counters, { isConnected, isPeerClosed, protocol }: Socket, by: number): void => {
    if (isConnected) counters.connected += by;
    if (isPeerClosed) counters.peerClosed += by;
    if (protocol === "udp") counters.udp += by;
  };

  const freeze = ({ copiedAt, heldThen, ...counters }: Counters): Holding => ({
    ...counters,
    process: canonical(counters.process),
    heldAtExhaustion: evidences === 0 ? 0 : copiedAt === evidences ? heldThen : counters.held,
  });

  return {
    opened: (socket) => {
      const counters = of(socket.process);
      counters.opened += 1;
      if (socket.isDeferred) counters.deferred += 1;
      if (socket.isExplicit) counters.explicit += 1;
      changeHeld(counters, 1);
      countKinds(counters, socket, 1);
    },
    closed: (socket) => {
      const counters = of(socket.process);
      counters.closed += 1;
      if (socket.protocol !== "udp") counters.closedTcp += 1;
      changeHeld(counters, -1);
      countKinds(counters, socket, -1);
    },
    connected: (socket) => {
      if (socket.holdsPort) of(socket.process).connected += 1;
    },
    peerClosed: (socket) => {
      if (socket.holdsPort) of(socket.process).peerClosed += 1;
    },
    closedFromBeforeTrace: (process) => {
      of(process).closedFromBeforeTrace += 1;
    },
    evidence: () => {
      evidences += 1;
    },
    finish: () => {
      const merged = new Map<TrackedProcess, Holding>();
      for (const counters of byIndex) {
        if (counters === undefined) continue;
        const holding = freeze(counters);
        const same = merged.get(holding.process);
        merged.set(holding.process, same === undefined ? holding : sum(same, holding));
      }
      return [...merged.values()];
    },
  };
};
