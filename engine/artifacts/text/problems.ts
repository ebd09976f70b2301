/** What a text holds that was not understood, in sentences, a few of a kind: a long text may have the same fault in each line. */

import { LONGEST_LINE } from "./lines.ts";

const OF_A_KIND = 5;
const LONGEST_QUOTE = 40;

export interface ProblemList {
  /** `about` names the kind: "the local port is a name". */
  readonly add: (about: string, line: number, sentence: string) => void;
  /** Of the whole text. */
  readonly say: (sentence: string) => void;
  readonly count: () => number;
  readonly sentences: (linesTooLong: number) => readonly string[];
}

interface Kind {
  readonly said: string[];
  more: number;
}

const tooLong = (lines: number): string =>
  `${lines} ${lines === 1 ? "line" : "lines"} of more than ${LONGEST_LINE} characters ${lines === 1 ? "was" : "were"} not read.`;

export const createProblems = (): ProblemList => {
  const kinds = new Map<string, Kind>();
  const whole: string[] = [];
  let count = 0;
  return {
    add: (about, line, sentence) => {
      count += 1;
      const kind = kinds.get(about) ?? { said: [], more: 0 };
      kinds.set(about, kind);
      if (kind.said.length < OF_A_KIND) kind.said.push(`Line ${line}: ${sentence}`);
      else kind.more += 1;
    },
    say: (sentence) => {
      count += 1;
      whole.push(sentence);
    },
    count: () => count,
    sentences: (linesTooLong) => [
      ...[...kinds].flatMap(([about, { said, more }]) =>
        more === 0 ? said : [...said, `${more} more ${more === 1 ? "line" : "lines"}: ${about}.`],
      ),
      ...whole,
      ...(linesTooLong === 0 ? [] : [tooLong(linesTooLong)]),
    ],
  };
};

/** A word of the text inside a sentence. */
export const quoted = (word: string): string =>
  `'${word.length > LONGEST_QUOTE ? `${word.slice(0, LONGEST_QUOTE)}...` : word}'`;
