/**
 * What stands above a table of netsh and says whose it is: the heading, which names tcp or udp in every language, and the
 * command line where it is echoed, whose words are never translated ("netsh int ipv4 show dynamicport tcp", help of netsh).
 */

import type { Family, Transport } from "../../model/socket-row.ts";
import type { TextHint } from "../decoded.ts";

const LINES_ABOVE = 6;

type Words<Word extends string> = readonly (readonly [Word, RegExp])[];

const TRANSPORTS: Words<Transport> = [
  ["tcp", /(?<![A-Za-z0-9])tcp(?![A-Za-z0-9])/i],
  ["udp", /(?<![A-Za-z0-9])udp(?![A-Za-z0-9])/i],
];
const FAMILIES: Words<Family> = [
  ["ipv4", /(?<![A-Za-z0-9])ipv4(?![A-Za-z0-9])/i],
  ["ipv6", /(?<![A-Za-z0-9])ipv6(?![A-Za-z0-9])/i],
];

const onlyOf = <Word extends string>(line: string, words: Words<Word>): Word | null => {
  const found = words.filter(([, pattern]) => pattern.test(line));
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
};

/** Rows of netstat name a protocol too, but not a table's. */
const hasEndpoint = (line: string): boolean => /:\d/.test(line);

const COMMANDS = /excludedportrange|dynamicport/i;

const isOther = (line: string, command: string): boolean =>
  COMMANDS.test(line) && !line.toLowerCase().includes(command);

/** What a line above says; null for one of something else. */
interface Said {
  readonly protocol: Transport | null;
  readonly family: Family | null;
  readonly isCommand: boolean;
}

const saidBy = (line: string, command: string): Said | null => {
  if (hasEndpoint(line) || isOther(line, command)) return null;
  return {
    protocol: onlyOf(line, TRANSPORTS),
    family: onlyOf(line, FAMILIES),
    isCommand: line.toLowerCase().includes(command),
  };
};

/** A line and, once it was asked for, what it says: a long line may stand above many rows of dashes. */
interface Above {
  readonly line: string;
  said?: Said | null;
}

export interface RangeOwner {
  readonly protocol: Transport | null;
  readonly family: Family | null;
  /** That the heading or the command says so, not only what else is known of the text. */
  readonly isSaid: boolean;
  /** That the command was echoed. */
  readonly isCommanded: boolean;
}

export interface RangeContext {
  readonly line: (trimmed: string) => void;
  readonly clear: () => void;
  /** `headings`: lines right above the row of dashes that may be the heading. */
  readonly owner: (headings: number) => RangeOwner;
}

export const createRangeContext = (command: string, hint: TextHint): RangeContext => {
  let above: Above[] = [];
  return {
    line: (trimmed) => {
      // What stands above a command belongs to another one.
      if (COMMANDS.test(trimmed)) above = [];
      above = [{ line: trimmed }, ...above].slice(0, LINES_ABOVE);
    },
    clear: () => {
      above = [];
    },
    owner: (headings) => {
      const lines = above.flatMap((each): readonly Said[] => {
        if (each.said === undefined) each.said = saidBy(each.line, command);
        return each.said === null ? [] : [each.said];
      });
      const commands = lines.filter(({ isCommand }) => isCommand);
      const heading = [...lines.slice(0, headings), ...commands].find(({ protocol }) => protocol !== null);
      return {
        protocol: heading?.protocol ?? hint.protocol,
        family: lines.find(({ family }) => family !== null)?.family ?? hint.family,
        isSaid: heading !== undefined,
        isCommanded: commands.length > 0,
      };
    },
  };
};
