/**
 * Which ports a range may take: runs without a port that somebody listens at or that is excluded. Pure: nothing here knows a machine.
 * Limits of netsh: at least 255 ports, from 1025 to 65535 (Microsoft, "Troubleshoot port exhaustion issues").
 */
import { PORTS, SMALLEST_DYNAMIC_PORTS } from "../model/port.ts";

export interface Span {
  readonly start: number;
  readonly ports: number;
}

export type Blocks = (port: number) => boolean;

export const LOWEST_PORT = 1025;
export const HIGHEST_PORT = PORTS - 1;

/**
 * Where plans begin, as Microsoft's example of a larger range does. Below are ports that many programs listen at by number (1433, 3389,
 * 5985, 8080): one that is stopped now is not seen, and could not start any more.
 */
export const LOWEST_PLANNED = 10_000;

/** A pool that is exhausted (98 %) has to grow by that to be below critical (80 %) under the same load. */
const WORTHWHILE = 98 / 80;

/** An auto-reuse range inside the dynamic range leaves at least half of it to who binds to any port. */
const INSIDE_PART = 0.5;

export const lastOf = ({ start, ports }: Span): number => start + ports - 1;

export const holds = (span: Span, port: number): boolean => port >= span.start && port <= lastOf(span);

export const overlaps = (a: Span, b: Span): boolean => a.start <= lastOf(b) && b.start <= lastOf(a);

/** Runs of ports from first to last that are not blocked, each as long as it can be. */
export const openSpans = (isBlocked: Blocks, first: number, last: number): readonly Span[] => {
  const spans: Span[] = [];
  let start = first;
  for (let port = first; port <= last + 1; port += 1) {
    if (port <= last && !isBlocked(port)) continue;
    if (port > start) spans.push({ start, ports: port - start });
    start = port + 1;
  }
  return spans;
};

const largest = (spans: readonly Span[]): Span | null =>
  spans.reduce<Span | null>((best, span) => (best === null || span.ports > best.ports ? span : best), null);

/**
 * A dynamic range with more ports: the present one with what is free beside it, or else the longest free run anywhere. What is
 * blocked inside the present range stays as it is. Null where none is large enough to be worth it.
 */
export const largerRange = (current: Span, isBlocked: Blocks): Span | null => {
  const first = Math.max(LOWEST_PORT, Math.min(LOWEST_PLANNED, current.start));
  const spans = openSpans((port) => isBlocked(port) && !holds(current, port), first, HIGHEST_PORT);
  const isWorthwhile = ({ ports }: Span): boolean =>
    ports >= SMALLEST_DYNAMIC_PORTS && ports >= current.ports * WORTHWHILE;
  const around = spans.find((span) => overlaps(span, current));
  if (around !== undefined && isWorthwhile(around)) return around;
  const best = largest(spans);
  return best !== null && isWorthwhile(best) ? best : null;
};

/** The upper end of a run: nearest to the ports that are dynamic by default, farthest from those that programs listen at. */
const upperEnd = (span: Span, most: number): Span => {
  const ports = Math.min(span.ports, most);
  return { start: lastOf(span) - ports + 1, ports };
};

/**
 * An auto-reuse range of `least` ports or more, as many as the dynamic range at most: beside the dynamic range, so that it takes
 * nothing from it; or else inside, up to half of it. Null where there is no room.
 */
export const reuseRange = (dynamic: Span, isBlocked: Blocks, least: number): Span | null => {
  const needed = Math.max(least, SMALLEST_DYNAMIC_PORTS);
  const beside = largest(openSpans((port) => isBlocked(port) || holds(dynamic, port), LOWEST_PLANNED, HIGHEST_PORT));
  if (beside !== null && beside.ports >= needed) return upperEnd(beside, Math.max(needed, dynamic.ports));
  const most = Math.floor(dynamic.ports * INSIDE_PART);
  const inside = largest(openSpans(isBlocked, dynamic.start, Math.min(lastOf(dynamic), HIGHEST_PORT)));
  return inside !== null && Math.min(inside.ports, most) >= needed ? upperEnd(inside, most) : null;
};
