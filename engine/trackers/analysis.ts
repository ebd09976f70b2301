/**
 * All trackers of a trace, wired together. AFD is the primary source; TCPIP is the second witness and, where a trace has
 * no AFD events, stands in for it with its own account of ports.
 */
import type { WitnessedCall } from "./witness.ts";
import { STATUS } from "../model/ntstatus.ts";
import { type FailedCall, PORT_UNKNOWN, type Witness } from "../model/call.ts";
import type { TrackedProcess } from "../model/process.ts";
import { afdSocketSubscriptions } from "./afd-sockets.ts";
import { afdVistaSubscriptions } from "./afd-vista-sockets.ts";
import { type BindCounts, createBindCounts } from "./call-counts.ts";
import { createDestinations, type Destination, isPortlessConnect } from "./destinations.ts";
import { createFailures, type FailureFacts, isExhaustion, type Span } from "./failures.ts";
import { createHoldings, type Holding, type Holdings } from "./holdings.ts";
import { createPortLedger, type PortLedger } from "./port-ledger.ts";
import { createPortTable } from "./port-table.ts";
import { createProcesses } from "./processes.ts";
import { createRemotes } from "./remotes.ts";
import { createReservations, type Reservation } from "./reservations.ts";
import { createSocketTable, type SocketObserver } from "./socket-table.ts";
import type { Subscription } from "./subscription.ts";
import { createEndpointOwners } from "./tcpip-endpoints.ts";
import { tcpipCallSubscriptions } from "./tcpip-calls.ts";
import { createTimeline, type Timeline, type TimelineInterval } from "./timeline.ts";
import { createTimeWait, type TimeWait } from "./time-wait.ts";
import { createWitnesses } from "./witness.ts";

export interface TraceFacts {
  readonly processes: readonly TrackedProcess[];
  readonly binds: BindCounts;
  readonly holdings: readonly Holding[];
  readonly failures: FailureFacts;
  /** Events of any witness that prove exhaustion; null where there is none. */
  readonly evidence: Span | null;
  readonly destinations: readonly Destination[];
  readonly reservations: readonly Reservation[];
  readonly reservationsOmitted: number;
  readonly ledger: PortLedger | null;
  readonly timeWait: TimeWait;
  readonly timeline: readonly TimelineInterval[];
  /** Sockets whose close the recording lost. */
  readonly lostCloses: number;
}

export interface Analysis {
  readonly subscriptions: readonly Subscription[];
  /** Facts from AFD, or from TCPIP alone where the trace has no AFD events. */
  readonly finish: (hasAfd: boolean) => TraceFacts;
}

/** What one source says of the ports. */
interface Account {
  readonly binds: BindCounts;
  readonly holdings: Holdings;
  readonly timeline: Timeline;
  readonly observer: SocketObserver;
}

const createAccount = (ticksPerSecond: number): Account => {
  const holdings = createHoldings();
  const timeline = createTimeline(ticksPerSecond);
  return {
    binds: createBindCounts(),
    holdings,
    timeline,
    observer: {
      opened: (socket, ticks) => {
        holdings.opened(socket);
        timeline.opened(ticks);
      },
      closed: (socket, ticks) => {
        holdings.closed(socket);
        timeline.closed(ticks);
      },
      connected: holdings.connected,
      peerClosed: holdings.peerClosed,
      closedFromBeforeTrace: holdings.closedFromBeforeTrace,
    },
  };
};

export const createAnalysis = (ticksPerSecond: number, onFailedCall: (call: WitnessedCall) => void): Analysis => {
  const processes = createProcesses();
  const remotes = createRemotes();
  const afd = createAccount(ticksPerSecond);
  const tcpip = createAccount(ticksPerSecond);
  const failures = createFailures();
  const destinations = createDestinations(remotes);
  const ledger = createPortLedger();
  const timeWait = createTimeWait();
  const owners = createEndpointOwners(processes);
  const evidence = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };

  const witnesses = createWitnesses(ticksPerSecond, (witnessed) => {
    const { call } = witnessed;
    failures.add(witnessed);
    if (isExhaustion(call)) {
      evidence.first = Math.min(evidence.first, witnessed.firstTicks);
      evidence.last = Math.max(evidence.last, witnessed.lastTicks);
      afd.timeline.failed(call.ticks);
      tcpip.timeline.failed(call.ticks);
    }
    if (call.operation === "connect" && call.remote !== null && isPortlessConnect(call.status))
      destinations.failed(call.remote);
    onFailedCall(witnessed);
  });

  const failed = (witness: Witness) => (call: FailedCall) => {
    if (isExhaustion(call)) {
      afd.holdings.evidence();
      tcpip.holdings.evidence();
    }
    witnesses.report(witness, call);
  };

  const table = createSocketTable(processes.ofEprocess, afd.observer);
  const socketTools = {
    table,
    processes,
    remotes,
    binds: afd.binds,
    failed: failed("afd"),
    connectRequested: (remote: number) => destinations.requested("afd", remote),
    portSeen: ledger.portSeen,
  };
  const tcpipTools = {
    processes,
    owners,
    binds: tcpip.binds,
    ports: createPortTable(tcpip.observer),
    failed: failed("tcpip"),
    connectRequested: (view: DataView, offset: number, length: number) =>
      destinations.requested("tcpip", remotes.ofSockaddr(view, offset, length)),
    portSeen: ledger.portSeen,
  };
  const reservations = createReservations(processes, ({ ticks, threadId }, { process, status, protocol }) => {
    if (status !== STATUS.success)
      failed("tcpip")({
        ticks,
        threadId,
        operation: "reserve",
        protocol,
        status,
        process,
        requestedPort: PORT_UNKNOWN,
        local: null,
        remote: null,
      });
  });

  return {
    subscriptions: [
      ...processes.subscriptions,
      ...owners.subscriptions,
      ...afdSocketSubscriptions(socketTools),
      ...afdVistaSubscriptions(socketTools),
      ...tcpipCallSubscriptions(tcpipTools),
      ...reservations.subscriptions,
      ...ledger.subscriptions,
      ...timeWait.subscriptions,
    ],
    finish: (hasAfd) => {
      witnesses.flush();
      const account = hasAfd ? afd : tcpip;
      return {
        processes: processes.all(),
        binds: account.binds,
        holdings: account.holdings.finish(),
        failures: failures.finish(),
        evidence: evidence.first <= evidence.last ? evidence : null,
        destinations: destinations.finish(hasAfd ? "afd" : "tcpip"),
        reservations: reservations.finish(ledger.byteOrder()),
        reservationsOmitted: reservations.omitted(),
        ledger: ledger.finish(),
        timeWait: timeWait.finish(),
        timeline: account.timeline.finish(),
        lostCloses: table.lostCloses(),
      };
    },
  };
};
