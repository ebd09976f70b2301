/**
 * What TCPIP says of binds and connects: failures as a second witness beside AFD, and, for traces without AFD events, the
 * whole account: binds, ports held per process, connects.
 *
 * TCP 1005-1007 and 1470 are failed binds, 1008 a completed one, 1050 a connect that got no port, 1034 a failed connect,
 * 1122 a listener that got no port; UDP 1393-1395, 1471 and 1396 likewise.
 */
import { formatEndpoint, readSockaddr, sockaddrPort } from "../bytes/sockaddr.ts";
import { type FailedCall, PORT_UNKNOWN } from "../model/call.ts";
import { isSuccess } from "../model/ntstatus.ts";
import type { TrackedProcess } from "../model/process.ts";
import type { Protocol } from "../model/protocol.ts";
import { SLOT } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import type { BindCounts } from "./call-counts.ts";
import type { PortTable } from "./port-table.ts";
import type { Processes } from "./processes.ts";
import type { EventRow, Subscription } from "./subscription.ts";
import type { EndpointOwners } from "./tcpip-endpoints.ts";

export interface TcpipTools {
  readonly processes: Processes;
  readonly owners: EndpointOwners;
  readonly binds: BindCounts;
  readonly ports: PortTable;
  readonly failed: (call: FailedCall) => void;
  readonly connectRequested: (row: EventRow, process: TrackedProcess) => void;
  /** A bind, or a connect, got this port. */
  readonly bindSeen: (port: number, protocol: Protocol) => void;
  readonly portSeen: (port: number, protocol: Protocol) => void;
}

const TCP = {
  bindFailed: [1005, 1006, 1007, 1470],
  bound: 1008,
  endpointClosed: 1009,
  connected: 1033,
  connectFailed: 1034,
  closeRequest: 1038,
  aborted: 1040,
  noPortForConnect: 1050,
  noPortForListener: 1122,
} as const;
const UDP = { bindFailed: [1393, 1394, 1395, 1471], bound: 1396, closed: 1397 } as const;

const localPort = ({ values, view }: EventRow): number =>
  sockaddrPort(view, values[SLOT.localAddress] as number, values[SLOT.localAddress + 1] as number);

const textAt = ({ values, view }: EventRow, slot: number): string | null =>
  formatEndpoint(readSockaddr(view, values[slot] as number, values[slot + 1] as number));

const statusOf = ({ values }: EventRow): number => values[SLOT.status] as number;

export const tcpipCallSubscriptions = (tools: TcpipTools): readonly Subscription[] => {
  const { processes, owners, binds, ports } = tools;
  /** A failed bind may be followed by a completion with the same status in the same thread. */
  const lastFailure = { threadId: -1, status: 0 };
  let lastPortlessTcb = -1;

  const report = (
    row: EventRow,
    operation: FailedCall["operation"],
    protocol: Protocol,
    process: TrackedProcess,
    remote: string | null,
  ): void => {
    const port = localPort(row);
    const local = port < 0 ? null : textAt(row, SLOT.localAddress);
    tools.failed({
      ticks: row.ticks,
      threadId: row.threadId,
      operation,
      protocol,
      status: statusOf(row),
      process,
      requestedPort: port < 0 ? PORT_UNKNOWN : port,
      local,
      remote,
    });
  };

  const bindFailed = (row: EventRow, protocol: Protocol): void => {
    binds.attempted += 1;
    binds.failed += 1;
    lastFailure.threadId = row.threadId;
    lastFailure.status = statusOf(row);
    report(row, "bind", protocol, owners.ownerOf(row), null);
  };

  const bound = (row: EventRow, protocol: Protocol): void => {
    const status = statusOf(row);
    if (!isSuccess(status)) {
      const isKnown = lastFailure.threadId === row.threadId && lastFailure.status === status;
      lastFailure.threadId = -1;
      if (!isKnown) bindFailed(row, protocol);
      return;
    }
    binds.attempted += 1;
    binds.succeeded += 1;
    const port = localPort(row);
    if (port <= 0) return;
    tools.bindSeen(port, protocol);
    const processId = row.values[SLOT.processId] as number;
    const namesOwner = row.id === UDP.bound && processId !== 0;
    ports.take(port, protocol, namesOwner ? processes.ofPid(processId) : owners.ownerOf(row), row.ticks, false);
  };

  const connectRequested = (row: EventRow): void =>
    tools.connectRequested(row, processes.ofPid(row.values[SLOT.processId] as number));

  const connected = (row: EventRow): void => {
    connectRequested(row);
    const port = localPort(row);
    if (!isSuccess(statusOf(row)) || port <= 0) return;
    tools.portSeen(port, "tcp");
    ports.take(port, "tcp", processes.ofPid(row.values[SLOT.processId] as number), row.ticks, true);
    ports.connected(port);
  };

  const connectFailed = (row: EventRow): void => {
    const tcb = row.values[SLOT.tcb] as number;
    if (row.id === TCP.connectFailed && tcb === lastPortlessTcb) return;
    if (isSuccess(statusOf(row))) return;
    lastPortlessTcb = row.id === TCP.noPortForConnect ? tcb : -1;
    connectRequested(row);
    report(
      row,
      "connect",
      "tcp",
      processes.ofPid(row.values[SLOT.processId] as number),
      textAt(row, SLOT.remoteAddress),
    );
  };

  return [
    { provider: TCPIP, ids: TCP.bindFailed, on: (row) => bindFailed(row, "tcp") },
    { provider: TCPIP, ids: [TCP.bound], on: (row) => bound(row, "tcp") },
    { provider: TCPIP, ids: [TCP.connected], on: connected },
    { provider: TCPIP, ids: [TCP.connectFailed, TCP.noPortForConnect], on: connectFailed },
    {
      provider: TCPIP,
      ids: [TCP.noPortForListener],
      on: (row) => report(row, "listen", "tcp", processes.ofPid(row.values[SLOT.processId] as number), null),
    },
    {
      provider: TCPIP,
      ids: [TCP.endpointClosed, TCP.closeRequest, TCP.aborted],
      on: (row) => ports.release(localPort(row), "tcp", row.ticks),
    },
    { provider: TCPIP, ids: UDP.bindFailed, on: (row) => bindFailed(row, "udp") },
    { provider: TCPIP, ids: [UDP.bound], on: (row) => bound(row, "udp") },
    { provider: TCPIP, ids: [UDP.closed], on: (row) => ports.release(localPort(row), "udp", row.ticks) },
  ];
};
