/** The evidence for a verdict on a capture, one sentence each; then what could not be read. */
import { formatFiletime } from "../../bytes/filetime.ts";
import type { ArtifactCoverage, CaptureProbe } from "../../generated/records.ts";
import { TRANSPORTS } from "../../model/socket-row.ts";
import { PORT_CLASSES, type PortClass } from "../../pools/port-class.ts";
import { clockTime, count, finePercent, number } from "../phrases.ts";
import { culpritReasons } from "./culprit.ts";
import { recentCollisions } from "./destination.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { type PoolLevel, provingEvents, usedPart } from "./level.ts";
import { poolName } from "./names.ts";
import { toldRanges } from "./ranges.ts";
import type { Shortage } from "./suspect.ts";

type Reason = string | null;

const CLASS_TEXT: Readonly<Record<PortClass, string>> = {
  listening: "listening",
  connected: "connected",
  closeWait: "in CLOSE_WAIT",
  closing: "being closed",
  bound: "bound only",
  udp: "UDP",
  timeWait: "in TIME_WAIT",
};

const poolUse = ({ pool, protocol }: PoolLevel): Reason => {
  if (pool === null || pool.capacity === 0) return null;
  const classes = PORT_CLASSES.filter((each) => each !== "udp" && pool.byClass[each] > 0).map(
    (each) => `${number(pool.byClass[each])} ${CLASS_TEXT[each]}`,
  );
  const parts = classes.length === 0 ? "" : `: ${classes.join(", ")}`;
  return `${poolName(protocol, pool.family)}: ${number(pool.used)} of ${count(pool.capacity, "port")} in use (${finePercent(usedPart(pool))})${parts}.`;
};

const exclusions = ({ pool, protocol }: PoolLevel): Reason =>
  pool === null || pool.excluded === 0
    ? null
    : `${count(pool.excluded, "port")} of the ${number(pool.ports)} in the ${poolName(protocol, pool.family)} range are excluded, so ${number(pool.capacity)} are left.`;

/** A range that never had such a block is not in pieces. */
const WSL_BLOCK = 4096;

const fragmentation = ({ pool, protocol }: PoolLevel): Reason => {
  if (pool === null || pool.free4096Blocks > 0 || pool.ports < WSL_BLOCK || pool.capacity === 0) return null;
  // HNS reserves TCP ports only (fragments.ts).
  const who =
    pool.free64Blocks === 0 && protocol === "tcp"
      ? "HNS, which needs 64, and WSL's mirrored network, which needs 4,096,"
      : "WSL's mirrored network, which needs 4,096,";
  return `The longest run of free ${poolName(protocol, pool.family)} ports is ${number(pool.largestFreeRun)} long: ${who} will not find a block.`;
};

const probeName = ({ protocol, family }: CaptureProbe): string => poolName(protocol, family);

/** Windows was asked for any port, once for each protocol and family. */
const probes = ({ snapshot }: CaptureEvidence): Reason => {
  if (snapshot.probes.length === 0) return null;
  const given = snapshot.probes.filter(({ error }) => error === null).map(probeName);
  const failed = snapshot.probes
    .filter(({ error }) => error !== null)
    .map((probe) => `${probeName(probe)} (${probe.error})`);
  const parts = [
    given.length === 0 ? null : `Windows gave one for ${given.join(", ")}`,
    failed.length === 0 ? null : `${given.length === 0 ? "Windows" : "it"} refused ${failed.join(", ")}`,
  ].filter((part) => part !== null);
  return `Asked for any port just now: ${parts.join("; ")}.`;
};

const EVENT_ID = { tcp: 4231, udp: 4266 } as const;

const events = ({ snapshot }: CaptureEvidence): readonly Reason[] =>
  TRANSPORTS.map((protocol) => {
    const proving = provingEvents(snapshot, protocol);
    if (proving.length === 0) return null;
    const times = proving.flatMap(({ time }) => (time === null ? [] : [time])).sort((a, b) => (a < b ? -1 : 1));
    const last = times.at(-1);
    const iso = last === undefined ? null : formatFiletime(last);
    const when =
      iso === null ? "at a time that the source does not tell" : `last at ${iso.slice(0, 10)} ${clockTime(iso)}`;
    return `Windows logged ${count(proving.length, "event")} ${EVENT_ID[protocol]} (no free ${protocol.toUpperCase()} port), ${when}.`;
  });

const collisions = (evidence: CaptureEvidence): Reason => {
  const collided = recentCollisions(evidence);
  const isDated = evidence.snapshot.time !== null && collided.every(({ time }) => time !== null);
  return collided.length === 0
    ? null
    : `Windows logged ${count(collided.length, "event")} 4227${isDated ? " within the 24 hours before" : ""}: a connection's pair of endpoints was in use moments before, as happens where one destination is called at a high rate.`;
};

const familyDoubt = (pool: PoolLevel["pool"]): string =>
  pool === null || pool.family === null
    ? ""
    : " The event does not tell whether those of IPv4 or of IPv6, which have pools of their own.";

const causes = ({ cause, protocol, pool }: PoolLevel): Reason => {
  if (cause === "memory")
    return "A bind failed with 10055 although free ports are left: the same error also means want of memory for sockets.";
  if (cause === "recovered")
    return `${protocol.toUpperCase()} ports ran out before, and there are free ones now.${familyDoubt(pool)}`;
  if (cause === "event" && pool?.family != null) return `${protocol.toUpperCase()} ports ran out.${familyDoubt(pool)}`;
  if (cause === "range" && pool !== null)
    return `${count(pool.outside, "port")} that clients use lie outside the assumed range: this machine seems to have another one. \`netsh int ipv4 show dynamicport ${protocol}\` tells.`;
  return null;
};

