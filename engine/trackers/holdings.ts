/**
 * Ports per process: opened, given back, held, most held at once, and what kind of sockets hold them. Also what each held
 * at the last evidence of exhaustion and on average over all of it, kept up when its counts change.
 */
import { canonical, type TrackedProcess } from "../model/process.ts";
import type { Socket } from "./socket-table.ts";

/** Ports held at one moment, and of these: */
export interface Held {
  readonly held: number;
  /** asked for by number; */
  readonly explicitHeld: number;
  /** with a connection; */
  readonly connected: number;
  /** with a connection that the peer has closed; */
  readonly peerClosed: number;
  /** of UDP sockets. */
  readonly udp: number;
}

/** Ports taken before the trace began, and held while calls failed; a snapshot beside the trace tells of them. */
export interface HeldBefore {
  readonly tcp: number;
  readonly udp: number;
  /** Of tcp: with a connection, be it closed by the peer; */
  readonly connected: number;
  /** with a connection that the peer has closed. */
  readonly peerClosed: number;
}

export const NOTHING_BEFORE: HeldBefore = { tcp: 0, udp: 0, connected: 0, peerClosed: 0 };

/** The counts of Held are those at the end of the trace. */
export interface Holding extends Held {
  readonly process: TrackedProcess;
  readonly opened: number;
  readonly closed: number;
  readonly peak: number;
  readonly deferred: number;
  readonly explicit: number;
  readonly closedFromBeforeTrace: number;
  /** Of closed: TCP, which may leave the port in TIME_WAIT. */
  readonly closedTcp: number;
  /** Of closed: TCP with a connection, which does leave it there where this side closed first. */
  readonly closedConnected: number;
  /** At the last evidence; nothing where there was none. */
  readonly atExhaustion: Held;
  /**
   * Ports held that were anybody's (not asked for by number), on average over all evidence: who held them while calls
   * failed, not who came late.
   */
  readonly meanAny: { readonly tcp: number; readonly udp: number };
  readonly before: HeldBefore;
  /** Connections in TIME_WAIT when a snapshot was taken, which are its own by the remote endpoint alone. */
  readonly timeWait: number;
}

/** A process of which the trace shows no port. */
export const noHolding = (process: TrackedProcess): Holding => {
  const { seenEvidence: _, heldThen, anyTcp: _tcp, anyUdp: _udp, sumTcp, sumUdp, ...counts } = newCounters(process);
  return {
    ...counts,
    atExhaustion: heldThen,
    meanAny: { tcp: sumTcp, udp: sumUdp },
    before: NOTHING_BEFORE,
    timeWait: 0,
  };
};

type Counters = {
  -readonly [Name in Exclude<keyof Holding, "atExhaustion" | "meanAny" | "before" | "timeWait">]: Holding[Name];
} & {
  /** Evidence number up to which the fields below account. */
  seenEvidence: number;
  heldThen: Held;
  /** Ports that are anybody's now, and the sums of that over the evidence so far. */
  anyTcp: number;
  anyUdp: number;
  sumTcp: number;
  sumUdp: number;
};

const NOTHING: Held = { held: 0, explicitHeld: 0, connected: 0, peerClosed: 0, udp: 0 };

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
  ...NOTHING,
  process,
  opened: 0,
  closed: 0,
  peak: 0,
  deferred: 0,
  explicit: 0,
  closedFromBeforeTrace: 0,
  closedTcp: 0,
  closedConnected: 0,
  seenEvidence: 0,
  heldThen: NOTHING,
  anyTcp: 0,
  anyUdp: 0,
  sumTcp: 0,
  sumUdp: 0,
});

const heldOf = ({ held, explicitHeld, connected, peerClosed, udp }: Held): Held => ({
  held,
  explicitHeld,
  connected,
  peerClosed,
  udp,
});

