/**
 * Ports that processes asked for by number. Several sockets of a process may have the same one (SO_REUSEADDR, as for
 * multicast DNS on 5353): it is one port, taken by the first of them and free after the last.
 */

export interface SharedPort<Holder> {
  readonly key: number;
  /** The first one, which stands for the port. */
  readonly holder: Holder;
  sockets: number;
}

export interface SharedPorts<Holder> {
  /** Joins a port; the first one to do so holds it. */
  readonly join: (key: number, holder: Holder) => SharedPort<Holder>;
  /** Returns who stood for the port where this was the last to leave it, else null. */
  readonly leave: (shared: SharedPort<Holder>) => Holder | null;
}

export const createSharedPorts = <Holder>(): SharedPorts<Holder> => {
  const ports = new Map<number, SharedPort<Holder>>();
  return {
    join: (key, holder) => {
      const shared = ports.get(key) ?? { key, holder, sockets: 0 };
      shared.sockets += 1;
      ports.set(key, shared);
      return shared;
    },
    leave: (shared) => {
      shared.sockets -= 1;
      if (shared.sockets > 0) return null;
      ports.delete(shared.key);
      return shared.holder;
    },
  };
};
