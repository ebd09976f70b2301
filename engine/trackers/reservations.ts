/**
 * Blocks of ports reserved in the trace, with the process that asked. TCPIP 1052 (acquired), 1053 (failed) and 1054
 * (global) are TCP; 1519 (global, Windows 11 and Server 2022 on) names its transport.
 */
import { canonical, type TrackedProcess } from "../model/process.ts";
import { DEFAULT_DYNAMIC_START, PORTS, swapBytes } from "../model/port.ts";
import { type Protocol, transportOf } from "../model/protocol.ts";
import { SLOT } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import type { PortByteOrder } from "./port-ledger.ts";
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
  /** `order` is that of the port numbers in the ledger's events. */
  readonly finish: (order: PortByteOrder) => readonly Reservation[];
  readonly omitted: () => number;
}

const ID = { acquired: 1052, failed: 1053, global: 1054, globalByTransport: 1519 } as const;

/** More than there are ports; the rest is counted. */
const MAX_KEPT = 65_536;

/**
 * The manifests do not say in which byte order StartPort is. It is taken as it stands, unless only the swapped number
 * makes sense: the block would run past 65535, or the ledger's ports were found to be swapped and so read this one lies in
 * the default dynamic range, which it does not as it stands.
 */
const startPortOf = (raw: number, count: number, order: PortByteOrder): number => {
  const swapped = swapBytes(raw);
  const fits = (port: number): boolean => port + count <= PORTS;
  if (!fits(raw)) return fits(swapped) ? swapped : raw;
  const isSwapped =
    order === "big-endian" && raw < DEFAULT_DYNAMIC_START && swapped >= DEFAULT_DYNAMIC_START && fits(swapped);
  return isSwapped ? swapped : raw;
};

export const createReservations = (
  processes: Processes,
  onFailed: (row: EventRow, reservation: Reservation) => void,
): Reservations => {
  const kept: Reservation[] = [];
  let omitted = 0;

  const onReservation = (row: EventRow): void => {
    const { id, values, ticks } = row;
    const ports = values[SLOT.numberOfPorts] as number;
    const reservation: Reservation = {
      process: processes.ofPid(values[SLOT.processId] as number),
      status: values[SLOT.status] as number,
      startPort: values[SLOT.startPort] as number,
      ports,
      ticks,
      protocol: id === ID.globalByTransport ? transportOf(values[SLOT.protocol] as number) : "tcp",
    };
    if (kept.length < MAX_KEPT) kept.push(reservation);
    else omitted += 1;
    if (id === ID.failed) onFailed(row, reservation);
  };

  return {
    subscriptions: [{ provider: TCPIP, ids: Object.values(ID), on: onReservation }],
    finish: (order) =>
      kept.map((reservation) => ({
        ...reservation,
        process: canonical(reservation.process),
        startPort: startPortOf(reservation.startPort, reservation.ports, order),
      })),
    omitted: () => omitted,
  };
};
