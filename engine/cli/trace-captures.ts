/**
 * Captures taken beside a trace -> those that belong to it, and why the others do not. A capture never costs the trace: what
 * cannot be read, or is of another time or machine, is told and left out.
 */
import { decodeCapture } from "../artifacts/capture-artifacts.ts";
import { buildSnapshot } from "../artifacts/snapshot.ts";
import { parseIsoTime } from "../bytes/filetime.ts";
import type { Clock } from "../etl/clock.ts";
import { EngineError } from "../etl/errors.ts";
import { buildAccounts } from "../pools/accounts.ts";
import type { TraceSpan } from "../pools/beside/beside.ts";
import { otherMachine, type TraceMachine } from "../pools/beside/same-machine.ts";
import type { GivenCapture, ReadCapture, Span } from "../report/trace-captures.ts";
import { judgeCapture } from "../verdict/capture/verdict.ts";
import { readCaptureInput } from "./capture-input.ts";
import type { Output } from "./output.ts";

const readOne = (file: string, clock: Clock): ReadCapture | string => {
  try {
    const { capture } = readCaptureInput([file]);
    if (capture === null) return "it has no capture.json, so that its time is not known";
    const time = parseIsoTime(capture.manifest.machine.time);
    if (time === null) return "its time cannot be read";
    const snapshot = buildSnapshot(capture.manifest, decodeCapture(capture), []);
    const accounts = buildAccounts(snapshot);
    const judgement = judgeCapture({ snapshot, accounts });
    return { file, capture: { snapshot, accounts, ticks: clock.fromFiletime(time) }, judgement };
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
};

/** The recorder takes its captures while the session runs; a clock that was set meanwhile may move them a little. */
const MAX_AWAY_SECONDS = 600;

export const traceSpan = ({ first, last }: Span, { ticksPerSecond, fromFiletime }: Clock): TraceSpan => ({
  first,
  last,
  ticksPerSecond,
  toTicks: fromFiletime,
});

const refusalOf = ({ capture }: ReadCapture, span: TraceSpan | null, machine: TraceMachine): string | null => {
  if (span === null) return "the trace has no events to which its time could be compared";
  const away = Math.max(span.first - capture.ticks, capture.ticks - span.last) / span.ticksPerSecond;
  if (away > MAX_AWAY_SECONDS) return "it was taken more than 10 minutes before the first event or after the last one";
  return otherMachine(capture, machine, span);
};

/** One that is given twice confirms nothing. */
const refuseRepeated = (given: readonly GivenCapture[]): readonly GivenCapture[] =>
  given.map((each, index) => {
    const same = given.slice(0, index).find(({ read }) => read?.capture.ticks === each.read?.capture.ticks);
    if (each.read === null || each.refusal !== null || same === undefined) return each;
    return { ...each, refusal: `it is of the same moment as ${same.file}` };
  });

const nameOf = ({ capture }: ReadCapture): string | null => capture.snapshot.machine?.name.toLowerCase() ?? null;

/** Names of the machines of those that are of the right time: with two, there is no telling whose trace it is. */
const areOfSeveralMachines = (all: readonly ReadCapture[]): boolean => new Set(all.map(nameOf)).size > 1;

export const readTraceCaptures = (
  files: readonly string[],
  clock: Clock,
  span: Span | null,
  machine: TraceMachine,
): readonly GivenCapture[] => {
  const within = span === null ? null : traceSpan(span, clock);
  const results = files.map((file) => ({ file, result: readOne(file, clock) }));
  const all = results.map(({ file, result }): GivenCapture => {
    if (typeof result === "string") return { file, read: null, refusal: result };
    return { file, read: result, refusal: refusalOf(result, within, machine) };
  });
  const given = refuseRepeated(all);
  const timely = all.flatMap(({ read, refusal }) => (read === null || refusal !== null ? [] : [read]));
  if (!areOfSeveralMachines(timely)) return given;
  return given.map((each) => ({
    ...each,
    refusal: each.refusal ?? "the captures are of different machines, and the trace does not say of which it is",
  }));
};

export const usedCaptures = (given: readonly GivenCapture[]): readonly ReadCapture[] =>
  given.flatMap(({ read, refusal }) => (read === null || refusal !== null ? [] : [read]));

export const writeRefusals = (output: Output, given: readonly GivenCapture[]): void => {
  for (const { file, refusal } of given) {
    if (refusal === null) continue;
    const message = `The capture ${file} is not used: ${refusal.replace(/\.$/, "")}.`;
    output.write({ kind: "diagnostic", severity: "warning", code: "capture-not-used", message, offset: null });
  }
};
