/** What a verdict is made from: the facts of the trace, and how much of the trace could be read. */
import type { Beside } from "../../pools/beside/add-captures.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";

export interface Reading {
  readonly hasAfd: boolean;
  readonly hasTcpip: boolean;
  readonly events: number;
  readonly eventsLost: number;
  readonly buffersLost: number;
  readonly damagedBuffers: number;
  readonly isTruncated: boolean;
  /** Events about ports that could not be decoded. */
  readonly unreadable: number;
  readonly outOfOrder: number;
  /** The session was never closed. */
  readonly isUnfinished: boolean;
  readonly isWindowed: boolean;
  /** From first to last event; null where there is none. */
  readonly spanSeconds: number | null;
}

export interface EvidenceBeside extends Beside {
  /** What the capture of the end says of itself, where that is exhaustion. */
  readonly endVerdict: string | null;
}

export interface TraceEvidence {
  readonly facts: TraceFacts;
  readonly reading: Reading;
  readonly toIso: (ticks: number) => string;
  /** What captures added; null where none was used. */
  readonly beside: EvidenceBeside | null;
}
