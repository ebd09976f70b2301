/**
 * What stands above a table of netsh and says whose it is: the heading, which names tcp or udp in every language, and the
 * command line where it is echoed, whose words are never translated ("netsh int ipv4 show dynamicport tcp", help of netsh).
 */

import type { Family, Transport } from "../../model/socket-row.ts";
import type { TextHint } from "../decoded.ts";

const LINES_ABOVE = 6;

const onlyOf = <Word extends string>(line: string, words: readonly Word[]): Word | null => {
  const found = words.filter((word) => new RegExp(`(?<![A-Za-z0-9])${word}(?![A-Za-z0-9])`, "i").test(line));
  return found.length === 1 ? (found[0] ?? null) : null;
};

const TRANSPORTS: readonly Transport[] = ["tcp", "udp"];
const FAMILIES: readonly Family[] = ["ipv4", "ipv6"];

/** Rows of netstat name a protocol too, but not a table's. */
const hasEndpoint = (line: string): boolean => /:\d/.test(line);

const COMMANDS = /excludedportrange|dynamicport/i;

const isOther = (line: string, command: string): boolean =>
  COMMANDS.test(line) && !line.toLowerCase().includes(command);

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
  readonly owner: (headings: number, command: string, hint: TextHint) => RangeOwner;
}

export const createRangeContext = (): RangeContext => {
  let above: string[] = [];
  return {
    line: (trimmed) => {
      // What stands above a command belongs to another one.
      if (COMMANDS.test(trimmed)) above = [];
      above = [trimmed, ...above].slice(0, LINES_ABOVE);
    },
    clear: () => {
      above = [];
    },
    owner: (headings, command, hint) => {
      const lines = above.filter((line) => !hasEndpoint(line) && !isOther(line, command));
      const commands = lines.filter((line) => line.toLowerCase().includes(command));
      const protocol = firstOf([...lines.slice(0, headings), ...commands], TRANSPORTS);
      return {
        protocol: protocol ?? hint.protocol,
        family: firstOf(lines, FAMILIES) ?? hint.family,
        isSaid: protocol !== null,
        isCommanded: commands.length > 0,
      };
    },
  };
};

const firstOf = <Word extends string>(lines: readonly string[], words: readonly Word[]): Word | null => {
  for (const line of lines) {
    const word = onlyOf(line, words);
    if (word !== null) return word;
  }
  return null;
};
