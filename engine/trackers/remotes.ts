/**
 * Remote endpoints as small numbers, so that a connect keeps one integer. The text is made only for those that are
 * reported. Bounded: a trace can hold any number of remote endpoints; the ones behind the limit have no number.
 */
import { PORTS } from "../model/port.ts";
import { AF_INET, formatEndpoint, readSockaddr } from "../bytes/sockaddr.ts";

export const NO_REMOTE = -1;

export interface Remotes {
  /** From a SOCKADDR in an event. */
  readonly ofSockaddr: (view: DataView, offset: number, length: number) => number;
  /** From text, for events that carry an address in another form. */
  readonly ofText: (text: string) => number;
  readonly text: (remote: number) => string | null;
}

const MAX_REMOTES = 65_536;

const ipv4Text = (key: number): string => {
  const address = Math.floor(key / PORTS);
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}:${key % PORTS}`;
};

export const createRemotes = (): Remotes => {
  const numbers = new Map<number | string, number>();
  const keys: (number | string)[] = [];

  const numberOf = (key: number | string): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (keys.length === MAX_REMOTES) return NO_REMOTE;
    keys.push(key);
    numbers.set(key, keys.length - 1);
    return keys.length - 1;
  };

  return {
    ofSockaddr: (view, offset, length) => {
      if (length >= 8 && view.getUint16(offset, true) === AF_INET)
        return numberOf(view.getUint32(offset + 4, false) * PORTS + view.getUint16(offset + 2, false));
      const text = formatEndpoint(readSockaddr(view, offset, length));
      return text === null ? NO_REMOTE : numberOf(text);
    },
    ofText: numberOf,
    text: (remote) => {
      const key = keys[remote];
      return typeof key === "number" ? ipv4Text(key) : (key ?? null);
    },
  };
};
