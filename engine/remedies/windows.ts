/** Versions of Windows by their build numbers, as far as commands differ. */
import type { RemedyCase } from "./case.ts";

export const BUILD = { windows8: 9200, windows81: 9600, windows10: 10_240, windows10v1709: 16_299 } as const;

/** Null where the machine's build is not known. */
export const isAtLeast = ({ capture }: RemedyCase, build: number): boolean | null => {
  const osBuild = capture?.snapshot.machine?.osBuild ?? null;
  return osBuild === null ? null : osBuild >= build;
};

interface Versioned {
  readonly commands: readonly string[];
  readonly advice: readonly string[];
}

/** A command that not every Windows has: none on older ones, and said with its version where the version is not known. */
export const sinceBuild = (seen: RemedyCase, build: number, name: string, command: string): Versioned => {
  const has = isAtLeast(seen, build);
  if (has === null) return { commands: [], advice: [`On ${name} and later: ${command}`] };
  return { commands: has ? [command] : [], advice: [] };
};
