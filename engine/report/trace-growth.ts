/** Growth of the ports that a trace shows being opened -> the `growth` of its report. */
import { parseIsoTime } from "../bytes/filetime.ts";
import type * as Contract from "../generated/records.ts";
import { timelineGrowth } from "../growth/timeline.ts";
import type { TraceFacts } from "../trackers/analysis.ts";
import { growthRecord } from "./growth-record.ts";
import { momentText } from "./growth-words.ts";

const failingText = (failing: bigint | null): readonly string[] =>
  failing === null
    ? []
    : [`Calls failed for want of a port from ${momentText(failing)} on: only what came before is judged.`];

/** `endTicks` is the time of the last event. Null where the trace shows no port being opened. */
export const traceGrowth = (
  { timeline }: TraceFacts,
  endTicks: number,
  toIso: (ticks: number) => string,
): Contract.PortGrowth | null => {
  const growth = timelineGrowth(timeline, endTicks, (ticks) => parseIsoTime(toIso(ticks)) ?? 0n);
  if (growth === null) return null;
  const { judgement, failing } = growth;
  const isGrowing = judgement.trend === "Growing";
  return growthRecord({
    protocol: null,
    family: null,
    subject: "the number of ports opened in the trace",
    judgement,
    capacity: null,
    forecast: null,
    noForecast: isGrowing && failing === null ? "partial" : null,
    isFull: false,
    notes: failingText(failing),
  });
};
