/** Growth of a pool over the samples of a watch -> a row of port-growth. */
import type * as Contract from "../generated/records.ts";
import type { HistoryGrowth } from "../growth/history-growth.ts";
import type { TopOwner } from "../growth/history.ts";
import { poolName } from "../verdict/capture/names.ts";
import { number, processText } from "../verdict/phrases.ts";
import { growthRecord } from "./growth-record.ts";
import { momentText } from "./growth-words.ts";

const clockText = (setBack: bigint | null): readonly string[] =>
  setBack === null ? [] : [`The clock was set back before ${momentText(setBack)}: only what came after is judged.`];

const topText = (top: TopOwner): string => `${processText(top)} with ${number(top.ports)}`;

const topsText = (tops: HistoryGrowth["tops"]): readonly string[] => {
  if (tops === null) return [];
  const after = tops.after === null ? "" : `, and just after it ${topText(tops.after)}`;
  return [`Most ports of all processes had just before that ${topText(tops.before)}${after}.`];
};

export const historyGrowthRow = ({ clockSetBack, tops, ...growth }: HistoryGrowth): Contract.PortGrowth =>
  growthRecord({
    ...growth,
    subject: `use of the ${poolName(growth.protocol, growth.family)} pool`,
    notes: [...topsText(tops), ...clockText(clockSetBack)],
  });