/** Shared ports: each can serve another destination again. */
const autoReuse = ({ snapshot }: CaptureEvidence): Reason => {
  const [range] = snapshot.autoReuseRanges;
  return range === undefined
    ? null
    : `An auto-reuse range is set (${range.start}, ${number(range.ports)} ports): connections to different destinations may share its ports, so all of its numbers in use is not yet a shortage.`;
};

const ranges = ({ snapshot, accounts }: CaptureEvidence): readonly Reason[] =>
  TRANSPORTS.map((protocol) => {
    const name = protocol.toUpperCase();
    const [first, second] = accounts[protocol].pools.map(({ pool }) => pool);
    const told = toldRanges(snapshot, protocol);
    if (told.length > 1) return `Different dynamic ranges of ${name} are told: ${told.join("; ")}. The first is used.`;
    if (first === undefined) return null;
    if (second !== undefined)
      return `IPv4 and IPv6 have pools of their own for ${name}: their ranges or exclusions differ (IPv4 ${first.start} with ${number(first.capacity)} of ${number(first.ports)} ports, IPv6 ${second.start} with ${number(second.capacity)} of ${number(second.ports)}).`;
    return first.isAssumed && (snapshot.sight[protocol] !== "none" || first.used > 0)
      ? `The dynamic range of ${name} was not read: Windows' default of 49152 to 65535 is assumed.`
      : null;
  });

/** Some may be seen: in the table of one family, or by the handles that could be asked. */
const unseenBound = ({ accounts }: CaptureEvidence): string => {
  const areSome = accounts.tcp.pools.some(({ pool }) => pool.byClass.bound > 0);
  const what = areSome
    ? "Not all TCP ports that are only bound can be seen here"
    : "TCP ports that are only bound cannot be seen here";
  return `${what}, and a leak of those is the classic one: \`netstat -anoq\` (Windows 10 and later) or New-PortSnapshot shows them.`;
};

const unseen = (evidence: CaptureEvidence): readonly Reason[] => {
  const { tcp, udp, bound } = evidence.snapshot.sight;
  return [
    tcp === "none" ? "No table of TCP ports was read." : null,
    tcp === "excerpt"
      ? "The TCP rows look like an excerpt: every Windows listens at port 135 or 445, and no such row is among them."
      : null,
    tcp === "partial" ? "Not all of the TCP tables could be read: what they lack is missing above." : null,
    tcp !== "none" && !bound ? unseenBound(evidence) : null,
    udp === "none" ? "No table of UDP ports was read." : null,
    udp === "partial" ? "Not all of the UDP tables could be read." : null,
  ];
};

const NOT_READ: Readonly<Partial<Record<ArtifactCoverage["status"], string>>> = {
  partial: "Read in part",
  refused: "Refused",
  failed: "Failed",
  unrecognised: "Not recognised",
};
const MAX_NAMED = 6;

/** Artifacts that share a fate in one sentence. */
const notRead = ({ snapshot }: CaptureEvidence): readonly Reason[] => {
  const byFate = new Map<string, string[]>();
  for (const { name, status, reason } of snapshot.coverage) {
    const fate = NOT_READ[status];
    if (fate === undefined) continue;
    const key = `${fate}\n${reason ?? ""}`;
    byFate.set(key, [...(byFate.get(key) ?? []), name]);
  }
  const sentences = [...byFate].map(([key, names]) => {
    const [fate, reason] = key.split("\n");
    const why = reason === "" ? "" : `: ${reason}`;
    return `${fate}: ${names.join(", ")}${why}`.replace(/[.]?$/, ".");
  });
  const more = sentences.length - MAX_NAMED;
  return [
    ...sentences.slice(0, MAX_NAMED),
    more > 0 ? `And ${count(more, "more reason")} for artifacts that could not be read: see the coverage.` : null,
  ];
};

const refused = ({ snapshot }: CaptureEvidence): Reason => {
  const closed = snapshot.inspections.filter(({ status, fileHandles }) => status === "refused" && fileHandles > 0);
  if (closed.length === 0) return null;
  const hint = snapshot.machine?.elevated === false ? " Run elevated to see more." : "";
  return `The handles of ${count(closed.length, "process", "processes")} could not be looked into: who holds their sockets is Windows' memory.${hint}`;
};

export const reasonsOf = (
  evidence: CaptureEvidence,
  levels: readonly PoolLevel[],
  decisive: PoolLevel | null,
  shortage: Shortage,
): readonly string[] => {
  const sorted = [...levels].sort((a, b) => Number(b === decisive) - Number(a === decisive));
  const all: readonly Reason[] = [
    ...sorted.map(poolUse),
    ...sorted.map(causes),
    ...events(evidence),
    probes(evidence),
    ...culpritReasons(evidence, decisive, shortage),
    ...sorted.map(exclusions),
    ...sorted.map(fragmentation),
    collisions(evidence),
    ...ranges(evidence),
    autoReuse(evidence),
    ...unseen(evidence),
    refused(evidence),
    ...notRead(evidence),
  ];
  return all.filter((reason) => reason !== null);
};
