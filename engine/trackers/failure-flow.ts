/** The way of a failed call: from its witnesses to the sums, the destinations, the timeline and the evidence. */
import type { FailedCall, Witness } from "../model/call.ts";
import { type Destinations, isPortlessConnect } from "./destinations.ts";
import { createFailures, type FailureFacts, isExhaustion, type Span } from "./failures.ts";
import { createWitnesses, type WitnessedCall } from "./witness.ts";

/** What an account of ports wants to know of exhaustion. */
export interface ExhaustionObserver {
  /** A call has just failed for want of a port. */
  readonly evidence: () => void;
  /** Such a call, once both witnesses have had their say. */
  readonly failed: (ticks: number) => void;
}

export interface FailureFlow {
  readonly report: (witness: Witness) => (call: FailedCall) => void;
  readonly finish: () => { readonly failures: FailureFacts; readonly evidence: Span | null };
}

export const createFailureFlow = (
  ticksPerSecond: number,
  destinations: Destinations,
  observers: readonly ExhaustionObserver[],
  onFailedCall: (call: WitnessedCall) => void,
): FailureFlow => {
  const failures = createFailures();
  const evidence = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };

  const witnesses = createWitnesses(ticksPerSecond, (witnessed) => {
    const { call } = witnessed;
    failures.add(witnessed);
    if (isExhaustion(call)) {
      evidence.first = Math.min(evidence.first, witnessed.firstTicks);
      evidence.last = Math.max(evidence.last, witnessed.lastTicks);
      for (const observer of observers) observer.failed(call.ticks);
    }
    const isPortless = call.operation === "connect" && call.requestedPort <= 0 && isPortlessConnect(call.status);
    if (isPortless && call.remote !== null) destinations.failed(call.remote);
    onFailedCall(witnessed);
  });

  return {
    report: (witness) => (call) => {
      // What is held at this moment is known only now, before the twin report may come.
      if (isExhaustion(call)) for (const observer of observers) observer.evidence();
      witnesses.report(witness, call);
    },
    finish: () => {
      witnesses.flush();
      return { failures: failures.finish(), evidence: evidence.first <= evidence.last ? evidence : null };
    },
  };
};
