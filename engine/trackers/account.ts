/** What one source (AFD, or TCPIP alone) says of the ports: binds, who holds them, and how that went over time. */
import { type BindCounts, createBindCounts } from "./call-counts.ts";
import type { ExhaustionObserver } from "./failure-flow.ts";
import { createHoldings, type Holdings } from "./holdings.ts";
import type { SocketObserver } from "./socket-table.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

export interface Account {
  readonly binds: BindCounts;
  readonly holdings: Holdings;
  readonly timeline: Timeline;
  readonly sockets: SocketObserver;
  readonly exhaustion: ExhaustionObserver;
}

export const createAccount = (ticksPerSecond: number): Account => {
  const holdings = createHoldings();
  const timeline = createTimeline(ticksPerSecond);
  return {
    binds: createBindCounts(),
    holdings,
    timeline,
    sockets: {
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
      closedFromBeforeTrace: (process, ticks) => {
        holdings.closedFromBeforeTrace(process);
        timeline.closedBefore(ticks);
      },
    },
    exhaustion: { evidence: holdings.evidence, failed: timeline.failed },
  };
};
