/**
 * Failed calls one by one, in rows. Names of processes often come at the end of a trace (rundown), so rows wait for the
 * end as long as there are not too many of them; the surplus is written with the names known by then.
 */
import type { Clock } from "../etl/clock.ts";
import type { FailureRow, FailureRowsRecord } from "../generated/records.ts";
import { formatStatus, statusMeaning, statusName } from "../model/ntstatus.ts";
import { isExhaustion } from "../trackers/failures.ts";
import type { WitnessedCall } from "../trackers/witness.ts";
import { ownerOf, witnessesOf } from "./parts.ts";
import { inBatches } from "./rows.ts";

export interface FailureRows {
  readonly add: (call: WitnessedCall) => void;
  readonly flush: () => void;
}

const MAX_WAITING = 50_000;

const rowOf =
  ({ toIso }: Clock) =>
  (witnessed: WitnessedCall): FailureRow => {
    const { call } = witnessed;
    return {
      time: toIso(call.ticks),
      ...ownerOf(call.process),
      operation: call.operation,
      protocol: call.protocol,
      local: call.local,
      remote: call.remote,
      status: formatStatus(call.status),
      name: statusName(call.status),
      isExhaustion: isExhaustion(call),
      meaning: statusMeaning(call.status),
      witnesses: witnessesOf(witnessed),
    };
  };

export const createFailureRows = (clock: Clock, write: (record: FailureRowsRecord) => void): FailureRows => {
  const toRow = rowOf(clock);
  let waiting: WitnessedCall[] = [];
  const flush = (): void => {
    inBatches(waiting.map(toRow), (rows) => write({ kind: "rows", of: "failure", rows }));
    waiting = [];
  };
  return {
    add: (call) => {
      waiting.push(call);
      if (waiting.length >= MAX_WAITING) flush();
    },
    flush,
  };
};
