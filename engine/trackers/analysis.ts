/**
 * All trackers of a trace, wired together. AFD is the primary source; TCPIP is the second witness and, where AFD
 * tells nothing of ports, stands in for it with its own account of them.
 */
import { PORT_UNKNOWN, type Witness } from "../model/call.ts";
import { isSuccess } from "../model/ntstatus.ts";
import type { TrackedProcess } from "../model/process.ts";
import type { Protocol } from "../model/protocol.ts";
import { SLOT } from "../providers/slots.ts";
import { createAccount } from "./account.ts";
import { afdSocketSubscriptions } from "./afd-sockets.ts";
import { afdVistaSubscriptions } from "./afd-vista-sockets.ts";
import type { BindCounts } from "./call-counts.ts";
import { createConnectors } from "./connectors.ts";
import { createDestinations, type Destination } from "./destinations.ts";
import { createFailureFlow } from "./failure-flow.ts";
import type { FailureFacts, Span } from "./failures.ts";
import type { Holding } from "./holdings.ts";
import { createPortLedger, type PortLedger } from "./port-ledger.ts";
import { createPortTable } from "./port-table.ts";
import { createProcesses } from "./processes.ts";
import { createRemotes } from "./remotes.ts";
import { createReservations, type Reservation } from "./reservations.ts";
import { createSocketTable } from "./socket-table.ts";
import type { SocketTools } from "./socket-tools.ts";
import type { Subscription } from "./subscription.ts";
import { type TcpipTools, tcpipCallSubscriptions } from "./tcpip-calls.ts";
import { createEndpointOwners } from "./tcpip-endpoints.ts";
import { createTakenPorts, type TakenPorts } from "./taken-ports.ts";
import { createTimeWait, type TimeWait } from "./time-wait.ts";
import type { TimelineInterval } from "./timeline.ts";
import type { WitnessedCall } from "./witness.ts";

export interface TraceFacts {
  /** The account of ports is AFD's, not TCPIP's. */
  readonly isAfd: boolean;
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
  /** Every process that the trace shows, each life of a PID once. */
  readonly processes: readonly TrackedProcess[];
  /** Ports that somebody got in the trace. */
  readonly takenPorts: TakenPorts;
  /** The only process that asked for a connection to this remote endpoint; null where several did, or none. */
  readonly soleConnector: (remote: string) => TrackedProcess | null;
  /** Sockets whose close the recording lost. */
  readonly lostCloses: number;
}

export interface Analysis {
  readonly subscriptions: readonly Subscription[];
  /** Facts from AFD, or from TCPIP where AFD says nothing of binds and failures. */
  readonly finish: (hasAfd: boolean) => TraceFacts;
}

