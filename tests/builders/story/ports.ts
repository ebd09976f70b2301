// The machine's dynamic ports of one transport: taken by a bind to port 0, given back by the close, and kept
// back for a while by TIME_WAIT (domain reference 3.1 - 3.3).

export type PortPool = {
  readonly free: number[];
  readonly resting: { readonly port: number; readonly until: number }[];
};

export const portPool = (range: { readonly start: number; readonly ports: number }): PortPool => ({
  free: Array.from({ length: range.ports }, (_, index) => range.start + index),
  resting: [],
});

/** Null when all are in use. */
export const takePort = (pool: PortPool, now: number): number | null => {
  while ((pool.resting[0]?.until ?? Number.POSITIVE_INFINITY) <= now) {
    const rested = pool.resting.shift();
    if (rested !== undefined) pool.free.push(rested.port);
  }
  return pool.free.shift() ?? null;
};

/** Gives a port back; it can be taken again at `until`. */
export const givePort = (pool: PortPool, port: number, until: number): void => {
  const { resting } = pool;
  let index = resting.length;
  while (index > 0 && (resting[index - 1]?.until ?? 0) > until) index -= 1;
  resting.splice(index, 0, { port, until });
};
