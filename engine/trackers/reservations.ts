/**
 * Blocks of ports reserved in the trace, with the process that asked. TCPIP 1052 (acquired), 1053 (failed) and 1054
 * (global) are TCP; 1519 (global, Windows 11 and Server 2022 on) names its transport.
 */
import type { TrackedProcess } from "../model/process.ts";
import { type Protocol, transportOf } from "../model/protocol.ts";
import { SLOT } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import type { Processes } from "./processes.ts";
import type { EventRow, Subscription } from "./subscription.ts";

export interface Reservation {
  readonly process: TrackedProcess;
  readonly status: number;
  readonly startPort: number;
  readonly ports: number;
  readonly ticks: number;
  readonly protocol: Protocol;
}

export interface Reservations {
  readonly subscriptions: readonly Subscription[];
  readonly all: () => readonly Reservation[];
  readonly omitted: () => number;
}

const ID = { acquired: 1052, failed: 1053, global: 1054, globalByTransport: 1519 } as const;

/** Far more than a machine makes; the rest is counted. */
const MAX_KEPT = 1000;

/**
 * Port numbers come in network byte order where they stem from a socket address; for these events the manifests do not
 * say. A block that would run past 65535 as it stands is taken to be swapped.
 */
const portInRange = (port: number, count: number): number => {
  const swapped = ((port & 0xff) << 8) | (port >>> 8);
  return port + count > 65_536 && swapped + count <= 65_536 ? swapped : port;
};

export const createReservations = (processes: Processes, onFailed: (row: EventRow, reservation: Reservation) => void): Reservations => {
  const kept: Reservation[] = [];
  let omitted = 0;

  const onReservation = (row: EventRow): void => {
    const { id, values, ticks } = row;
    const ports = values[SLOT.numberOfPorts] as number;
    const reservation: Reservation = {
      process: processes.ofPid(values[SLOT.processId] as number),
      status: values[SLOT.status] as number,
      startPort: portInRange(values[SLOT.startPort] as number, ports),
      ports,
      ticks,
      protocol: id === ID.globalByTransport ? transportOf(values[SLOT.protocol] as number) : "tcp",
    };
    if (kept.length < MAX_KEPT) kept.push(reservation);
    else omitted += 1;
    if (id === ID.failed) onFailed(row, reservation);
  };

  return { subscriptions: [{ provider: TCPIP, ids: Object.values(ID), on: onReservation }], all: () => kept, omitted: () => omitted };
};
