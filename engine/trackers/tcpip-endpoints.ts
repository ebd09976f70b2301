/**
 * Which process owns a TCPIP endpoint: events that name a PID beside the endpoint's address teach it, events that name
 * only the address ask for it. Bounded; a forgotten endpoint falls back to the PID in the event's header (binds run in
 * the caller's thread).
 */
import type { TrackedProcess } from "../model/process.ts";
import { SLOT } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import type { Processes } from "./processes.ts";
import type { EventRow, Subscription } from "./subscription.ts";

export interface EndpointOwners {
  readonly subscriptions: readonly Subscription[];
  readonly ownerOf: (row: EventRow) => TrackedProcess;
}

const ID = {
  created: 1001,
  createComplete: 1013,
  udpCreateComplete: 1391,
  udpCloseBound: 1397,
  udpCloseUnbound: 1398,
  close: 1009,
} as const;
const MAX_ENDPOINTS = 200_000;

export const createEndpointOwners = (processes: Processes): EndpointOwners => {
  const pids = new Map<number, number>();

  const learn = ({ values }: EventRow): void => {
    const endpoint = values[SLOT.endpoint] as number;
    if (endpoint !== 0 && (pids.size < MAX_ENDPOINTS || pids.has(endpoint)))
      pids.set(endpoint, values[SLOT.processId] as number);
  };
  const forget = ({ values }: EventRow): void => {
    pids.delete(values[SLOT.endpoint] as number);
  };

  return {
    subscriptions: [
      { provider: TCPIP, ids: [ID.created, ID.createComplete, ID.udpCreateComplete], on: learn },
      { provider: TCPIP, ids: [ID.close, ID.udpCloseBound, ID.udpCloseUnbound], on: forget },
    ],
    ownerOf: (row) => processes.ofPid(pids.get(row.values[SLOT.endpoint] as number) ?? row.processId),
  };
};
