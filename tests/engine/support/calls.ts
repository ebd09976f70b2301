// Failed calls, processes and sockets as the trackers pass them on, for tests of single trackers.

import type { FailedCall } from "../../../engine/model/call.ts";
import { STATUS } from "../../../engine/model/ntstatus.ts";
import type { TrackedProcess } from "../../../engine/model/process.ts";
import { type Socket, unseenSocket } from "../../../engine/trackers/socket-table.ts";

export const processOf = (index: number, given: Partial<TrackedProcess> = {}): TrackedProcess => ({
  index,
  eprocess: null,
  processId: 4000 + index * 4,
  name: `p${index}.exe`,
  firstTicks: 0,
  isInferred: false,
  isStarted: false,
  endedTicks: null,
  mergedInto: null,
  inferredFrom: null,
  ...given,
});

/** A TCP bind to any port that found none. */
export const failedBind = (given: Partial<FailedCall> = {}): FailedCall => ({
  ticks: 0,
  threadId: 1,
  operation: "bind",
  protocol: "tcp",
  status: STATUS.tooManyAddresses,
  process: null,
  requestedPort: 0,
  local: null,
  remote: null,
  ...given,
});

export const socketOf = (process: TrackedProcess, given: Partial<Socket> = {}): Socket => ({
  ...unseenSocket(0x1000, process.eprocess ?? 0, process),
  protocol: "tcp",
  holdsPort: true,
  ...given,
});
