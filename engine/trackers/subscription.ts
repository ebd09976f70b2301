/** What a tracker sees of an event, and how it says which events it wants. */
import type { Provider } from "../providers/provider.ts";

/** One decoded event. The same object is reused for every event: a tracker keeps numbers, never the row. */
export interface EventRow {
  /** Event id, or type of a classic event. */
  id: number;
  /** Ticks since the session's start. */
  ticks: number;
  /** Of the thread that logged; not always the owner's. */
  processId: number;
  threadId: number;
  /** Fields by SLOT. */
  readonly values: Float64Array;
  /** What address and string fields point into. */
  view: DataView;
}

export interface Subscription {
  readonly provider: Provider;
  readonly ids: readonly number[];
  /** Wanted outside the time window too: who a process is does not depend on the window. */
  readonly isTimeless?: boolean;
  readonly on: (row: EventRow) => void;
}
