/**
 * Whose the TIME_WAIT ports were. Windows keeps no owner for them (PID 0). An inference: a process that has other connections to
 * the same remote endpoint is likely to have had these too. It is only drawn where that process has at least half of the known
 * connections to that endpoint.
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

const leaderOf = (counts: CountByProcess | undefined): number | null => {
  if (counts === undefined) return null;
  const [first, second] = [...counts].sort(([a, many], [b, others]) => others - many || a - b);
  if (first === undefined) return null;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const isAlone = second === undefined || second[1] < first[1];
  return first[1] * 2 >= all && isAlone ? first[0] : null;
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
