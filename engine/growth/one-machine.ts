/**
 * Whether captures can be compared: they are of one machine, between two of its starts, and its clock went on between
 * them. A machine tells no uptime in a capture; processes and when they began are what time is checked by.
 */
import type { SnapshotProcess } from "../artifacts/snapshot.ts";
import { formatFiletime } from "../bytes/filetime.ts";
import { EngineError } from "../etl/errors.ts";
import { isKernelOrNobody } from "../model/process.ts";
import { isSameLife } from "./lives.ts";
import { type Moment, startOf } from "./moment.ts";

const timeText = (time: bigint): string => (formatFiletime(time) ?? "an unknown time").replace("T", " ").slice(0, 19);

const ONE_MACHINE = "Compare captures of one machine, taken one after the other.";

const differentMachines = (first: Moment, other: Moment, why: string): EngineError =>
  new EngineError(
    "captures-different-machines",
    `${first.file} and ${other.file} are of different machines: ${why}.`,
    ONE_MACHINE,
    other.file,
  );

const computerText = ({ computer }: Moment): string => computer ?? "a machine without a name";

const checkNames = (before: Moment, after: Moment): void => {
  if (before.computer?.toLowerCase() !== after.computer?.toLowerCase())
    throw differentMachines(before, after, `${computerText(before)} and ${computerText(after)}`);
};

/** The clock is read again at each start, so that the same start is never told twice; but CIM and the kernel round otherwise. */
const SAME_START = 10_000_000n;

/** Fewer may all have ended of their own. */
const FEWEST_SURVIVORS_OF = 3;

const createdIn = ({ processes }: Moment): readonly (readonly [number, SnapshotProcess])[] =>
  [...processes].filter(([processId, { created }]) => !isKernelOrNobody(processId) && created !== null);

/** Some processes live as long as the machine runs (smss.exe, csrss.exe, services.exe): where none is left, it was another run. */
const hasNoSurvivor = (before: Moment, after: Moment): boolean => {
  const known = createdIn(before);
  if (!after.areProcessesKnown || known.length < FEWEST_SURVIVORS_OF) return false;
  return known.every(([processId, process]) => {
    const now = after.processes.get(processId);
    return now === undefined || (now.created !== null && !isSameLife(process, now));
  });
};

const isOtherStart = (before: Moment, after: Moment): boolean => {
  const [first, second] = [startOf(before), startOf(after)];
  if (first !== null && second !== null) return first - second > SAME_START || second - first > SAME_START;
  return hasNoSurvivor(before, after);
};

const checkStart = (before: Moment, after: Moment): void => {
  // What a machine with this name runs now may also be a new installation; it was started for that in any case.
  const isOtherBuild = before.osBuild !== null && after.osBuild !== null && before.osBuild !== after.osBuild;
  if (!isOtherBuild && !isOtherStart(before, after)) return;
  throw new EngineError(
    "captures-restart-between",
    `The machine was started again between ${before.file} (${timeText(before.time)} UTC) and ${after.file} (${timeText(after.time)} UTC), or they are of two machines of one name.`,
    "Compare captures of the same run of Windows: a restart gives all ports back.",
    after.file,
  );
};

/** A clock that is set right by less changes a rate little, and happens each day. */
const STEP_MARGIN = 600_000_000n;
/** The time of a capture is that of its beginning; with all limits of its questions, the list of processes may come minutes later. */
const CAPTURE_MARGIN = 3_000_000_000n;

const clockJump = (before: Moment, after: Moment, why: string): EngineError =>
  new EngineError(
    "captures-clock-jump",
    `The clock was set between ${before.file} (${timeText(before.time)} UTC) and ${after.file} (${timeText(after.time)} UTC): ${why}. How much time passed is not known.`,
    "Take two captures now, one after the other, and compare those.",
    after.file,
  );

const processText = (processId: number, { name }: SnapshotProcess): string =>
  name === null ? `PID ${processId}` : `${name} (${processId})`;

const has = ({ processes }: Moment, processId: number, process: SnapshotProcess): boolean => {
  const now = processes.get(processId);
  return now !== undefined && isSameLife(process, now);
};

/** Who began before the earlier one, as the clock has it, and is in the later one only, began in truth after it. */
const checkNewcomers = (before: Moment, after: Moment): void => {
  if (!before.areProcessesKnown) return;
  const newcomer = createdIn(after).find(
    ([processId, process]) => (process.created ?? 0n) < before.time - STEP_MARGIN && !has(before, processId, process),
  );
  if (newcomer === undefined) return;
  const [processId, process] = newcomer;
  throw clockJump(
    before,
    after,
    `${processText(processId, process)} is in the later one only, and says that it began at ${timeText(process.created ?? 0n)} UTC, before the earlier one`,
  );
};

const isAhead = ({ time }: Moment, { created }: SnapshotProcess): boolean =>
  created !== null && created > time + CAPTURE_MARGIN;

/**
 * A process that is younger than the capture that shows it began before the clock was set back. Where it is so in both, that
 * was before the first: the clock of many a machine is set right just after its start. Where it is so in the earlier one only,
 * the clock may also have been set back between, and the earlier one be the later one in truth.
 */
const checkAhead = (before: Moment, after: Moment): void => {
  const isOfBetween = ([processId, process]: readonly [number, SnapshotProcess]): boolean =>
    isAhead(after, process) && before.areProcessesKnown && !has(before, processId, process);
  const isCaughtUp = ([, process]: readonly [number, SnapshotProcess]): boolean =>
    isAhead(before, process) && !isAhead(after, process);
  const found = createdIn(after).find(isOfBetween) ?? createdIn(before).find(isCaughtUp);
  if (found === undefined) return;
  const [processId, process] = found;
  throw clockJump(
    before,
    after,
    `${processText(processId, process)} says that it began at ${timeText(process.created ?? 0n)} UTC, after a capture that shows it`,
  );
};

const TOO_FEW = "Take another capture some minutes later with New-PortSnapshot, and give both.";

const checkCount = (moments: readonly Moment[], given: number): void => {
  if (moments.length > 1) return;
  const message =
    given > 1
      ? `All ${given} captures are of one moment, so that nothing can have changed between them.`
      : "One capture shows no change; at least two are compared.";
  throw new EngineError("captures-too-few", message, TOO_FEW, moments[0]?.file ?? null);
};

const byTime = (a: Moment, b: Moment): number =>
  a.time === b.time ? (a.file < b.file ? -1 : 1) : a.time < b.time ? -1 : 1;

export interface Comparable {
  /** In their order of time, each later than the one before. */
  readonly moments: readonly Moment[];
  /** Files of the same moment as another one: they say nothing new. */
  readonly repeated: readonly string[];
}

/** Errors: captures-too-few, captures-different-machines, captures-restart-between, captures-clock-jump. */
export const comparable = (given: readonly Moment[]): Comparable => {
  const sorted = given.toSorted(byTime);
  const isRepeated = (moment: Moment, index: number): boolean => index > 0 && sorted[index - 1]?.time === moment.time;
  for (const [index, after] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined) checkNames(before, after);
  }
  const moments = sorted.filter((moment, index) => !isRepeated(moment, index));
  checkCount(moments, given.length);
  for (const [index, after] of moments.entries()) {
    const before = moments[index - 1];
    if (before === undefined) continue;
    checkStart(before, after);
    checkNewcomers(before, after);
    checkAhead(before, after);
  }
  return { moments, repeated: sorted.filter(isRepeated).map(({ file }) => file) };
};
