/** What the readers of socket events work with. */
import type { FailedCall } from "../model/call.ts";
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
  readonly connectRequested: (remote: number) => void;
  /** A port number known from a socket address. */
  readonly portSeen: (port: number) => void;
}
