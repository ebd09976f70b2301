/**
 * The machine's TCP ports as TCPIP books them: 1191 acquires, 1193 releases. Unlike AFD it sees kernel sockets, and a port
 * in TIME_WAIT stays acquired after its socket is gone.
 *
 * The manifest does not say in which byte order PortNumber is. Numbers are kept as they stand; in the end they are compared
 * with ports known from socket addresses, then with the default dynamic range, and the order that fits more often is named.
 */
import { DEFAULT_DYNAMIC_START, PORTS, swapBytes } from "../model/port.ts";
import { SLOT } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import type { Subscription } from "./subscription.ts";

export type PortByteOrder = "big-endian" | "little-endian" | "unknown";

export interface PortLedger {
  readonly acquired: number;
  readonly released: number;
  readonly held: number;
  readonly peak: number;
  readonly releasedFromBeforeTrace: number;
  readonly portByteOrder: PortByteOrder;
}

export interface PortLedgerTracker {
  readonly subscriptions: readonly Subscription[];
  /** A port number from a socket address. */
  readonly portSeen: (port: number) => void;
  readonly byteOrder: () => PortByteOrder;
  /** Null where the trace has no such events. */
  readonly finish: () => PortLedger | null;
}

const ID = { acquire: 1191, release: 1193 } as const;

export const createPortLedger = (): PortLedgerTracker => {
  const isHeld = new Uint8Array(PORTS);
  const acquisitions = new Uint32Array(PORTS);
  const isKnown = new Uint8Array(PORTS);
  let acquired = 0;
  let released = 0;
  let held = 0;
  let peak = 0;
  let releasedFromBeforeTrace = 0;

  /** Acquisitions whose number, read in either order, satisfies a test. */
  const votes = (test: (port: number) => boolean): PortByteOrder => {
    let asIs = 0;
    let swapped = 0;
    acquisitions.forEach((count, port) => {
      if (count === 0) return;
      if (test(port)) asIs += count;
      if (test(swapBytes(port))) swapped += count;
    });
    if (asIs === swapped) return "unknown";
    return asIs > swapped ? "little-endian" : "big-endian";
  };

  const byteOrder = (): PortByteOrder => {
    const byAddresses = votes((port) => isKnown[port] === 1);
    return byAddresses === "unknown" ? votes((port) => port >= DEFAULT_DYNAMIC_START) : byAddresses;
  };

  const acquire = (port: number): void => {
    acquired += 1;
    (acquisitions[port] as number) += 1;
    if (isHeld[port] === 1) return;
    isHeld[port] = 1;
    held += 1;
    if (held > peak) peak = held;
  };

  const release = (port: number): void => {
    released += 1;
    if (isHeld[port] === 0) {
      releasedFromBeforeTrace += 1;
      return;
    }
    isHeld[port] = 0;
    held -= 1;
  };

  return {
    subscriptions: [
      { provider: TCPIP, ids: [ID.acquire], on: ({ values }) => acquire(values[SLOT.portNumber] as number) },
      { provider: TCPIP, ids: [ID.release], on: ({ values }) => release(values[SLOT.portNumber] as number) },
    ],
    portSeen: (port) => {
      isKnown[port] = 1;
    },
    byteOrder,
    finish: () =>
      acquired + released === 0
        ? null
        : { acquired, released, held, peak, releasedFromBeforeTrace, portByteOrder: byteOrder() },
  };
};
