/**
 * Connections in TIME_WAIT: entered during the trace (TCPIP 1051, state change) and there already when the rundown was
 * logged (TCPIP 1300). Both are null where the trace has no such events: absence is not zero.
 */
import { TCP_TIME_WAIT } from "../model/protocol.ts";
import { SLOT } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import type { Subscription } from "./subscription.ts";

export interface TimeWait {
  readonly entered: number | null;
  readonly atStart: number | null;
}

export interface TimeWaitTracker {
  readonly subscriptions: readonly Subscription[];
  readonly finish: () => TimeWait;
}

const ID = { stateChange: 1051, rundown: 1300 } as const;

export const createTimeWait = (): TimeWaitTracker => {
  let entered: number | null = null;
  let atStart: number | null = null;
  return {
    subscriptions: [
      {
        provider: TCPIP,
        ids: [ID.stateChange],
        on: ({ values }) => {
          entered = (entered ?? 0) + (values[SLOT.newState] === TCP_TIME_WAIT ? 1 : 0);
        },
      },
      {
        provider: TCPIP,
        ids: [ID.rundown],
        on: ({ values }) => {
          atStart = (atStart ?? 0) + (values[SLOT.state] === TCP_TIME_WAIT ? 1 : 0);
        },
      },
    ],
    finish: () => ({ entered, atStart }),
  };
};
