/** Growth of a pool over the samples of a watch -> a row of port-growth. */
import type * as Contract from "../generated/records.ts";
import type { HistoryGrowth } from "../growth/history-growth.ts";
import { poolName } from "../verdict/capture/names.ts";
import { growthRecord } from "./growth-record.ts";
import { momentText } from "./growth-words.ts";

const clockText = (setBack: bigint | null): readonly string[] =>
  setBack === null ? [] : [`The clock was set back before ${momentText(setBack)}: only what came after is judged.`];

export const historyGrowthRow = ({ clockSetBack, ...growth }: HistoryGrowth): Contract.PortGrowth =>
  growthRecord({
    ...growth,
    subject: `use of the ${poolName(growth.protocol, growth.family)} pool`,
    notes: clockText(clockSetBack),
  });
