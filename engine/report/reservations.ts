/** Excluded port ranges -> records. Who made one netsh does not say; its shape lets guess. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { PortReservation } from "../generated/records.ts";
import type { ExcludedRange } from "../model/port-range.ts";
import type { Transport } from "../model/socket-row.ts";
import { type PoolShape, poolShapes } from "../pools/pool.ts";

/** WinNAT reserves in blocks of 100 for Hyper-V, WSL, Docker and Windows Sandbox (docker/for-win#3171, WSL#12228). */
const WINNAT_BLOCK = 100;

const likelyOwner = ({ isAdministered }: Pick<ExcludedRange, "isAdministered">, ports: number): string | null => {
  if (isAdministered) return "an administrator (netsh int ipv4 add excludedportrange)";
  return ports === WINNAT_BLOCK ? "WinNAT, for Hyper-V, WSL, containers or Windows Sandbox" : null;
};

type Shapes = Readonly<Record<Transport, readonly PoolShape[]>>;

const recordOf = (range: Reserved, shapes: Shapes): PortReservation => {
  const { protocol, family, startPort, endPort, isAdministered } = range;
  const ports = endPort - startPort + 1;
  return {
    protocol,
    family,
    startPort,
    endPort,
    ports,
    administered: isAdministered,
    inDynamicRange: (protocol === null ? [] : shapes[protocol]).some(
      (pool) => startPort < pool.start + pool.ports && endPort >= pool.start,
    ),
    likelyOwner: likelyOwner(range, ports),
  };
};

const keyOf = ({ protocol, startPort, endPort }: ExcludedRange): string => `${protocol} ${startPort} ${endPort}`;

type ReservedFamily = PortReservation["family"];

const joined = (a: ReservedFamily, b: ReservedFamily): ReservedFamily =>
  a === null || b === null || a === b ? (a ?? b) : "both";

interface Reserved extends Omit<ExcludedRange, "family"> {
  readonly family: ReservedFamily;
}

/** The same range of both families is one; so is one that two files tell of. */
const merged = (ranges: readonly ExcludedRange[]): readonly Reserved[] => {
  const byKey = new Map<string, Reserved>();
  for (const range of ranges) {
    const known = byKey.get(keyOf(range));
    byKey.set(keyOf(range), {
      ...range,
      family: joined(known?.family ?? null, range.family),
      isAdministered: range.isAdministered || known?.isAdministered === true,
    });
  }
  return [...byKey.values()];
};

const PROTOCOL_ORDER = ["tcp", "udp", null] as const;

const rank = ({ protocol }: PortReservation): number => PROTOCOL_ORDER.indexOf(protocol);

/** Ranges of pools that nothing shows count too: they may have been read. */
export const reservationsOf = (snapshot: Snapshot): readonly PortReservation[] => {
  const shapes: Shapes = { tcp: poolShapes("tcp", snapshot), udp: poolShapes("udp", snapshot) };
  return merged(snapshot.exclusions)
    .map((range) => recordOf(range, shapes))
    .sort((a, b) => rank(a) - rank(b) || a.startPort - b.startPort);
};
