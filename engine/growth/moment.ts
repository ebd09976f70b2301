/** One capture, as far as a comparison needs it. */
import type { Contribution } from "../artifacts/contribution.ts";
import { holdsAllAnswers, type ProtocolSight } from "../artifacts/sight.ts";
import type { Snapshot, SnapshotProcess } from "../artifacts/snapshot.ts";
import { KERNEL_PID } from "../model/process.ts";
import { TRANSPORTS, type Transport } from "../model/socket-row.ts";
import { type PoolShape, poolShapes } from "../pools/pool.ts";
import { type PortColumns, portColumns } from "./columns.ts";

export interface Moment {
  readonly file: string;
  /** FILETIME. */
  readonly time: bigint;
  readonly computer: string | null;
  readonly osBuild: number | null;
  readonly processes: ReadonlyMap<number, SnapshotProcess>;
  readonly areProcessesKnown: boolean;
  readonly sight: Readonly<Record<Transport, ProtocolSight>>;
  /** Bound TCP ports can be seen, whosever they are. */
  readonly seesBound: boolean;
  /** Processes whose bound TCP ports can be seen in any case. */
  readonly inspectedWhole: ReadonlySet<number>;
  /** Pools of each protocol, whether it was read or not. */
  readonly shapes: Readonly<Record<Transport, readonly PoolShape[]>>;
  readonly ports: PortColumns;
}

/** The runs of open ports, which with the range say all of a shape. */
const signatureOf = ({ protocol, family, start, ports, isAssumed, isOpen }: PoolShape): string => {
  const runs: number[] = [];
  isOpen.forEach((open, port) => {
    if (open !== (port === 0 ? 0 : isOpen[port - 1])) runs.push(port);
  });
  return [protocol, family, start, ports, isAssumed, ...runs].join(" ");
};

/** Tells shapes apart by their identity; the same one comes again and again, with 64 KB each. */
export type ShapePool = Map<string, PoolShape>;

const shared = (known: ShapePool, shape: PoolShape): PoolShape => {
  const signature = signatureOf(shape);
  const same = known.get(signature) ?? shape;
  known.set(signature, same);
  return same;
};

const LOOKED_INTO: readonly string[] = ["inspected", "exited", "skipped"];

/**
 * A machine on which no process has a socket yet has no handle that was inspected, and nothing is hidden all the same: a
 * program that begins after the first capture is to be seen in the second.
 */
const seesBound = ({ sight, inspections }: Snapshot, contributions: readonly Contribution[]): boolean =>
  sight.bound ||
  (contributions.some(holdsAllAnswers) &&
    inspections.every(({ status, fileHandles }) => LOOKED_INTO.includes(status) || fileHandles === 0));

/** `known` are the shapes of the captures before. */
export const momentOf = (
  file: string,
  snapshot: Snapshot,
  contributions: readonly Contribution[],
  time: bigint,
  known: ShapePool,
): Moment => {
  const shapesFor = (protocol: Transport): readonly PoolShape[] =>
    poolShapes(protocol, snapshot).map((shape) => shared(known, shape));
  const [tcp, udp] = TRANSPORTS.map(shapesFor);
  return {
    file,
    time,
    computer: snapshot.machine?.name ?? null,
    osBuild: snapshot.machine?.osBuild ?? null,
    processes: snapshot.processes,
    areProcessesKnown: snapshot.areProcessesKnown,
    sight: { tcp: snapshot.sight.tcp, udp: snapshot.sight.udp },
    seesBound: seesBound(snapshot, contributions),
    inspectedWhole: snapshot.inspectedWhole,
    shapes: { tcp: tcp ?? [], udp: udp ?? [] },
    ports: portColumns(snapshot),
  };
};

/** When the machine started, as the kernel's process tells; null where it is not told. */
export const startOf = ({ processes }: Moment): bigint | null => processes.get(KERNEL_PID)?.created ?? null;
