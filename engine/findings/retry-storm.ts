/** Many connections are being opened at once to peers that do not answer. */
import type { SocketRow } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import { alibiOf } from "../verdict/capture/suspect.ts";
import { MIN_CULPRIT_PORTS, MIN_CULPRIT_SHARE } from "../verdict/limits.ts";
import { count, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { ofSnapshot } from "./names.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { localPorts, nameOf, partOf, peersOf, peersText, poolsOf, rowsIn, severityOfPart } from "./pools.ts";
import { type Named, NOBODY, type Rule, type Sighting } from "./rule.ts";

/**
 * SYN_SENT lasts as long as the answer takes: milliseconds where there is one. As many at one moment as can fill half of the
 * smallest range are not answered.
 */
export const MIN_UNANSWERED = MIN_CULPRIT_PORTS;

/** The process that has most of them, if it is known to be the one that holds them. */
const callerOf = (seen: CaptureCase, { holdings }: PoolAccounts, rows: readonly SocketRow[]): Named => {
  const counts = new Map<number, number>();
  for (const { processId } of rows) if (processId !== null) counts.set(processId, (counts.get(processId) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  if (first === undefined || first[1] <= rows.length * MIN_CULPRIT_SHARE) return NOBODY;
  const held = holdings.open.find(({ processId }) => processId === first[0]);
  const isHolder = held !== undefined && held.creator === "running" && alibiOf(held, seen) === null;
  return isHolder ? ofSnapshot(seen.snapshot, first[0]) : NOBODY;
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  poolsOf(seen, "tcp").flatMap((accounts): readonly Sighting[] => {
    const { pool } = accounts;
    const rows = rowsIn(accounts, ["synSent"]);
    const ports = localPorts(rows);
    if (ports < MIN_UNANSWERED) return [];
    const part = partOf(ports, pool);
    const process = callerOf(seen, accounts, rows);
    const peers = peersText(peersOf(rows));
    const evidence = [
      peers === null ? null : `They call ${peers}.`,
      process.processId === null
        ? null
        : `Most of them are ${process.processName ?? "a process"}'s (${process.processId}).`,
      `Each takes a port until Windows gives up: ${percent(part)} of the pool now.`,
    ];
    return [
      {
        severity: severityOfPart(part),
        protocol: "tcp",
        summary: `${number(ports)} ${nameOf(pool)} connections wait for the first answer of their peer (SYN_SENT), to ${count(peersOf(rows).length, "endpoint")}.`,
        evidence: evidence.filter((text) => text !== null),
        process,
      },
    ];
  });

export const retryStorm: Rule = {
  id: "retry-storm",
  title: "Connections without an answer",
  why: "A connection that is not answered keeps its port until Windows gives up, and a program that tries again at once takes the next one: the faster it retries, the more ports are gone.",
  advice:
    "Find out why the peers do not answer (are they there, does a firewall drop the packets), and let the program wait longer between its attempts.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
};
