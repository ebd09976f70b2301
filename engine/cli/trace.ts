/** `trace FILE`: the verdict on a trace. */
import { formatFiletime, parseIsoTime } from "../bytes/filetime.ts";
import { openTrace, type ReadResult, readTrace, type TraceSession } from "../etl/reader.ts";
import { addCaptures } from "../pools/beside/add-captures.ts";
import { AFD } from "../providers/afd.ts";
import { ROW_SIZE } from "../providers/slots.ts";
import { TCPIP } from "../providers/tcpip.ts";
import { diagnoseTrace } from "../remedies/diagnose.ts";
import { type KindCount, kindCounts, unreadableEvents } from "../report/coverage.ts";
import { createFailureRows } from "../report/failure-rows.ts";
import { fitReport } from "../report/fit.ts";
import { type GivenCapture, traceCapturesOf } from "../report/trace-captures.ts";
import { traceGrowth } from "../report/trace-growth.ts";
import { buildTraceReport } from "../report/trace-report.ts";
import { createAnalysis, type TraceFacts } from "../trackers/analysis.ts";
import { createDispatcher, describeFor } from "../trackers/dispatch.ts";
import type { EvidenceBeside, Reading } from "../verdict/trace/evidence.ts";
import { judgeTrace } from "../verdict/trace/verdict.ts";
import type { Output } from "./output.ts";
import { progressFor, type WindowOptions, windowOf, writeDiagnostics } from "./session.ts";
import { readTraceCaptures, traceSpan, usedCaptures, writeRefusals } from "./trace-captures.ts";

export interface TraceOptions extends WindowOptions {
  readonly file: string;
  /** Write every failed call too. */
  readonly failures: boolean;
  /** Captures taken beside it. */
  readonly captures?: readonly string[];
}

const hasEventsOf = (counts: readonly KindCount[], guid: string): boolean => counts.some((kind) => kind.guid === guid);

const readingOf = (
  { log, clock }: TraceSession,
  { damage, outOfOrder, isUnfinished, span }: ReadResult,
  counts: readonly KindCount[],
  isWindowed: boolean,
): Reading => ({
  hasAfd: hasEventsOf(counts, AFD.guid),
  hasTcpip: hasEventsOf(counts, TCPIP.guid),
  events: counts.reduce((sum, { events }) => sum + events, 0),
  eventsLost: log.eventsLost,
  buffersLost: log.buffersLost,
  damagedBuffers: damage.damagedBuffers,
  isTruncated: damage.isTruncated,
  unreadable: unreadableEvents(counts).reduce((sum, { events }) => sum + events, 0),
  outOfOrder,
  isUnfinished,
  isWindowed,
  spanSeconds: span === null ? null : (span.last - span.first) / clock.ticksPerSecond,
});

/** In the form of the contract, whatever form it was given in. */
const normalTime = (text: string | undefined): string | null => {
  const filetime = text === undefined ? null : parseIsoTime(text);
  return filetime === null ? null : formatFiletime(filetime);
};

interface Joined {
  readonly facts: TraceFacts;
  readonly beside: EvidenceBeside | null;
}

const withCaptures = (
  facts: TraceFacts,
  given: readonly GivenCapture[],
  { clock }: TraceSession,
  { span }: ReadResult,
  isWindowed: boolean,
): Joined => {
  const used = usedCaptures(given);
  if (used.length === 0 || span === null) return { facts, beside: null };
  const captures = used.map(({ capture }) => capture);
  const joined = addCaptures(facts, captures, traceSpan(span, clock), isWindowed);
  const last = [...used].sort((a, b) => a.capture.ticks - b.capture.ticks).at(-1);
  const verdict = last?.judgement.verdict;
  const isShort = joined.beside.hasStop && verdict?.level === "Exhausted";
  return { facts: joined.facts, beside: { ...joined.beside, endVerdict: isShort ? verdict.summary : null } };
};

export const runTrace = (output: Output, options: TraceOptions): void => {
  const session = openTrace(options.file);
  try {
    const window = windowOf(session, options);
    const rows = createFailureRows(session.clock, output.write);
    const analysis = createAnalysis(session.clock.ticksPerSecond, options.failures ? rows.add : () => undefined);
    const { subscriptions } = analysis;
    const readOptions = {
      describe: describeFor(subscriptions),
      window,
      rowSize: ROW_SIZE,
      onProgress: progressFor(output, session),
    };
    const result = readTrace(session, readOptions, createDispatcher(subscriptions, window));
    const counts = kindCounts(result.kinds);
    const reading = readingOf(session, result, counts, window !== null);
    const traced = analysis.finish(reading.hasAfd);
    const { osBuild, bootTime } = session.log;
    const machine = { osBuild, bootTime, processes: traced.processes };
    const given = readTraceCaptures(options.captures ?? [], session.clock, result.span, machine);
    const { facts, beside } = withCaptures(traced, given, session, result, window !== null);
    writeDiagnostics(output, result.damage, result.isUnfinished);
    writeRefusals(output, given);
    rows.flush();
    const evidence = { facts, reading, toIso: session.clock.toIso, beside };
    const judgement = judgeTrace(evidence);
    const growth = traceGrowth({
      facts,
      span: result.span === null ? null : traceSpan(result.span, session.clock),
      toIso: session.clock.toIso,
      captures: usedCaptures(given).map(({ capture }) => capture),
    });
    const diagnosis = diagnoseTrace({ evidence, ...judgement, growth });
    const report = buildTraceReport({
      session,
      result,
      counts,
      facts,
      verdict: judgement.verdict,
      growth,
      diagnosis,
      captures: traceCapturesOf(given, result.span),
      since: normalTime(options.since),
      until: normalTime(options.until),
    });
    output.write(fitReport(report));
  } finally {
    session.file.close();
  }
};
