// What TCPIP logs while AFD's calls run: endpoints, the port ledger, connects and states (etl-format 4.3),
// in the version that the story's release writes.

import { isAtLeast, layoutIn } from "../eras.ts";
import type { FieldValues } from "../payload.ts";
import { networkOrder, socketAddress } from "../socket-address.ts";
import { type Context, type LogOptions, logManifest, type Process, type Story } from "../story.ts";

export const TCP_STATE = { closed: 0, listen: 1, synSent: 2, established: 4, closeWait: 7, timeWait: 10 } as const;

/** The two transport events of a kind; UDP's are younger and missing in old releases. */
export const TCPIP_EVENT = {
  tcp: { bindFailed: 1006, bound: 1008, closedBound: 1009, closedUnbound: 1009 },
  udp: { bindFailed: 1394, bound: 1396, closedBound: 1397, closedUnbound: 1398 },
} as const;

export const CONNECT_COMPLETE = 1033;
export const CONNECT_FAILED = 1034;
export const CONNECT_PORT_FAILED = 1050;
export const STATE_CHANGE = 1051;
export const ACQUIRE_PORT = 1191;
export const RELEASE_PORT = 1193;
export const DEFER_PORT = 1366;

/** Nothing where the session does not listen to TCPIP or the release does not know the event. */
export const tcpip = (tale: Story, context: Context, id: number, values: FieldValues, extra: LogOptions = {}): void => {
  const { era, witness } = tale.options;
  const layout = layoutIn(era, "tcpip", id);
  if (layout === null || witness === "afd") return;
  logManifest(tale, context, layout, values, { keyword: 0x8000_0000_0000_0001n, ...extra });
};

export const barePort = (tale: Story, port: number): number =>
  tale.options.portOrder === "big" ? networkOrder(port) : port;

/** Identity of a process as TCPIP gives it. */
export const ownerValues = (owner: Process): FieldValues => ({
  ProcessId: owner.processId,
  Pid: owner.processId,
  ProcessStartKey: BigInt(owner.processId) + 1000n,
});

/** 1300: connections that exist when the session begins. */
export const connectionRundown = (
  tale: Story,
  owner: Process | null,
  connection: { readonly local: number; readonly remote: string; readonly state: number },
): void => {
  const values = {
    Tcb: 0xffff_c28a_0000_0000n + BigInt(connection.local * 0x100),
    LocalAddress: socketAddress({ address: "10.0.0.5", port: connection.local }),
    RemoteAddress: socketAddress({ address: connection.remote, port: 443 }),
    State: connection.state,
    Pid: owner?.processId ?? 0,
  };
  tcpip(tale, { processId: 4, threadId: 96, processor: 0 }, 1300, values);
};

const RESERVATION_EVENT = { endpoint: 1052, failed: 1053, global: 1054 } as const;
/** Tells machine-wide reservations since Windows 11. */
const GLOBAL_RESERVATION_11 = 1519;

/** A block of ports reserved at once. */
export const reserves = (
  tale: Story,
  owner: Process,
  kind: keyof typeof RESERVATION_EVENT,
  block: { readonly start: number; readonly ports: number; readonly status: number },
): void => {
  const values = {
    ...ownerValues(owner),
    Status: block.status,
    StartPort: barePort(tale, block.start),
    NumberOfPorts: block.ports,
    ReservationType: 1,
    IPTransportProtocol: 6,
    ProcessSequenceNumber: BigInt(owner.processId) + 1000n,
  };
  const context = { processId: owner.processId, threadId: owner.processId + 8, processor: 0 };
  const isYoung = kind === "global" && isAtLeast(tale.options.era, "W11-21H2");
  tcpip(tale, context, isYoung ? GLOBAL_RESERVATION_11 : RESERVATION_EVENT[kind], values);
};
