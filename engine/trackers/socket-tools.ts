/** What the readers of socket events work with. */
import type { FailedCall } from "../model/call.ts";
import type { TrackedProcess } from "../model/process.ts";
import type { Protocol } from "../model/protocol.ts";
import type { BindCounts } from "./call-counts.ts";
import type { Processes } from "./processes.ts";
import type { Remotes } from "./remotes.ts";
import type { SocketTable } from "./socket-table.ts";

export interface SocketTools {
  readonly table: SocketTable;
  readonly processes: Processes;
  readonly remotes: Remotes;
  readonly binds: BindCounts;
  readonly failed: (call: FailedCall) => void;
  readonly connectRequested: (remote: number, process: TrackedProcess) => void;
  /** A bind got this port. */
  readonly portSeen: (port: number, protocol: Protocol) => void;
  /** A bind got a port, and its number, or how its bytes lie, is not told: then the other reading of it, or PORT_UNKNOWN. */
  readonly portTaken: (port: number, protocol: Protocol) => void;
}
