/** `events FILE`: what is in a trace, event by event or counted by kind. */
import { openTrace, readTrace } from "../etl/reader.ts";
import type { Describe } from "../etl/kinds.ts";
import { ROW_SIZE } from "../providers/slots.ts";
import { eventCountRecords, kindCounts } from "../report/coverage.ts";
import { createEventSink } from "../report/event-record.ts";
import { describeFor } from "../trackers/dispatch.ts";
import type { Output } from "./output.ts";
import { progressFor, type WindowOptions, windowOf, writeDiagnostics } from "./session.ts";

export interface EventsOptions extends WindowOptions {
  readonly file: string;
  /** One record per kind of event instead of one per event. */
  readonly count: boolean;
}

/** Known layouts are checked, so that the counts say what could be decoded; nothing is delivered. */
const checkAll: Describe = describeFor([]);

const deliverAll: Describe = (identity) => ({ ...checkAll(identity), isWanted: true });

export const runEvents = (output: Output, options: EventsOptions): void => {
  const session = openTrace(options.file);
  try {
    const readOptions = {
      describe: options.count ? checkAll : deliverAll,
      window: windowOf(session, options),
      rowSize: ROW_SIZE,
      onProgress: progressFor(output, session),
    };
    const result = readTrace(
      session,
      readOptions,
      options.count ? () => () => undefined : createEventSink(session.clock, output.write),
    );
    writeDiagnostics(output, result.damage, result.isUnfinished);
    if (options.count) eventCountRecords(kindCounts(result.kinds)).forEach(output.write);
  } finally {
    session.file.close();
  }
};
