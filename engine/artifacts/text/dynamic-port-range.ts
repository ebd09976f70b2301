/**
 * `netsh int ipv4|ipv6 show dynamicport tcp|udp` in any language: a heading that names the protocol, a row of dashes, then
 * two lines of a label and a number, the first port and how many (handles.md section 6; samples in tests/fixtures/evidence).
 */

import type { DynamicRange } from "../../model/port-range.ts";
import type { Decoded, TextHint, TextKind } from "../decoded.ts";
import { forEachLine, integerOf, LAST_PORT } from "./lines.ts";
import { createProblems, type ProblemList } from "./problems.ts";
import { createRangeContext, type RangeOwner } from "./range-context.ts";

const COMMAND = "dynamicport";

/** netsh draws 33; shorter ones part other things. */
const isRule = (trimmed: string): boolean => /^-{10,}$/.test(trimmed);

/** The number of "label : number", also with the wide colon of East Asia; else null. */
const labelledNumber = (trimmed: string): number | null => {
  const colon = Math.max(trimmed.lastIndexOf(":"), trimmed.lastIndexOf("\uff1a"));
  return colon <= 0 ? null : integerOf(trimmed.slice(colon + 1).trim());
};

interface Block {
  readonly owner: RangeOwner;
  readonly numbers: number[];
}

interface RangeReader {
  readonly line: (trimmed: string, number: number) => void;
  readonly end: (number: number) => void;
  readonly ranges: readonly DynamicRange[];
}

const createReader = (hint: TextHint, problems: ProblemList): RangeReader => {
  const context = createRangeContext(COMMAND, hint);
  const ranges: DynamicRange[] = [];
  let block: Block | null = null;

  const close = ({ owner: { protocol, family }, numbers }: Block, number: number): void => {
    const [start = 0, ports = 0] = numbers;
    if (protocol === null)
      problems.add(
        "nothing says whether the range is TCP's or UDP's",
        number,
        "nothing says whether the range is TCP's or UDP's.",
      );
    else if (ports === 0 || start + ports > LAST_PORT + 1)
      problems.add("no such range is possible", number, `a range of ${ports} ports from ${start} on is not possible.`);
    else ranges.push({ protocol, family, start, ports });
    context.clear();
  };

  const end = (number: number): void => {
    if (block?.numbers.length === 1 && (block.owner.isSaid || block.owner.isCommanded))
      problems.add("the range is cut", number, "the range is cut: its size is missing.");
    block = null;
  };

  return {
    ranges,
    end,
    line: (trimmed, number) => {
      const value = block === null ? null : labelledNumber(trimmed);
      if (block !== null && value !== null) {
        block.numbers.push(value);
        if (block.numbers.length < 2) return;
        close(block, number);
        block = null;
        return;
      }
      end(number);
      if (isRule(trimmed)) block = { owner: context.owner(1), numbers: [] };
      else context.line(trimmed);
    },
  };
};

const decode = (text: string, hint: TextHint): Decoded | null => {
  const problems = createProblems();
  const reader = createReader(hint, problems);
  let last = 0;
  const tooLong = forEachLine(text, (line, number) => {
    last = number;
    const trimmed = line.trim();
    if (trimmed !== "") reader.line(trimmed, number);
  });
  reader.end(last);
  const { ranges } = reader;
  if (ranges.length === 0 && problems.count() === 0) return null;
  return { rows: ranges.length, problems: problems.sentences(tooLong), ranges };
};

export const DYNAMIC_PORT_RANGE: TextKind = { kind: "dynamic-port-range", decode };