/** The trackers of a trace by what they know; each field is one of them. */
const createTrackers = (ticksPerSecond: number, onFailedCall: (call: WitnessedCall) => void) => {
  const processes = createProcesses();
  const remotes = createRemotes();
  const afd = createAccount(ticksPerSecond);
  const tcpip = createAccount(ticksPerSecond);
  const destinations = createDestinations(remotes);
  const calls = createFailureFlow(ticksPerSecond, destinations, [afd.exhaustion, tcpip.exhaustion], onFailedCall);
  const reservations = createReservations(processes, ({ ticks, threadId }, { process, status, protocol }) => {
    if (isSuccess(status)) return;
    calls.report("tcpip")({
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
    processes,
    remotes,
    afd,
    tcpip,
    destinations,
    calls,
    reservations,
    sockets: createSocketTable(processes.ofEprocess, afd.sockets),
    owners: createEndpointOwners(processes),
    ledger: createPortLedger(),
    timeWait: createTimeWait(),
    takenPorts: createTakenPorts(),
    connectors: createConnectors(remotes),
  };
};

type Trackers = ReturnType<typeof createTrackers>;

/** What a port number in a socket address tells to those who keep numbers. */
const portSeen =
  ({ ledger }: Trackers, take: (port: number, protocol: Protocol) => void): SocketTools["portSeen"] =>
  (port, protocol) => {
    ledger.portSeen(port);
    take(port, protocol);
  };

const connectRequested =
  ({ destinations, connectors }: Trackers, witness: Witness): SocketTools["connectRequested"] =>
  (remote, process) => {
    destinations.requested(witness, remote);
    connectors.add(remote, process);
  };

const socketTools = (trackers: Trackers): SocketTools => {
  const { processes, remotes, afd, calls, sockets, takenPorts } = trackers;
  return {
    table: sockets,
    processes,
    remotes,
    binds: afd.binds,
    failed: calls.report("afd"),
    connectRequested: connectRequested(trackers, "afd"),
    portSeen: portSeen(trackers, takenPorts.add),
    portTaken: (port, protocol) =>
      port === PORT_UNKNOWN ? takenPorts.addUnnumbered(protocol) : takenPorts.add(port, protocol),
  };
};

const tcpipTools = (trackers: Trackers): TcpipTools => {
  const { processes, remotes, tcpip, calls, owners } = trackers;
  const requested = connectRequested(trackers, "tcpip");
  return {
    processes,
    owners,
    binds: tcpip.binds,
    ports: createPortTable(tcpip.sockets),
    failed: calls.report("tcpip"),
    connectRequested: ({ values, view }, process) => {
      const [offset, length] = [values[SLOT.remoteAddress] as number, values[SLOT.remoteAddress + 1] as number];
      requested(remotes.ofSockaddr(view, offset, length), process);
    },
    bindSeen: portSeen(trackers, trackers.takenPorts.addSecond),
    portSeen: portSeen(trackers, trackers.takenPorts.add),
  };
};

/** Whether an account tells anything: binds that ended, or ports that were taken. */
const tellsOfPorts = ({ succeeded, failed }: BindCounts, holdings: readonly Holding[]): boolean =>
  succeeded + failed > 0 || holdings.some(({ opened }) => opened > 0);

const factsOf = (trackers: Trackers, hasAfd: boolean): TraceFacts => {
  const { afd, tcpip, destinations, calls, reservations, sockets, ledger, timeWait } = trackers;
  const { processes, takenPorts, connectors } = trackers;
  const failures = calls.finish();
  // A stray event of AFD, as a trace without its keywords may have, is no account of ports.
  const { byAfd, byTcpipOnly } = failures.failures;
  const byAccount = { afd: afd.holdings.finish(), tcpip: tcpip.holdings.finish() };
  const tcpipTells = byTcpipOnly !== null || tellsOfPorts(tcpip.binds, byAccount.tcpip);
  const isAfd = hasAfd && (byAfd !== null || tellsOfPorts(afd.binds, byAccount.afd) || !tcpipTells);
  const account = isAfd ? afd : tcpip;
  return {
    ...failures,
    isAfd,
    binds: account.binds,
    holdings: isAfd ? byAccount.afd : byAccount.tcpip,
    destinations: destinations.finish(isAfd ? "afd" : "tcpip"),
    reservations: reservations.finish(ledger.byteOrder()),
    reservationsOmitted: reservations.omitted(),
    ledger: ledger.finish(),
    timeWait: timeWait.finish(),
    timeline: account.timeline.finish(),
    processes: processes.all.filter(({ mergedInto }) => mergedInto === null),
    takenPorts,
    soleConnector: connectors.sole(),
    lostCloses: sockets.lostCloses(),
  };
};

export const createAnalysis = (ticksPerSecond: number, onFailedCall: (call: WitnessedCall) => void): Analysis => {
  const trackers = createTrackers(ticksPerSecond, onFailedCall);
  const { processes, owners, reservations, ledger, timeWait } = trackers;
  const tools = socketTools(trackers);
  return {
    // Who a process is comes first: the others ask for it.
    subscriptions: [
      ...processes.subscriptions,
      ...owners.subscriptions,
      ...afdSocketSubscriptions(tools),
      ...afdVistaSubscriptions(tools),
      ...tcpipCallSubscriptions(tcpipTools(trackers)),
      ...reservations.subscriptions,
      ...ledger.subscriptions,
      ...timeWait.subscriptions,
    ],
    finish: (hasAfd) => factsOf(trackers, hasAfd),
  };
};
