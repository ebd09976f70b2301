/** A process as the trace knows it: one life of a PID. A recycled PID, or a recycled EPROCESS address, is another one. */

/** The kernel and its drivers, as port tables, handles and events name them; Process Explorer calls it System. */
export const KERNEL_PID = 4;
/** In port tables: no process owns the row any more (TIME_WAIT). In lists of processes it is the idle process. */
export const NO_PROCESS = 0;

/** Not the PID of a user-mode process. */
export const isKernelOrNobody = (processId: number): boolean => processId === KERNEL_PID || processId === NO_PROCESS;

export interface TrackedProcess {
  /** Its number, in the order in which processes are met. */
  readonly index: number;
  /** EPROCESS address as a key; null where only a PID was seen. */
  eprocess: number | null;
  processId: number | null;
  name: string | null;
  /** It existed by then; what it did first may be a little later. */
  firstTicks: number;
  /** The PID comes from the header of a request, not from the process itself. */
  isInferred: boolean;
  /** A start event was seen. */
  isStarted: boolean;
  /** When it ended, as far as the trace shows; null while it runs. */
  endedTicks: number | null;
  /** Found to be the same as another one. */
  mergedInto: TrackedProcess | null;
  /** The one that was merged into this one on the word of a request's header, which may turn out to be wrong. */
  inferredFrom: TrackedProcess | null;
}

/** The entry that stands for this process. */
export const canonical = (process: TrackedProcess): TrackedProcess => {
  let current = process;
  while (current.mergedInto !== null) current = current.mergedInto;
  return current;
};

/** Longer ones are nobody's: file names beyond this come from damage, and every report repeats a name many times. */
const LONGEST_NAME = 128;

/** Last part of an image path. */
export const imageName = (path: string): string => {
  const start = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1;
  return path.slice(start, start + LONGEST_NAME);
};

/** Kernel events cut image names to 14 or 15 characters. */
const SHORTEST_CUT_NAME = 14;

export const isSameImage = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a.toLowerCase(), b.toLowerCase()] : [b.toLowerCase(), a.toLowerCase()];
  return short === long || (short.length >= SHORTEST_CUT_NAME && long.startsWith(short));
};

/** The name that says more: a cut one gives way to the same one in full. */
export const fullerName = (known: string | null, told: string | null): string | null => {
  if (known === null || told === null) return known ?? told;
  return told.length > known.length && isSameImage(known, told) ? told : known;
};
