/**
 * Whose the TIME_WAIT ports were. Windows keeps no owner for them (PID 0). An inference: a process that has other connections to
 * the same remote endpoint is likely to have had these too. It is only drawn where that process has nearly all of the known connections
 * to that endpoint.
 */
import { isKernelOrNobody } from "../model/process.ts";
import type { Claim } from "./claims.ts";
import type { Ownership } from "./holders.ts";
import { TIME_WAIT } from "./port-class.ts";

type CountByProcess = Map<number, number>;

const connectionsByRemote = (
  claims: readonly Claim[],
  ownership: (claim: Claim) => Ownership,
): ReadonlyMap<string, CountByProcess> => {
  const byRemote = new Map<string, CountByProcess>();
  for (const claim of claims) {
    if (claim.remote === null || claim.portClass === TIME_WAIT) continue;
    const { processId, holder, creator } = ownership(claim);
    // An heir holds connections that another process opened: the closed ones were that process's too.
    const owner = holder !== null || creator === "ended" || creator === "recycled" ? null : processId;
    if (owner === null || isKernelOrNobody(owner)) continue;
    const counts = byRemote.get(claim.remote) ?? new Map<number, number>();
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
    byRemote.set(claim.remote, counts);
  }
  return byRemote;
};

/**
 * Of the known connections to an endpoint. Who has half of the open ones may have none of the closed ones: a pool of connections that
 * are kept, beside a program that opens one for each call. With nine in ten, others are hardly there to have closed them.
 */
const NEARLY_ALL = 0.9;

const leaderOf = (counts: CountByProcess | undefined): number | null => {
  if (counts === undefined) return null;
  const [first] = [...counts].sort(([a, many], [b, others]) => others - many || a - b);
  if (first === undefined) return null;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return first[1] >= all * NEARLY_ALL ? first[0] : null;
};

/** PID -> TIME_WAIT ports that were likely its own. `pooled` are the claims of the pool, `claims` all of the protocol. */
export const likelyTimeWait = (
  pooled: readonly Claim[],
  claims: readonly Claim[],
  ownership: (claim: Claim) => Ownership,
): ReadonlyMap<number, number> => {
  const byRemote = connectionsByRemote(claims, ownership);
  const leaders = new Map([...byRemote].map(([remote, counts]) => [remote, leaderOf(counts)]));
  const ports = new Map<number, Set<number>>();
  for (const { portClass, remote, port } of pooled) {
    const process = portClass === TIME_WAIT && remote !== null ? (leaders.get(remote) ?? null) : null;
    if (process === null) continue;
    const own = ports.get(process) ?? new Set<number>();
    own.add(port);
    ports.set(process, own);
  }
  return new Map([...ports].map(([process, own]) => [process, own.size]));
};
