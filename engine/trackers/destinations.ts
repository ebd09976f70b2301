/** Remote endpoints to which connects failed for want of a free port or 4-tuple. */
import type { Witness } from "../model/call.ts";
import { STATUS } from "../model/ntstatus.ts";
import { NO_REMOTE, type Remotes } from "./remotes.ts";

export interface Destination {
  readonly remote: string;
  readonly connects: number;
  readonly failures: number;
}

export interface Destinations {
  /** A connect was asked for, as this witness saw it. */
  readonly requested: (witness: Witness, remote: number) => void;
  readonly failed: (remote: string) => void;
  /** Connects are those of one witness, since both see the same ones. */
  readonly finish: (witness: Witness) => readonly Destination[];
}

/** At connect, both say that no local port was left for this remote endpoint. */
export const isPortlessConnect = (status: number): boolean =>
  status === STATUS.tooManyAddresses || status === STATUS.addressAlreadyExists;

/** Remote endpoints with failures that are kept; far more than a report can show. */
const MAX_FAILED = 10_000;

export const createDestinations = (remotes: Remotes): Destinations => {
  const requests: Readonly<Record<Witness, number[]>> = { afd: [], tcpip: [] };
  const failures = new Map<string, number>();
  return {
    requested: (witness, remote) => {
      const counts = requests[witness];
      if (remote !== NO_REMOTE) counts[remote] = (counts[remote] ?? 0) + 1;
    },
    failed: (remote) => {
      const count = failures.get(remote) ?? 0;
      if (count > 0 || failures.size < MAX_FAILED) failures.set(remote, count + 1);
    },
    finish: (witness) => {
      const connects = new Map<string, number>();
      requests[witness].forEach((count, remote) => {
        const text = remotes.text(remote);
        if (text !== null && failures.has(text)) connects.set(text, count);
      });
      return [...failures]
        .map(([remote, count]) => ({ remote, connects: Math.max(connects.get(remote) ?? 0, count), failures: count }))
        .sort((a, b) => b.failures - a.failures);
    },
  };
};
