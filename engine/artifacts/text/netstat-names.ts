/**
 * Names that `netstat -b` prints below a row: the program in brackets, above it what it loaded for the connection, which for
 * svchost.exe is the service (help of netstat). Whatever else stands there, of any language, is no name.
 */

import type { NamedProcess } from "../decoded.ts";
import { isElision } from "./lines.ts";
import type { ProblemList } from "./problems.ts";
import { quoted } from "./problems.ts";

export interface NameReader {
  /** A row with this process: what follows is said of it. */
  readonly row: (processId: number | null) => void;
  readonly line: (trimmed: string) => void;
  readonly finish: (problems: ProblemList) => readonly NamedProcess[];
}

const HOST = "svchost.exe";

const programOf = (trimmed: string): string | null => {
  const name = /^\[([^[\]:]{1,260})\]$/.exec(trimmed)?.[1]?.trim() ?? "";
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
};

/** Windows XP lists the libraries of a call there. */
const isService = (word: string): boolean => /^[\w.$-]{1,256}$/.test(word) && !/\.(dll|exe|sys|drv|ocx)$/i.test(word);

/** Paths of libraries, or that they are unknown. */
const isLibrary = (trimmed: string): boolean => /^(--|[A-Za-z]:\\|\\)|\.(dll|exe|sys|drv|ocx)$/i.test(trimmed);

export const createNameReader = (): NameReader => {
  const names = new Map<number, Map<string, Set<string>>>();
  let processId: number | null = null;
  let isBelowRow = false;
  let components: string[] = [];
  let withoutProcess = 0;

  const keep = (name: string): void => {
    if (!isBelowRow) return;
    if (processId === null) withoutProcess += 1;
    if (processId === null || processId === 0) return;
    const ofProcess = names.get(processId) ?? new Map<string, Set<string>>();
    names.set(processId, ofProcess);
    const services = ofProcess.get(name) ?? new Set<string>();
    ofProcess.set(name, services);
    if (name.toLowerCase() === HOST) for (const component of components) services.add(component);
  };

  return {
    row: (ofRow) => {
      processId = ofRow;
      isBelowRow = true;
      components = [];
    },
    line: (trimmed) => {
      const name = isBelowRow ? programOf(trimmed) : null;
      if (name !== null) keep(name);
      else if (isBelowRow && isService(trimmed)) components.push(trimmed);
      else if (!isLibrary(trimmed)) isBelowRow = false;
      // Behind a name, or where rows were left out, a further name is of another row.
      if (name !== null || isElision(trimmed)) isBelowRow = false;
    },
    finish: (problems) => {
      if (withoutProcess > 0)
        problems.say(
          withoutProcess === 1
            ? "1 name of a program stands below a row without a process id; run netstat with -o too."
            : `${withoutProcess} names of programs stand below rows without a process id; run netstat with -o too.`,
        );
      return [...names].flatMap(([owner, ofProcess]) => namesOf(owner, ofProcess, problems));
    },
  };
};

/** A process id with two names was given to two processes in turn: neither name is sure. */
const namesOf = (
  processId: number,
  ofProcess: ReadonlyMap<string, ReadonlySet<string>>,
  problems: ProblemList,
): readonly NamedProcess[] => {
  const [only, other] = [...ofProcess];
  if (only === undefined) return [];
  if (other !== undefined) {
    problems.say(
      `Process ${processId} has several names, ${quoted(only[0])} and ${quoted(other[0])}: neither is taken.`,
    );
    return [];
  }
  return [{ processId, name: only[0], services: [...only[1]].toSorted() }];
};
