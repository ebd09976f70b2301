/**
 * Whether a capture is of the machine, and of the time since its start, that a trace is of. A trace names no machine; what it
 * tells of its Windows, and of processes that ran when the capture was taken, may contradict.
 */
import { isKernelOrNobody, isSameImage, KERNEL_PID, type TrackedProcess } from "../../model/process.ts";
import type { BesideCapture, TraceSpan } from "./beside.ts";

export interface TraceMachine {
  /** Windows build; 0 where it is not told. */
  readonly osBuild: number;
  /** FILETIME; 0 where it is not told. */
  readonly bootTime: bigint;
  readonly processes: readonly TrackedProcess[];
}

/** Enablement packages raise the number and change nothing that a trace would tell: 19041 to 19045, 26100 to 26200. */
const SAME_BUILD = 100;

const isOtherBuild = ({ snapshot }: BesideCapture, { osBuild }: TraceMachine): boolean => {
  const own = snapshot.machine?.osBuild ?? 0;
  return own !== 0 && osBuild !== 0 && Math.abs(own - osBuild) > SAME_BUILD;
};

/** The clock may have been set a little at the start. */
const BOOT_MARGIN = 600_000_000n;

/** The machine was started again between the two: the kernel's process is as old as the machine runs. */
const isOtherBoot = (
  { snapshot, ticks }: BesideCapture,
  { bootTime }: TraceMachine,
  { last, toTicks }: TraceSpan,
): boolean => {
  if (snapshot.time !== null && bootTime !== 0n && snapshot.time < bootTime - BOOT_MARGIN) return true;
  const started = snapshot.processes.get(KERNEL_PID)?.created ?? null;
  return started !== null && toTicks(started) > last && toTicks(started) <= ticks;
};

/** Not every trace tells when a process ended: later, most of those that it names may have gone, and their PIDs to others. */
const MAX_SINCE_SECONDS = 600;

/** Processes of the trace that ran when the capture was taken, as far as the trace tells: how it names them. */
const namesThen = ({ snapshot, ticks }: BesideCapture, { processes }: TraceMachine, { ticksPerSecond }: TraceSpan) =>
  processes.flatMap(({ processId, name, isInferred, firstTicks, endedTicks }) => {
    const since = (ticks - firstTicks) / ticksPerSecond;
    const ranThen = since >= 0 && since <= MAX_SINCE_SECONDS && (endedTicks === null || endedTicks > ticks);
    if (processId === null || name === null || isInferred || !ranThen || isKernelOrNobody(processId)) return [];
    return [{ processId, name, here: snapshot.processes.get(processId) ?? null }];
  });

/** Processes that it names otherwise, or does not have, where its list is whole. */
const contradictions = (capture: BesideCapture, trace: TraceMachine, span: TraceSpan): string | null => {
  const names = namesThen(capture, trace, span);
  const known = names.filter(({ here }) => here !== null && here.name !== null);
  const others = known.filter(({ name, here }) => !isSameImage(name, here?.name ?? name));
  const missing = capture.snapshot.areProcessesKnown ? names.filter(({ here }) => here === null) : [];
  if ((others.length + missing.length) * 2 <= names.length) return null;
  const [example] = others;
  if (example !== undefined)
    return `PID ${example.processId} is ${example.name} in the trace and ${example.here?.name} in the capture`;
  // A process may have ended without an event.
  return missing.length > 2 ? `${missing.length} processes of the trace do not run in the capture` : null;
};

/** The reason why it is not of this machine; null where nothing contradicts. */
export const otherMachine = (capture: BesideCapture, trace: TraceMachine, span: TraceSpan): string | null => {
  if (isOtherBuild(capture, trace))
    return `it is of another machine: of Windows build ${capture.snapshot.machine?.osBuild}, and the trace is of build ${trace.osBuild}`;
  if (isOtherBoot(capture, trace, span)) return "the machine was started again between this capture and the trace";
  const contradiction = contradictions(capture, trace, span);
  return contradiction === null ? null : `it is of another machine: ${contradiction}`;
};
