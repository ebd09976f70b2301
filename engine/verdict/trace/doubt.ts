/** What speaks against calling a process culprit, though the ports speak for it. */
import { canonical } from "../../model/process.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import type { Suspicion } from "./culprit.ts";

/** Others may have filled the pool before: the trace may just show what this process does while it is hurt. */
export const isSoleVictim = ({ process }: Suspicion, { failures }: TraceFacts): boolean => {
  const [first, ...others] = failures.victims;
  return others.length === 0 && first !== undefined && first.process !== null && canonical(first.process) === process;
};

/** A process that ends closes its sockets: either that was lost, or another process still holds them. */
export const hasEndedBefore = ({ process }: Suspicion, { evidence }: TraceFacts): boolean =>
  process.endedTicks !== null && evidence !== null && process.endedTicks < evidence.last;
