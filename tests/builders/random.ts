// A seeded generator (mulberry32, public domain): the same seed gives the same trace on every machine,
// so a failing scenario can be told again byte for byte.

/** Each call gives the next number in [0, 1). */
export type Random = () => number;

export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export const below = (random: Random, limit: number): number => Math.floor(random() * limit);
