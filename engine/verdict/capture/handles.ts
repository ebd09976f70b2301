/**
 * AFD handles without ports: sockets that were made and never bound, sockets of families that have no ports, second handles to one
 * socket. They cost memory of the kernel and no port; helpers (Mio, wepoll) are no sockets and do not count.
 */
import type { AfdOwnerUse } from "../../pools/afd-owners.ts";
import { count, number } from "../phrases.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { whoIs } from "./names.ts";

/**
 * Microsoft's procedure for port exhaustion suspects processes with more than 3,000 handles of any kind ("Troubleshoot port
 * exhaustion issues"); who has as many of this one kind alone is worth a look.
 */
export const MANY_PORTLESS = 3000;

/**
 * A process with more than ten thousand handles is likely to leak or to be designed badly (M. Russinovich, "Pushing the Limits of
 * Windows: Handles"). Below that, it may be a server that has unbound sockets ready for AcceptEx.
 */
export const LEAKED_PORTLESS = 10_000;

export interface Portless {
  readonly owner: AfdOwnerUse & { readonly processId: number };
  readonly handles: number;
  readonly second: number;
}

/** Handles to bound sockets, each socket once, are those with a port. */
const portlessOf = ({ handles, helpers, unknown, sockets, unbound, otherSockets }: AfdOwnerUse): number =>
  handles - helpers - unknown - (sockets - unbound - otherSockets);

/** Most first. Lists that do not ask sockets what they are (handle.exe) tell of none. */
export const portlessOwners = ({ accounts }: Pick<CaptureEvidence, "accounts">): readonly Portless[] =>
  accounts.afdOwners
    .flatMap((owner) => {
      const { processId, unbound, otherSockets } = owner;
      const handles = portlessOf(owner);
      return processId === null || handles < MANY_PORTLESS
        ? []
        : [{ owner: { ...owner, processId }, handles, second: handles - unbound - otherSockets }];
    })
    .sort((a, b) => b.handles - a.handles);

/** The one process that leaks handles; null where none has that many, or two have as many. */
export const handleLeak = (evidence: Pick<CaptureEvidence, "accounts">): Portless | null => {
  const [first, second] = portlessOwners(evidence);
  if (first === undefined || first.handles < LEAKED_PORTLESS) return null;
  return second === undefined || second.handles < first.handles ? first : null;
};

export const portlessText = ({ snapshot }: CaptureEvidence, { owner, handles }: Portless): string =>
  `${whoIs(snapshot, owner.processId)} has ${number(handles)} AFD handles that hold no port of their own.`;

const KINDS: readonly (readonly [(portless: Portless) => number, one: string, many: string])[] = [
  [({ owner }) => owner.unbound, "unbound socket", "unbound sockets"],
  [
    ({ owner }) => owner.otherSockets,
    "socket without TCP and UDP ports (AF_UNIX, Bluetooth, Hyper-V, raw)",
    "sockets without TCP and UDP ports (AF_UNIX, Bluetooth, Hyper-V, raw)",
  ],
  [({ second }) => second, "further handle to sockets counted once", "further handles to sockets counted once"],
];

export const portlessKinds = (portless: Portless): string => {
  const kinds = KINDS.map(([countOf, one, many]) => ({ handles: countOf(portless), one, many }))
    .filter(({ handles }) => handles > 0)
    .map(({ handles, one, many }) => count(handles, one, many));
  return `What they are: ${kinds.join(", ")}.`;
};
