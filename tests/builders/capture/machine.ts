// A machine: which processes run, which sockets they have, and who holds a handle to each. It keeps the truth; what Windows
// would tell of it is made of it in ./machine/. A scenario says what programs did and not what tables should look like.

import { filetimeOf, SECOND } from "../filetime.ts";
import type { PointerSize } from "./handle-table.ts";
import type { Language } from "./netsh-text.ts";
import type { TcpState } from "./tcp-table.ts";

export type Protocol = "tcp" | "udp";
export type Family = "ipv4" | "ipv6";

export type MachineOptions = {
  readonly name: string;
  readonly osBuild: number;
  /** When the story begins, ISO in UTC. */
  readonly start: string;
  readonly pointerSize: PointerSize;
  readonly elevated: boolean;
  readonly debugPrivilege: boolean;
  readonly wine: boolean;
  /** In which netsh and netstat speak. */
  readonly language: Language;
  /** Classes 8 and 2, or 5 and 1 as the collector falls back to. */
  readonly tables: "module" | "pid";
};

export type Handle = { readonly processId: number; readonly value: number };

/** What a handle is to. AFD makes helpers too, which are no sockets. */
export type KernelObject = {
  readonly address: bigint;
  readonly kind: "socket" | "helper" | "file" | "other";
  /** Device name of AFD objects. */
  readonly device: string;
  readonly handles: Handle[];
};

export type End = { readonly address: string; readonly port: number };

export type Socket = {
  readonly protocol: Protocol;
  readonly object: KernelObject;
  /** PID that opened it; Windows never changes it. */
  readonly creator: number;
  readonly created: bigint;
  local: End;
  remote: End | null;
  state: TcpState | "udp" | "unbound";
  /** The program asked for this port. */
  readonly isExplicit: boolean;
  /** The wildcard bind behind a connection, which the bound table shows beside it (ConnectEx needs a bind). */
  hasBoundTwin: boolean;
  /** Its listener's port: it took none. */
  readonly isAccepted: boolean;
};

/** AF_UNIX, Bluetooth, Hyper-V, raw and unbound sockets: handles without a port. */
export type PortlessKind = "unbound" | "unix" | "bluetooth" | "hyper-v" | "raw";
export type Portless = { readonly kind: PortlessKind; readonly object: KernelObject };

export type Process = {
  readonly name: string;
  readonly processId: number;
  readonly parentId: number;
  readonly created: bigint;
  readonly session: number;
  readonly services: readonly string[];
  /** Win32 error of opening it; 0 where it opens. */
  refusal: number;
};

export type Range = { readonly start: number; readonly ports: number };

export type Exclusion = {
  readonly protocol: Protocol;
  readonly startPort: number;
  readonly endPort: number;
  readonly isAdministered: boolean;
};

export type Probe = { readonly protocol: Protocol; readonly family: Family; readonly error: number | null };

export type Absence = { readonly status: "refused" | "failed" | "absent"; readonly reason: string };

export type Machine = {
  readonly options: MachineOptions;
  readonly processes: Process[];
  readonly sockets: Socket[];
  readonly portless: Portless[];
  /** Objects that are no sockets. */
  readonly objects: KernelObject[];
  readonly ranges: Record<`${Protocol}-${Family}`, Range>;
  readonly exclusions: Exclusion[];
  /** Set for shared use by outgoing TCP connections; null where it is not. */
  autoReuse: Range | null;
  readonly events: { readonly id: number; readonly time: bigint | null }[];
  /** Null until something is said of it: then the pool itself decides. */
  probes: readonly Probe[] | null;
  readonly settings: { tcpTimedWaitDelay: number | null; maxUserPort: number | null };
  /** Artifacts that Windows did not give, by their names in a capture. */
  readonly absences: Map<string, Absence>;
  /** Processes whose AFD handles were only asked in part: one in so many. */
  readonly samples: Map<number, number>;
  /** Processes whose turn did not come before the inspection's time was up. */
  readonly unreached: Set<number>;
  readonly taken: Readonly<Record<Protocol, Set<number>>>;
  readonly handleValues: Map<number, number>;
  /** FILETIME of the present. */
  now: bigint;
  made: number;
};

const DEFAULTS: MachineOptions = {
  name: "SRV01",
  osBuild: 22631,
  start: "2026-03-02T01:00:00Z",
  pointerSize: 8,
  elevated: true,
  debugPrivilege: true,
  wine: false,
  language: "en",
  tables: "module",
};

const DEFAULT_RANGE: Range = { start: 49152, ports: 16384 };

/** A machine that has just started: nothing runs but the kernel. */
export const machine = (given: Partial<MachineOptions> = {}): Machine => {
  const options = { ...DEFAULTS, ...given };
  const now = filetimeOf(options.start);
  return {
    options,
    processes: [
      { name: "System Idle Process", processId: 0, parentId: 0, created: 0n, session: 0, services: [], refusal: 5 },
      { name: "System", processId: 4, parentId: 0, created: now, session: 0, services: [], refusal: 5 },
    ],
    sockets: [],
    portless: [],
    objects: [],
    ranges: {
      "tcp-ipv4": DEFAULT_RANGE,
      "tcp-ipv6": DEFAULT_RANGE,
      "udp-ipv4": DEFAULT_RANGE,
      "udp-ipv6": DEFAULT_RANGE,
    },
    exclusions: [],
    autoReuse: null,
    events: [],
    probes: null,
    settings: { tcpTimedWaitDelay: null, maxUserPort: null },
    absences: new Map(),
    samples: new Map(),
    unreached: new Set(),
    taken: { tcp: new Set(), udp: new Set() },
    handleValues: new Map(),
    now,
    made: 0,
  };
};

export const minutesLater = (box: Machine, minutes: number): void => {
  box.now += BigInt(Math.round(minutes * 60 * SECOND));
};

/** Calls do not happen at one moment. */
export const tick = (box: Machine): bigint => {
  box.now += 10_000n;
  return box.now;
};
