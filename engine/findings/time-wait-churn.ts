/** Connections are opened and closed faster than their ports come back from TIME_WAIT. */
import type { PoolAccounts } from "../pools/accounts.ts";
import { endpointText } from "../verdict/capture/names.ts";
import { MIN_CULPRIT_PORTS, MIN_CULPRIT_SHARE } from "../verdict/limits.ts";
import { count, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { ofSnapshot, ofTrace } from "./names.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { hasPattern, nameOf, partOf, poolsOf, severityOfPart, suspectOf } from "./pools.ts";
import { type Named, NOBODY, type Rule, type Sighting } from "./rule.ts";

/**
 * A quarter of the pool. What the verdict calls churn is half of the used ports of a half-used pool, which is a quarter too; and
 * four times this rate of connections leaves nothing.
 */
export const CHURN_PART = 0.25;

/** The lengths of TIME_WAIT that Microsoft's pages give as default contradict each other: 2 and 4 minutes. */
const RESIDENCE_SECONDS = [240, 120] as const;

/** One decimal where a whole number would be coarse, or none. */
const rate = (perSecond: number): string =>
  perSecond < 10 ? String(Number(Math.max(0.1, perSecond).toFixed(1))) : number(perSecond);

const rateText = (timeWait: number, delay: number | null): string => {
  if (delay !== null && delay > 0)
    return `With TcpTimedWaitDelay, which is set to ${count(delay, "second")}, that would be ${rate(timeWait / delay)} connections closed a second.`;
  const [slow, fast] = RESIDENCE_SECONDS.map((seconds) => rate(timeWait / seconds));
  return `With the 4 or 2 minutes that Microsoft's pages give for TIME_WAIT, that would be ${slow} or ${fast} connections closed a second.`;
};

const endpointsText = ({ destinations }: PoolAccounts): string | null => {
  const [most] = destinations.toSorted((a, b) => b.timeWait - a.timeWait);
  return most === undefined || most.timeWait === 0
    ? null
    : `${number(most.timeWait)} of them were connections to ${endpointText(most.address, most.port)}${most.isLocal ? ", which is this machine" : ""}.`;
};

/** Whose they most likely were, by other connections to the same endpoints; the verdict's word goes first. */
const likelyOwner = (seen: CaptureCase, accounts: PoolAccounts): Named => {
  if (hasPattern(seen, accounts, "TimeWaitChurn")) return suspectOf(seen, accounts);
  const [first, second] = accounts.owners.toSorted((a, b) => b.likelyTimeWait - a.likelyTimeWait);
  if (first === undefined || first.processId === null || first.processId === 0) return NOBODY;
  const isMost =
    first.likelyTimeWait >= MIN_CULPRIT_PORTS &&
    first.likelyTimeWait >= accounts.pool.byClass.timeWait * MIN_CULPRIT_SHARE &&
    first.likelyTimeWait > (second?.likelyTimeWait ?? 0);
  return isMost && first.creator === "running" ? ofSnapshot(seen.snapshot, first.processId) : NOBODY;
};

const ownerText = ({ processId, processName }: Named): string =>
  processId === null
    ? "Ports in TIME_WAIT have no owner any more, and no process with connections to the same endpoints stands out."
    : `Ports in TIME_WAIT have no owner any more; that they were ${processName ?? "a process"}'s (${processId}) is an inference from its other connections to the same endpoints: a program that keeps none open would not show.`;

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  poolsOf(seen, "tcp").flatMap((accounts): readonly Sighting[] => {
    const { pool } = accounts;
    const { timeWait } = pool.byClass;
    const part = partOf(timeWait, pool);
    if (timeWait === 0 || part < CHURN_PART) return [];
    const process = likelyOwner(seen, accounts);
    const evidence = [
      ownerText(process),
      endpointsText(accounts),
      rateText(timeWait, seen.snapshot.settings.tcpTimedWaitDelay),
    ];
    return [
      {
        severity: severityOfPart(part),
        protocol: "tcp",
        summary: `${number(timeWait)} of ${count(pool.capacity, `${nameOf(pool)} port`)} are in TIME_WAIT (${percent(part)}).`,
        evidence: evidence.filter((text) => text !== null),
        process,
      },
    ];
  });

const enteredText = ({ evidence: { facts, reading } }: TraceCase): string | null => {
  const { entered } = facts.timeWait;
  if (entered === null || reading.spanSeconds === null || reading.spanSeconds === 0) return null;
  return `${count(entered, "connection")} entered TIME_WAIT in the trace, ${rate(entered / reading.spanSeconds)} a second.`;
};

const seeTrace = (seen: TraceCase): readonly Sighting[] => {
  const { pattern, suspicion } = seen.shortage;
  if (pattern !== "TimeWaitChurn") return [];
  return [
    {
      severity: "Critical",
      protocol: "tcp",
      summary:
        suspicion?.reason ??
        "Most ports in use were in TIME_WAIT when the snapshot of the end was taken, and whose connections those were cannot be told.",
      evidence: [enteredText(seen)].filter((text) => text !== null),
      process: suspicion === null ? NOBODY : ofTrace(suspicion.process),
    },
  ];
};

export const timeWaitChurn: Rule = {
  id: "time-wait-churn",
  title: "Ports wait in TIME_WAIT",
  why: "A closed connection keeps its port until TIME_WAIT is over, and nothing gives it back before: no process holds it, and ending one frees nothing.",
  advice:
    "Let the program keep its connections and use them again (connection pool, HTTP keep-alive) in place of a new one for each request.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
