/** TcpTimedWaitDelay is set so that ports come back later, or to what Microsoft does not document. */
import { count, percent } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { partOf, poolsOf } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";
import { CHURN_PART } from "./time-wait-churn.ts";

/** Seconds that the page of Windows 2000 allows; that of Server 2003 begins at 0. No page of newer Windows tells other limits. */
export const SHORTEST_DOCUMENTED = 30;
export const LONGEST_DOCUMENTED = 300;

/** The longest that any of Microsoft's pages gives as default; others give 120. */
export const LONGEST_DEFAULT = 240;

const doubtText = (delay: number): string | null => {
  if (delay > LONGEST_DOCUMENTED || delay < 0)
    return `That is outside the ${SHORTEST_DOCUMENTED} to ${LONGEST_DOCUMENTED} seconds that Microsoft documents: what Windows makes of it is not known.`;
  return delay < SHORTEST_DOCUMENTED
    ? `Microsoft's page of Windows 2000 allows ${SHORTEST_DOCUMENTED} seconds and more, that of Server 2003 less: what Windows makes of it is not known.`
    : `That is longer than the ${LONGEST_DEFAULT} seconds that are the longest default in Microsoft's pages: each closed connection keeps its port for longer.`;
};

/** The part of a TCP pool that is in TIME_WAIT, the largest of all pools. */
const waitingPart = (seen: CaptureCase): number =>
  Math.max(
    0,
    ...poolsOf(seen, "tcp").map(({ pool }) => (pool.byClass.timeWait === 0 ? 0 : partOf(pool.byClass.timeWait, pool))),
  );

const seeCapture = (seen: CaptureCase): readonly Sighting[] => {
  const { tcpTimedWaitDelay: delay } = seen.snapshot.settings;
  if (delay === null || (delay >= SHORTEST_DOCUMENTED && delay <= LONGEST_DEFAULT)) return [];
  const part = waitingPart(seen);
  const evidence = [doubtText(delay), part > 0 ? `${percent(part)} of the TCP pool are in TIME_WAIT now.` : null];
  return [
    {
      severity: delay > LONGEST_DEFAULT && part >= CHURN_PART ? "Warning" : "Information",
      protocol: "tcp",
      summary: `TcpTimedWaitDelay is set to ${count(delay, "second")}.`,
      evidence: evidence.filter((text) => text !== null),
      process: NOBODY,
    },
  ];
};

export const timeWaitDelay: Rule = {
  id: "time-wait-delay",
  title: "Unusual TcpTimedWaitDelay",
  why: "TcpTimedWaitDelay says how long a closed connection keeps its port. Longer than before, ports come back later; and of a value outside what is documented nobody can say what it does.",
  advice: "Remove the value, or set one between 30 and 240 seconds where there is a reason for it.",
  capture: { needs: [CAPTURE_NEEDS.settings], see: seeCapture },
};
