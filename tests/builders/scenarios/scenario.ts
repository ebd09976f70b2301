// What a scenario is: a trace, what happened in one line, and what an analysis has to say about it.
// Numbers in `expected` are written down by hand from the story, never computed from the trace.
//
// How things are counted: attempted = bind requests (enter records; completions of the events 1 - 41),
// succeeded and failed = completions. Opened = successful binds that carry a port, and ports chosen at connect
// (deferred). Closed = of these, given back by the first of close and cleanup. closedFromBeforeTrace = closed
// sockets whose endpoint was neither created nor bound in the trace. A culprit held at least half of the ports
// at the last proof of exhaustion and 128 of them at least; for churn it opened as many.

import { type Story, told } from "../story.ts";
import type { TraceFile } from "../trace-file.ts";

export type ExpectedHolder = {
  readonly processId: number | null;
  readonly processName?: string | null;
  readonly opened: number;
  readonly closed: number;
  readonly held: number;
  readonly peak: number;
  readonly deferred: number;
  readonly closedFromBeforeTrace: number;
};

export type ExpectedReservation = {
  readonly processId: number;
  readonly status: string;
  readonly startPort: number;
  readonly ports: number;
};

/** What is left out is not for the scenario to say. */
export type Expected = {
  readonly exhausted: "yes" | "no" | "unknown";
  readonly pattern?: string;
  /** Null: nobody may be accused. */
  readonly culprit?: number | null;
  readonly culpritName?: string;
  readonly binds?: { readonly attempted: number; readonly succeeded: number; readonly failed: number };
  /** exhaustion.failures. */
  readonly failures?: number;
  readonly victims?: readonly { readonly processId: number; readonly failures: number }[];
  readonly holders?: readonly ExpectedHolder[];
  readonly reservations?: readonly ExpectedReservation[];
  readonly destination?: { readonly remote: string; readonly failures: number };
  readonly coverage?: {
    readonly eventsLost?: number;
    readonly buffersLost?: number;
    readonly damagedBuffers?: number;
    readonly truncated?: boolean;
    readonly unreadable?: readonly { readonly id: number; readonly version: number; readonly events: number }[];
  };
  readonly session?: Readonly<Record<string, string | number | boolean | null>>;
};

/** A scenario as the lists hold it: the story, how it lies in its file, what it comes to. */
export type Plot = {
  /** One line for people. */
  readonly tells: string;
  readonly tale: () => Story;
  readonly file?: Partial<TraceFile>;
  readonly damage?: (bytes: Uint8Array) => Uint8Array;
  readonly expected: Expected;
};

export type Scenario = {
  readonly tells: string;
  /** The same story can be told in another file, as compressed or on another clock. */
  readonly build: (given?: Partial<TraceFile>) => Uint8Array;
  readonly expected: Expected;
};

export const scenarioOf = ({ tells, tale, file, damage, expected }: Plot): Scenario => ({
  tells,
  build: (given = {}) => {
    const bytes = told(tale(), { ...file, ...given });
    return damage === undefined ? bytes : damage(bytes);
  },
  expected,
});

/** A holder in one line: everything that is not said is 0, what is not closed is held. */
export const holder = (
  processId: number | null,
  opened: number,
  given: Partial<Omit<ExpectedHolder, "processId" | "opened">> = {},
): ExpectedHolder => {
  const closed = given.closed ?? 0;
  const held = opened - closed;
  return { processId, opened, held, peak: held, deferred: 0, closedFromBeforeTrace: 0, ...given, closed };
};
