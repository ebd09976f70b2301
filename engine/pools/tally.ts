/** Tools of those who count ports by process. */
import type { Ownership } from "./holders.ts";

export interface HolderPorts {
  readonly processId: number;
  readonly ports: number;
}

/** What the map has for the key, made where it has nothing. */
export const entryOf = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/** A port that is used in several ways has the class that comes first. */
export const setFirstClass = (classes: Map<number, number>, port: number, portClass: number): void => {
  classes.set(port, Math.min(classes.get(port) ?? portClass, portClass));
};

/** A recycled PID is two processes: the one that is gone and the one that has the number now. */
export const ownerKey = ({ processId, creator }: Ownership): number =>
  processId === null ? -1 : processId * 2 + (creator === "recycled" ? 1 : 0);

interface Counted {
  readonly processId: number | null;
  readonly ports: number;
}

/** Order of rows: most ports first. */
export const byPorts = (a: Counted, b: Counted): number =>
  b.ports - a.ports || (a.processId ?? -1) - (b.processId ?? -1);

export const mostFirst = (portsByProcess: ReadonlyMap<number, ReadonlySet<number>>): readonly HolderPorts[] =>
  [...portsByProcess].map(([processId, ports]) => ({ processId, ports: ports.size })).sort(byPorts);
