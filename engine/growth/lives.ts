/**
 * Which process of one capture is which of another: PID and creation time together are one process. A PID that was used again
 * is another one, and what is left of a process that has ended is that process's.
 */
import type { SnapshotProcess } from "../artifacts/snapshot.ts";
import { isSameImage, KERNEL_PID } from "../model/process.ts";
import { entryOf } from "../pools/tally.ts";
import type { PortOwnerKey } from "./columns.ts";
import type { Moment } from "./moment.ts";

export interface Life {
  readonly index: number;
  readonly processId: number;
  /** As the last capture that shows it tells; null where none shows it running. */
  process: SnapshotProcess | null;
  /** It had ended before the first capture that shows its ports. */
  readonly wasGone: boolean;
}

export interface Lives {
  readonly all: readonly Life[];
  /** For each capture, the life of each of its owners. */
  readonly ofOwners: readonly (readonly Life[])[];
}

/** CIM tells microseconds, where the tables of processes tell 100 ns. */
const SAME_MOMENT = 10_000n;

export const isSameMoment = (a: bigint, b: bigint): boolean => a - b < SAME_MOMENT && b - a < SAME_MOMENT;

/** Get-Process, which stands in where nothing else may be asked, tells names without their ending. */
const withoutEnding = (name: string): string => name.replace(/\.exe$/i, "");

/** What one capture says of a PID may be said of the same process as what another does. */
export const isSameLife = (a: SnapshotProcess, b: SnapshotProcess): boolean => {
  if (a.created !== null && b.created !== null) return isSameMoment(a.created, b.created);
  return a.name === null || b.name === null || isSameImage(withoutEnding(a.name), withoutEnding(b.name));
};

const isRunningLife = ({ processId, process, wasGone }: Life, now: SnapshotProcess | null): boolean =>
  processId === KERNEL_PID || (!wasGone && (process === null || now === null || isSameLife(process, now)));

/** What it left behind is not of the process that has its PID now. */
const isGoneLife = (life: Life, now: SnapshotProcess | null): boolean =>
  life.wasGone || life.process === null || now === null || !isSameLife(life.process, now);

/** `moments` in their order of time. */
export const livesOf = (moments: readonly Moment[]): Lives => {
  const all: Life[] = [];
  const byPid = new Map<number, Life[]>();
  const lifeOf = ({ processId, isGone }: PortOwnerKey, { processes }: Moment): Life => {
    const now = processes.get(processId) ?? null;
    const lives = entryOf(byPid, processId, () => []);
    const known = lives.findLast((life) => (isGone ? isGoneLife(life, now) : isRunningLife(life, now)));
    if (known !== undefined) {
      if (!isGone && now !== null) known.process = now;
      return known;
    }
    const made: Life = { index: all.length, processId, process: isGone ? null : now, wasGone: isGone };
    all.push(made);
    lives.push(made);
    return made;
  };
  const ofOwners = moments.map((moment) => moment.ports.owners.map((owner) => lifeOf(owner, moment)));
  return { all, ofOwners };
};

/** Whether it ran when the capture was taken; null where that is not known. */
export const ranAt = (
  { processId, process, wasGone }: Life,
  { processes, areProcessesKnown }: Moment,
): boolean | null => {
  if (processId === KERNEL_PID) return true;
  const now = processes.get(processId);
  if (now === undefined) return areProcessesKnown ? false : null;
  return !wasGone && (process === null || isSameLife(process, now));
};
