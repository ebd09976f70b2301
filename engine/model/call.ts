/** A call that failed, as any witness reports it. */
import type { Operation } from "../generated/records.ts";
import type { TrackedProcess } from "./process.ts";
import type { Protocol } from "./protocol.ts";

export type Witness = "afd" | "tcpip";

/** Port of a request where the trace does not show the address. */
export const PORT_UNKNOWN = -1;

export interface FailedCall {
  readonly ticks: number;
  readonly threadId: number;
  readonly operation: Operation;
  readonly protocol: Protocol;
  readonly status: number;
  /** Null where the witness does not name one. */
  readonly process: TrackedProcess | null;
  /** 0: any port; PORT_UNKNOWN: not shown. */
  readonly requestedPort: number;
  readonly local: string | null;
  readonly remote: string | null;
}
