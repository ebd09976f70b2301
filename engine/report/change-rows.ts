/** What each process did between captures -> rows of port-change. */
import type * as Contract from "../generated/records.ts";
import type { LifeStatus, OwnerChange } from "../growth/owner-change.ts";
import type { Life } from "../growth/lives.ts";
import { KERNEL_PID } from "../model/process.ts";
import { count, number, processText } from "../verdict/phrases.ts";
import { rateRecord } from "./growth-record.ts";
import { breakText, chanceText, obstacleText, rateText, spanText } from "./growth-words.ts";

const nameOf = ({ processId, process }: Life): string | null =>
  process?.name ?? (processId === KERNEL_PID ? "System" : null);

export const lifeText = (life: Life): string => processText({ processId: life.processId, name: nameOf(life) });

const STATUS: Readonly<Record<LifeStatus, string>> = {
  Running: "",
  Unknown: "",
  Started: " It started between the captures.",
  Ended: " It has ended.",
};

const trendText = ({ judgement, status }: OwnerChange): string => {
  const { trend, rate, obstacle } = judgement;
  if (rate === null || trend === "Unknown")
    return ` Whether it grows is not known: ${obstacleText(obstacle, judgement)}.`;
  if (trend === "Growing") return ` It grows by ${rateText(rate)}.`;
  if (status === "Ended") return "";
  if (trend === "Shrinking") return ` It is not growing: it falls by ${rateText(rate, -1)}.`;
  return ` It is not growing: ${chanceText(rate, judgement.isFallInBursts)}.`;
};

/** Why the rate is not that from the first to the last capture. */
const stretchText = ({ judgement, status }: OwnerChange): string =>
  status === "Ended"
    ? ""
    : breakText(judgement)
        .map((text) => ` ${text}`)
        .join("");

const summaryOf = (change: OwnerChange, minutes: number): string => {
  const { life, protocol, before, after, opened, closed, status } = change;
  const ports = count(before, `${protocol.toUpperCase()} port`);
  const did = `at least ${number(opened)} opened and ${number(closed)} closed`;
  return `${lifeText(life)}: ${ports} at first, ${number(after)} after ${spanText(minutes)}; ${did}.${STATUS[status]}${trendText(change)}${stretchText(change)}`;
};

export const changeRow = (change: OwnerChange, minutes: number): Contract.PortChange => {
  const { life, protocol, before, after, opened, closed, status, judgement } = change;
  return {
    processId: life.processId,
    processName: nameOf(life),
    services: [...(life.process?.services ?? [])],
    protocol,
    before,
    after,
    opened,
    closed,
    net: after - before,
    trend: judgement.trend,
    rate: rateRecord(judgement),
    status,
    summary: summaryOf(change, minutes),
  };
};
