/** Ports of one capture by who holds them, and what became of them until another capture. */
import { PORTS } from "../model/port.ts";
import { PORT_CLASSES } from "../pools/port-class.ts";
import { isSameMoment } from "./lives.ts";

export const BOUND = PORT_CLASSES.indexOf("bound");

/** Holder and port as one number -> FILETIME of the socket's making; 0 where it is not known. */
export type HeldKeys = Map<number, bigint>;

/** `holder` is NOBODY (-1) or the index of a life. */
export const heldKey = (holder: number, port: number): number => (holder + 1) * PORTS + port;

export const holderOfKey = (key: number): number => Math.floor(key / PORTS) - 1;

/** Of several sockets at one port the oldest: it is there as long as any. */
export const hold = (held: HeldKeys, key: number, created: bigint): void => {
  const known = held.get(key) ?? 0n;
  held.set(key, known === 0n || (created !== 0n && created < known) ? created : known);
};

/** Not the same socket: the port was given back and taken again. */
const isOther = (a: bigint, b: bigint): boolean => a !== 0n && b !== 0n && !isSameMoment(a, b);

const isThere = (held: HeldKeys, key: number, created: bigint): boolean => {
  const known = held.get(key);
  return known !== undefined && !isOther(known, created);
};

/** Calls `opened` and `closed` with the keys that only the later, and only the earlier one has. */
export const differences = (
  before: HeldKeys,
  after: HeldKeys,
  opened: (key: number) => void,
  closed: (key: number) => void,
): void => {
  for (const [key, created] of after) if (!isThere(before, key, created)) opened(key);
  for (const [key, created] of before) if (!isThere(after, key, created)) closed(key);
};
