/** What was compared -> the comparison record. */
import { formatFiletime } from "../bytes/filetime.ts";
import type * as Contract from "../generated/records.ts";
import type { Compared, Unread } from "../growth/compare.ts";
import type { OwnerChange } from "../growth/owner-change.ts";
import type { PoolGrowth } from "../growth/pool-growth.ts";
import { minutesBetween } from "../growth/series.ts";
import { isSameImage } from "../model/process.ts";
import type { Diagnosis } from "../remedies/diagnose.ts";
import { poolName } from "../verdict/capture/names.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { count, listed, number } from "../verdict/phrases.ts";
import { lifeText } from "./change-rows.ts";
import { firstHalf, fitted } from "./fit.ts";
import { growthRecord } from "./growth-record.ts";

const LISTED = 3;

const filesText = (files: readonly string[]): string => listed(files, LISTED);

const BOUND_UNSEEN =
  "Ports that are only bound are not counted, as not all captures show them: a process that only binds ports may grow unseen.";

export const poolGrowthRecord = (pool: PoolGrowth): Contract.PortGrowth => {
  const { protocol, family, capacity, isChanged, isBoundSeen, inTimeWait, noForecast, judgement } = pool;
  const used = judgement.samples.at(-1)?.used ?? 0;
  const changed = isChanged && noForecast !== "capacity-changed";
  const isMostlyWaiting = noForecast === "time-wait";
  return growthRecord({
    ...pool,
    protocol,
    family,
    capacity,
    subject: `use of the ${poolName(protocol, family)} pool`,
    notes: [
      ...(changed ? ["The range or the excluded ports of the pool changed between the captures."] : []),
      ...(isMostlyWaiting
        ? [`In the last capture ${number(inTimeWait)} of ${count(used, "used port")} are in TIME_WAIT.`]
        : []),
      ...(isBoundSeen ? [] : [BOUND_UNSEEN]),
    ],
  });
};

const unreadText = ({ protocol, files }: Unread): string =>
  `${protocol.toUpperCase()} is not compared: its tables are missing or cut in ${filesText(files)}.`;

const boundText = ({ withoutBound, pools }: Compared): readonly string[] =>
  withoutBound.length === 0 || !pools.some(({ protocol }) => protocol === "tcp")
    ? []
    : [
        `TCP ports that are only bound count only for processes all of whose handles each capture shows: ${filesText(withoutBound)} has no other sight of them.`,
      ];

/** Who began since under the same name: a service that was started again. */
const successorOf = ({ life, protocol }: OwnerChange, changes: readonly OwnerChange[]): string => {
  const name = life.process?.name ?? null;
  const successor = changes.find(
    (each) =>
      each.status === "Started" &&
      each.protocol === protocol &&
      name !== null &&
      isSameImage(each.life.process?.name ?? "", name),
  );
  return successor === undefined ? "" : `; ${lifeText(successor.life)} has started`;
};

const MOST_ENDED = 10;

/** What they gave back hides the growth of others in the pool. */
const endedTexts = ({ changes }: Compared): readonly string[] =>
  changes
    .filter(({ status, most, after }) => status === "Ended" && most - after >= MIN_CULPRIT_PORTS)
    .sort((a, b) => b.most - b.after - (a.most - a.after))
    .slice(0, MOST_ENDED)
    .map(
      (change) =>
        `${lifeText(change.life)} ended and gave back ${count(change.most - change.after, `${change.protocol.toUpperCase()} port`)}${successorOf(change, changes)}.`,
    );

const repeatedTexts = ({ repeated }: Compared): readonly string[] =>
  repeated.length === 0 ? [] : [`Of the same moment as another capture, and left out: ${filesText(repeated)}.`];

/** Before the last sample of the last capture. */
export const comparedMinutes = ({ moments }: Compared): number => {
  const [first, last] = [moments[0], moments.at(-1)];
  return first === undefined || last === undefined ? 0 : minutesBetween(first.time, last.time);
};

const capturesOf = ({ moments }: Compared): Contract.ComparedCapture[] =>
  moments.map(({ file, time, computer }) => ({ file, time: formatFiletime(time) ?? "", computer }));

const isShort = ({ captures }: Contract.Comparison): boolean => captures.length <= 2;

const shortened = (record: Contract.Comparison): Contract.Comparison => ({
  ...record,
  captures: firstHalf(record.captures),
});

export const buildComparison = (
  compared: Compared,
  growth: readonly Contract.PortGrowth[],
  { findings, unchecked, remedies }: Diagnosis,
): Contract.Comparison => {
  const record = fitted<Contract.Comparison>(
    {
      kind: "comparison",
      captures: capturesOf(compared),
      minutes: comparedMinutes(compared),
      growth,
      findings,
      unchecked,
      remedies,
      notes: [
        ...compared.unread.map(unreadText),
        ...boundText(compared),
        ...endedTexts(compared),
        ...repeatedTexts(compared),
      ],
    },
    isShort,
    shortened,
  );
  const omitted = compared.moments.length - record.captures.length;
  return omitted === 0
    ? record
    : {
        ...record,
        notes: [
          ...record.notes,
          `${count(omitted, "more capture")} ${omitted === 1 ? "is" : "are"} compared and not listed.`,
        ],
      };
};