const sumHeld = (a: Held, b: Held): Held => ({
  held: a.held + b.held,
  explicitHeld: a.explicitHeld + b.explicitHeld,
  connected: a.connected + b.connected,
  peerClosed: a.peerClosed + b.peerClosed,
  udp: a.udp + b.udp,
});

/** Two entries that turned out to be the same process. The peak of the sum is at least the larger one; more is not known. */
const sum = (a: Holding, b: Holding): Holding => ({
  ...sumHeld(a, b),
  process: a.process,
  opened: a.opened + b.opened,
  closed: a.closed + b.closed,
  peak: Math.max(a.peak, b.peak, a.held + b.held),
  deferred: a.deferred + b.deferred,
  explicit: a.explicit + b.explicit,
  closedFromBeforeTrace: a.closedFromBeforeTrace + b.closedFromBeforeTrace,
  closedTcp: a.closedTcp + b.closedTcp,
  closedConnected: a.closedConnected + b.closedConnected,
  atExhaustion: sumHeld(a.atExhaustion, b.atExhaustion),
  meanAny: { tcp: a.meanAny.tcp + b.meanAny.tcp, udp: a.meanAny.udp + b.meanAny.udp },
  before: NOTHING_BEFORE,
  timeWait: 0,
});

/** A socket that holds a port comes or goes. */
const countHeld = (counters: Counters, socket: Socket, by: 1 | -1): void => {
  counters.held += by;
  if (counters.held > counters.peak) counters.peak = counters.held;
  if (socket.isExplicit) counters.explicitHeld += by;
  else if (socket.protocol === "udp") counters.anyUdp += by;
  else counters.anyTcp += by;
  if (socket.isConnected) counters.connected += by;
  if (socket.isPeerClosed) counters.peerClosed += by;
  if (socket.protocol === "udp") counters.udp += by;
};

export const createHoldings = (): Holdings => {
  const byIndex: (Counters | undefined)[] = [];
  let evidences = 0;

  /** Accounts for the evidence since the last change. */
  const catchUp = (counters: Counters): Counters => {
    const missed = evidences - counters.seenEvidence;
    if (missed === 0) return counters;
    counters.seenEvidence = evidences;
    counters.heldThen = heldOf(counters);
    counters.sumTcp += counters.anyTcp * missed;
    counters.sumUdp += counters.anyUdp * missed;
    return counters;
  };

  /** The counters of a process, which are about to change. */
  const changing = (process: TrackedProcess): Counters => {
    const counters = byIndex[process.index] ?? newCounters(process);
    byIndex[process.index] = counters;
    return catchUp(counters);
  };

  const freeze = (counters: Counters): Holding => {
    const { seenEvidence, heldThen, anyTcp, anyUdp, sumTcp, sumUdp, ...counts } = catchUp(counters);
    const mean = (total: number): number => (evidences === 0 ? 0 : total / evidences);
    const process = canonical(counters.process);
    const meanAny = { tcp: mean(sumTcp), udp: mean(sumUdp) };
    return { ...counts, process, atExhaustion: heldThen, meanAny, before: NOTHING_BEFORE, timeWait: 0 };
  };

  return {
    opened: (socket) => {
      const counters = changing(socket.process);
      counters.opened += 1;
      if (socket.isDeferred) counters.deferred += 1;
      if (socket.isExplicit) counters.explicit += 1;
      countHeld(counters, socket, 1);
    },
    closed: (socket) => {
      const counters = changing(socket.process);
      counters.closed += 1;
      if (socket.protocol !== "udp") counters.closedTcp += 1;
      if (socket.protocol !== "udp" && socket.isConnected) counters.closedConnected += 1;
      countHeld(counters, socket, -1);
    },
    connected: (socket) => {
      if (socket.holdsPort) changing(socket.process).connected += 1;
    },
    peerClosed: (socket) => {
      if (socket.holdsPort) changing(socket.process).peerClosed += 1;
    },
    closedFromBeforeTrace: (process) => {
      changing(process).closedFromBeforeTrace += 1;
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
