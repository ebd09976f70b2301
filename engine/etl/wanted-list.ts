/** The records of a block that somebody wants: parallel arrays, reused from block to block, so that a record costs no object. */

/** Records to deliver, in the order in which they lie in the block. */
export interface WantedList {
  count: number;
  /** Kind times two, plus one for a record with 32-bit pointers. */
  tags: Int32Array;
  records: Int32Array;
  payloads: Int32Array;
  ends: Int32Array;
  ticks: Float64Array;
  isSorted: boolean;
  /** Stands in for the time of a record that has none, as long as no earlier record of the list has one. */
  startTicks: number;
}

export const createWantedList = (): WantedList => ({
  count: 0,
  tags: new Int32Array(1024),
  records: new Int32Array(1024),
  payloads: new Int32Array(1024),
  ends: new Int32Array(1024),
  ticks: new Float64Array(1024),
  isSorted: true,
  startTicks: 0,
});

const grown = <T extends Int32Array | Float64Array>(old: T, copy: T): T => {
  copy.set(old);
  return copy;
};

const grow = (list: WantedList): void => {
  const size = list.tags.length * 2;
  list.tags = grown(list.tags, new Int32Array(size));
  list.records = grown(list.records, new Int32Array(size));
  list.payloads = grown(list.payloads, new Int32Array(size));
  list.ends = grown(list.ends, new Int32Array(size));
  list.ticks = grown(list.ticks, new Float64Array(size));
};

export const push = (
  list: WantedList,
  tag: number,
  record: number,
  payload: number,
  end: number,
  ticks: number,
): void => {
  const index = list.count;
  if (index === list.tags.length) grow(list);
  list.tags[index] = tag;
  list.records[index] = record;
  list.payloads[index] = payload;
  list.ends[index] = end;
  const previous = index > 0 ? (list.ticks[index - 1] as number) : list.startTicks;
  list.ticks[index] = Number.isNaN(ticks) ? previous : ticks;
  if (index > 0 && ticks < previous) list.isSorted = false;
  list.count = index + 1;
};

/** Puts the records into time order; equal times keep their order. */
export const sortList = (list: WantedList): void => {
  const order = Array.from({ length: list.count }, (_, index) => index);
  const { ticks } = list;
  order.sort((a, b) => (ticks[a] as number) - (ticks[b] as number) || a - b);
  const pick = <T extends Int32Array | Float64Array>(column: T): void => {
    const sorted = order.map((index) => column[index] as number);
    column.set(sorted);
  };
  pick(list.tags);
  pick(list.records);
  pick(list.payloads);
  pick(list.ends);
  pick(list.ticks);
  list.isSorted = true;
};
