/** Servers listen at ports of the dynamic range: each is one port less for all others, and no leak. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { Finding } from "../generated/records.ts";
import { DEFAULT_DYNAMIC_START } from "../model/port.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import type { Pool } from "../pools/pool.ts";
import { whoIs } from "../verdict/capture/names.ts";
import { count, listed, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { GRAVE_PART, hasPattern, nameOf, partOf, poolsOf, suspectOf } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

/**
 * One port in twenty. RPC's own listeners are always in the range, a dozen or some tens of them: of the default pool that is far
 * less than one in a hundred.
 */
export const LISTENERS_PART = 0.05;

const severityOf = (part: number): Finding["severity"] => {
  if (part >= GRAVE_PART) return "Critical";
  return part >= LISTENERS_PART ? "Warning" : "Information";
};

/** Below the default range: a server chose its port there, since the range was not to be expected there. */
const lowListeners = ({ sockets }: Snapshot, { start, ports }: Pool): readonly number[] => {
  const end = Math.min(start + ports, DEFAULT_DYNAMIC_START);
  const low = sockets.filter(({ state, localPort }) => state === "listening" && localPort >= start && localPort < end);
  return [...new Set(low.map(({ localPort }) => localPort))].sort((a, b) => a - b);
};

const NAMED = 5;

const byProcess = ({ snapshot }: CaptureCase, { holdings }: PoolAccounts): string | null => {
  const held = holdings.listening.map(({ processId, ports }) => `${whoIs(snapshot, processId)} ${number(ports)}`);
  return held.length === 0 ? null : `Listeners by process: ${listed(held, NAMED)}.`;
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  poolsOf(seen, "tcp").flatMap((accounts): readonly Sighting[] => {
    const { pool } = accounts;
    const { listening } = pool.byClass;
    const part = listening === 0 ? 0 : partOf(listening, pool);
    const low = pool.isAssumed ? [] : lowListeners(seen.snapshot, pool);
    if (part < LISTENERS_PART && low.length === 0) return [];
    const evidence = [
      byProcess(seen, accounts),
      low.length === 0
        ? null
        : `The range begins at ${pool.start}, below Windows' default of ${DEFAULT_DYNAMIC_START}, and so covers ports that servers choose for themselves: ${listed(low, NAMED)}.`,
    ];
    return [
      {
        severity: severityOf(part),
        protocol: "tcp",
        summary: `${count(listening, "port")} of the dynamic ${nameOf(pool)} range ${listening === 1 ? "has" : "have"} a listener (${percent(part)} of the pool).`,
        evidence: evidence.filter((text) => text !== null),
        process: hasPattern(seen, accounts, "ListenerOverlap") ? suspectOf(seen, accounts) : NOBODY,
      },
    ];
  });

export const listenersInRange: Rule = {
  id: "listeners-in-range",
  title: "Listeners in the dynamic range",
  why: "Each listener takes a port from those who ask for any; and a server whose port was given to a client before it starts cannot listen there.",
  advice:
    "Move the servers' ports out of the dynamic range or the range away from them, or reserve these ports with netsh so that no client gets them.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
};
