/**
 * One remote endpoint that takes the local ports it can have. A connection is four numbers: to one endpoint there can only be as
 * many as there are local ports, and a pair in TIME_WAIT still counts. Event 4227 says that a connection failed since its pair
 * had been in use moments before (netevent.h); it names no endpoint. Finding and verdict agree by this predicate.
 */
import type { PortEvent } from "../../artifacts/decoded.ts";
import type { PoolAccounts } from "../../pools/accounts.ts";
import type { DestinationUse } from "../../pools/destinations.ts";
import { MIN_CULPRIT_PORTS } from "../limits.ts";
import type { CaptureEvidence } from "./evidence.ts";
import { CRITICAL, isRecent, usedPart } from "./level.ts";

/** A port chosen blindly meets a pair in use with this likelihood at least: one in four is no chance hit any more. */
export const SATURATED_PART = 0.25;

/** Less than half of all connections leaves the collisions to other endpoints. */
const MAIN_PART = 0.5;

const COLLISION = 4227;

export interface SaturatedDestination {
  readonly destination: DestinationUse;
  /** Local ports that connections to it can have: those of the pool, or of the auto-reuse range. */
  readonly room: number;
  readonly part: number;
  /** The ports are those of an auto-reuse range, which other endpoints share. */
  readonly isShared: boolean;
  /** Events 4227 of the day before. */
  readonly collisions: number;
}

export const recentCollisions = ({ snapshot: { events, time } }: CaptureEvidence): readonly PortEvent[] =>
  events.filter((event) => event.id === COLLISION && isRecent(event, time));

interface Room {
  readonly destinations: readonly DestinationUse[];
  readonly room: number;
  readonly isShared: boolean;
}

const roomOf = ({ pool, destinations }: PoolAccounts): Room => ({ destinations, room: pool.capacity, isShared: false });

/** A pool that is nearly used up fails all alike, whatever endpoint they call. */
const roomsOf = ({ accounts }: CaptureEvidence): readonly Room[] => [
  ...accounts.tcp.pools.filter(({ pool }) => usedPart(pool) < CRITICAL).map(roomOf),
  ...accounts.shared.map(({ range, destinations }) => ({ destinations, room: range.ports, isShared: true })),
];

const largestOf = ({ destinations, room, isShared }: Room, collisions: number): readonly SaturatedDestination[] => {
  const [destination] = destinations;
  if (destination === undefined || room === 0) return [];
  const part = destination.ports / room;
  const all = destinations.reduce((sum, { ports }) => sum + ports, 0);
  const isMain = destination.ports >= MIN_CULPRIT_PORTS && destination.ports >= all * MAIN_PART;
  const hasCollided = collisions > 0 && isMain && part >= SATURATED_PART;
  // Whoever fills shared ports alone needs no event as a proof: nobody else takes them.
  const isFull = isShared && part >= CRITICAL;
  return hasCollided || isFull ? [{ destination, room, part, isShared, collisions }] : [];
};

/** The endpoint that is short of local ports; null where there is none. */
export const saturatedDestination = (evidence: CaptureEvidence): SaturatedDestination | null => {
  const collisions = recentCollisions(evidence).length;
  const found = roomsOf(evidence).flatMap((room) => largestOf(room, collisions));
  return found.toSorted((a, b) => b.part - a.part)[0] ?? null;
};
