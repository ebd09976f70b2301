/**
 * Who holds a pool, in the order of suspicion, each with what speaks for and against it: share of the used ports, what they are, how
 * old they are, who opened them. A list to look into; whether one of them is the culprit is decided elsewhere (suspect.ts).
 */
import type { PoolSuspect, PortAges } from "../../generated/records.ts";
import { isKernelOrNobody, KERNEL_PID } from "../../model/process.ts";
import type { PoolAccounts } from "../../pools/accounts.ts";
import type { Held } from "../../pools/held.ts";
import type { Owner } from "../../pools/owners.ts";
import { PORT_CLASSES, type PortClass } from "../../pools/port-class.ts";
import { count, number, percent } from "../phrases.ts";
import type { CaptureEvidence } from "./evidence.ts";
import type { PoolLevel } from "./level.ts";
import { listedServices, processNameOf } from "./names.ts";
import { type Alibi, alibiOf, isClosing, sharersOf } from "./suspect.ts";

/** A screen of them; Get-PortOwner lists all. */
const MAX_SUSPECTS = 10;

/** Below one port in a hundred of those in use nobody needs to look. */
const MIN_SHARE = 0.01;

type Ranked = Omit<PoolSuspect, "order" | "culprit">;

const CLASS_TEXT: Readonly<Record<PortClass, string>> = {
  bound: "bound and not connected",
  connected: "connected",
  closeWait: "in CLOSE_WAIT",
  closing: "being closed",
  listening: "listening",
  udp: "of UDP sockets",
  timeWait: "in TIME_WAIT",
};

const NO_AGES: PortAges = { minutes: 0, hour: 0, day: 0, older: 0, unknown: 0 };

const ageText = ({ minutes, hour, day, older }: PortAges): string => {
  const known = minutes + hour + day + older;
  if (known === 0) return "";
  if (minutes === known) return ", none older than 4 minutes";
  return `, ${number(known - minutes)} of ${number(known)} older than 4 minutes${older > 0 ? ` and ${number(older)} older than a day` : ""}`;
};

const ALIBI_TEXT: Readonly<Record<Alibi, string>> = {
  recycled: "An earlier process had this PID, and has ended: the one that has it now is not meant.",
  "too-few-handles": "Against it: it has too few AFD handles to hold them.",
  shared: "Others have handles to the same sockets.",
};

const doubtText = (held: Held, { services }: Pick<Ranked, "services">, evidence: CaptureEvidence): string => {
  const alibi = alibiOf(held, evidence);
  const doubts = [
    alibi === null ? null : ALIBI_TEXT[alibi],
    alibi === null && held.creator === "ended" && !isClosing(held)
      ? "It has ended; who holds them now was not seen."
      : null,
    alibi === null && sharersOf(held).length > 0 ? ALIBI_TEXT.shared : null,
    held.fromOthers > 0 ? `${number(held.fromOthers)} were opened by another process.` : null,
    held.processId === KERNEL_PID ? "PID 4 is the kernel: a driver opened them." : null,
    services.length > 1 ? `${count(services.length, "service")} run in it: any may be the one.` : null,
  ].filter((text) => text !== null);
  return doubts.length === 0 ? "" : ` ${doubts.join(" ")}`;
};

const largestClass = (byClass: Held["byClass"]): PortClass =>
  PORT_CLASSES.toSorted((a, b) => byClass[b] - byClass[a])[0] ?? "bound";

const ofHeld = (held: Held, { pool }: PoolAccounts, evidence: CaptureEvidence): Ranked => {
  const { processId, ports, byClass, ages, creator } = held;
  const { snapshot } = evidence;
  const isGone = creator === "recycled";
  const portClass = largestClass(byClass);
  const services = isGone ? [] : listedServices(snapshot, processId);
  const share = pool.used === 0 ? 0 : ports / pool.used;
  return {
    processId,
    processName: isGone ? null : processNameOf(snapshot, processId),
    services,
    protocol: pool.protocol,
    ports,
    share,
    portClass,
    ages,
    creator,
    inferred: false,
    explanation: `${percent(share)} of the used ports, ${number(byClass[portClass])} of them ${CLASS_TEXT[portClass]}${ageText(ages)}.${doubtText(held, { services }, evidence)}`,
  };
};

const ofTimeWait = (
  { processId, likelyTimeWait, creator }: Owner,
  { pool }: PoolAccounts,
  { snapshot }: CaptureEvidence,
): readonly Ranked[] => {
  if (processId === null || isKernelOrNobody(processId) || likelyTimeWait === 0) return [];
  const share = pool.used === 0 ? 0 : likelyTimeWait / pool.used;
  return [
    {
      processId,
      processName: processNameOf(snapshot, processId),
      services: listedServices(snapshot, processId),
      protocol: pool.protocol,
      ports: likelyTimeWait,
      share,
      portClass: "timeWait",
      ages: NO_AGES,
      creator,
      inferred: true,
      explanation: `${percent(share)} of the used ports are in TIME_WAIT to endpoints that it has other connections to: an inference, as Windows keeps no owner for them.`,
    },
  ];
};

/** Of the pool that the verdict is about; `culprit` is whom it names. */
export const suspectsOf = (
  evidence: CaptureEvidence,
  { accounts }: Pick<PoolLevel, "accounts">,
  culprit: number | null,
): readonly PoolSuspect[] => {
  if (accounts === null) return [];
  const ranked = [
    ...accounts.holdings.all.map((held) => ofHeld(held, accounts, evidence)),
    ...accounts.owners.flatMap((owner) => ofTimeWait(owner, accounts, evidence)),
  ];
  return ranked
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => Number(b.processId === culprit) - Number(a.processId === culprit) || b.ports - a.ports)
    .slice(0, MAX_SUSPECTS)
    .map((suspect, index) => ({ order: index + 1, ...suspect, culprit: suspect.processId === culprit }));
};
