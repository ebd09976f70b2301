/**
 * A map from pointer keys (pointer.ts) to values, for the one lookup that every socket event needs. A built-in Map has to
 * box each key, which is a double; here keys lie in a typed array. Open addressing with linear probing; removal moves
 * later entries up, so that there are no tombstones.
 */

export interface PointerMap<T> {
  readonly get: (key: number) => T | undefined;
  readonly set: (key: number, value: T) => void;
  readonly delete: (key: number) => void;
  readonly size: () => number;
}

const FIRST_CAPACITY = 1024;
/** Not a pointer: marks a free place. */
const FREE = -1;

/** Pool allocations are 16-byte aligned, so the low four bits say nothing. */
const hashOf = (key: number): number => {
  const low = key | 0;
  return Math.imul(low >>> 4, 0x9e3779b1) >>> 8;
};

export const createPointerMap = <T>(): PointerMap<T> => {
  let mask = FIRST_CAPACITY - 1;
  let keys = new Float64Array(FIRST_CAPACITY).fill(FREE);
  let values: (T | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);
  let size = 0;

  /** Place of a key, or the free place where it would go. */
  const placeOf = (key: number): number => {
    let place = hashOf(key) & mask;
    while (keys[place] !== key && keys[place] !== FREE) place = (place + 1) & mask;
    return place;
  };

  const grow = (): void => {
    const oldKeys = keys;
    const oldValues = values;
    mask = mask * 2 + 1;
    keys = new Float64Array(mask + 1).fill(FREE);
    values = new Array(mask + 1).fill(undefined);
    oldKeys.forEach((key, index) => {
      if (key === FREE) return;
      const place = placeOf(key);
      keys[place] = key;
      values[place] = oldValues[index];
    });
  };

  /** Moves entries up that were pushed behind the freed place by it. */
  const closeGap = (freed: number): void => {
    let gap = freed;
    for (let place = (gap + 1) & mask; keys[place] !== FREE; place = (place + 1) & mask) {
      const wanted = hashOf(keys[place] as number) & mask;
      if (((place - wanted) & mask) < ((place - gap) & mask)) continue;
      keys[gap] = keys[place] as number;
      values[gap] = values[place];
      gap = place;
    }
    keys[gap] = FREE;
    values[gap] = undefined;
  };

  return {
    get: (key) => values[placeOf(key)],
    set: (key, value) => {
      let place = placeOf(key);
      if (keys[place] === FREE) {
        if (size * 2 > mask) {
          grow();
          place = placeOf(key);
        }
        keys[place] = key;
        size += 1;
      }
      values[place] = value;
    },
    delete: (key) => {
      const place = placeOf(key);
      if (keys[place] === FREE) return;
      size -= 1;
      closeGap(place);
    },
    size: () => size,
  };
};
