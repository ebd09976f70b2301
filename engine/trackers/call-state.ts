/**
 * A call may be logged with or without its address, under two ids, and its request and completion may differ in that: both
 * ids are one call. This tells a second report of the same call from the next call.
 */

export interface CallState {
  /** Id of the request that waits for its completion, 0 for none. */
  requestId: number;
  /** Id of the last completion, 0 after a new request. */
  completionId: number;
}

/** A request; false where it is the same call's request under its other id. */
export const begin = (call: CallState, id: number): boolean => {
  const isSameCall = call.requestId !== 0 && call.requestId !== id;
  call.requestId = id;
  call.completionId = 0;
  return !isSameCall;
};

/** A completion; false where it is the same call's completion under its other id. */
export const complete = (call: CallState, id: number): boolean => {
  const isSameCall = call.requestId === 0 && call.completionId !== 0 && call.completionId !== id;
  call.requestId = 0;
  call.completionId = id;
  return !isSameCall;
};
