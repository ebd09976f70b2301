/** Excluded port ranges -> records. Who made one netsh does not say; its shape lets guess. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import type { PortReservation } from "../generated/records.ts";
import type { ExcludedRange } from "../model/port-range.ts";
import type { Transport } from "../model/socket-row.ts";
import { type PoolShape, poolShapes } from "../pools/pool.ts";

/** WinNAT reserves in blocks of 100 for Hyper-V, WSL, Docker and Windows Sandbox (docker/for-win#3171, WSL#12228). */
const WINNAT_BLOCK = 100;

const likelyOwner = ({ isAdministered }: ExcludedRange, ports: number): string | null => {
  if (isAdministered) return "an administrator (netsh int ipv4 add excludedportrange)";
  return ports === WINNAT_BLOCK ? "WinNAT, for Hyper-V, WSL, containers or Windows Sandbox" : null;
};

type Shapes = Readonly<Record<Transport, readonly PoolShape[]>>;

const recordOf = (range: ExcludedRange, shapes: Shapes): PortReservation => {
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

/** The same range of both families is one, of no family in particular; so is one that two files tell of. */
const merged = (ranges: readonly ExcludedRange[]): readonly ExcludedRange[] => {
  const byKey = new Map<string, ExcludedRange>();
  for (const range of ranges) {
    const known = byKey.get(keyOf(range));
    const family = known === undefined || known.family === range.family ? range.family : null;
    byKey.set(keyOf(range), {
      ...range,
      family,
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
