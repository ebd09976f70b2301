/**
 * Delivers wanted records in time order with bounded memory. A buffer is opened when time reaches its first record, so
 * about one buffer a processor is open at once; they stand in the order of their next records.
 */
import type { BlockReader, OpenBuffer } from "./blocks.ts";
import type { BufferIndex } from "./buffer-index.ts";
import type { Block } from "./walk.ts";
import { sortList, type WantedList } from "./wanted-list.ts";

/** Called once a wanted record, the one at `index` of the list; block and list are only valid during the call. */
export type RecordSink = (block: Block, list: WantedList, index: number, processor: number) => void;

/** Where so many buffers overlap that they exceed this, order is given up rather than memory. */
const OPEN_BUDGET = 96 << 20;

const isEarlier = (a: OpenBuffer, b: OpenBuffer): boolean => {
  const difference = a.nextTicks - b.nextTicks;
  return difference < 0 || (difference === 0 && a.entry.offset < b.entry.offset);
};

/** Moves the first lane to its place. Short of many processors a straight search beats a heap: one guess, not three. */
const settleFirst = (lanes: OpenBuffer[]): void => {
  const first = lanes[0] as OpenBuffer;
  let at = 0;
  while (at + 1 < lanes.length && isEarlier(lanes[at + 1] as OpenBuffer, first)) {
    lanes[at] = lanes[at + 1] as OpenBuffer;
    at += 1;
  }
  lanes[at] = first;
};

const insert = (lanes: OpenBuffer[], buffer: OpenBuffer): void => {
  let at = lanes.length;
  lanes.push(buffer);
  while (at > 0 && isEarlier(buffer, lanes[at - 1] as OpenBuffer)) {
    lanes[at] = lanes[at - 1] as OpenBuffer;
    at -= 1;
  }
  lanes[at] = buffer;
};

/** Loads windows until one has a wanted record; false (and released) where the buffer has none left. */
const refill = (reader: BlockReader, buffer: OpenBuffer): boolean => {
  while (reader.advance(buffer)) {
    if (buffer.list.count === 0) continue;
    if (!buffer.list.isSorted) sortList(buffer.list);
    buffer.nextTicks = buffer.list.ticks[0] as number;
    return true;
  }
  reader.release(buffer);
  return false;
};

/** Returns how many records came too late to be in order. */
export const deliverInOrder = (index: BufferIndex, reader: BlockReader, sink: RecordSink): number => {
  /** Open buffers, the one with the earliest next record first. */
  const lanes: OpenBuffer[] = [];
  let opened = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let outOfOrder = 0;

  const openNext = (): void => {
    const buffer = reader.open(index.entry(opened));
    opened += 1;
    if (refill(reader, buffer)) insert(lanes, buffer);
  };

  const drain = (buffer: OpenBuffer, limit: number): void => {
    const { list, block, entry } = buffer;
    let cursor = buffer.cursor;
    while (cursor < list.count) {
      const ticks = list.ticks[cursor] as number;
      if (ticks > limit) break;
      if (ticks < latest) outOfOrder += 1;
      else latest = ticks;
      sink(block, list, cursor, entry.processor);
      cursor += 1;
    }
    buffer.cursor = cursor;
    buffer.nextTicks = cursor < list.count ? (list.ticks[cursor] as number) : Number.POSITIVE_INFINITY;
  };

  while (lanes.length > 0 || opened < index.count) {
    const unopened = opened < index.count ? index.firstTicks(opened) : Number.POSITIVE_INFINITY;
    const top = lanes[0];
    const mustOpen = top === undefined || (unopened <= top.nextTicks && reader.openBytes() < OPEN_BUDGET);
    if (mustOpen) {
      openNext();
      continue;
    }
    const runnerUp = lanes[1]?.nextTicks ?? Number.POSITIVE_INFINITY;
    drain(top, unopened <= top.nextTicks ? Number.POSITIVE_INFINITY : Math.min(runnerUp, unopened));
    if (top.cursor < top.list.count || refill(reader, top)) settleFirst(lanes);
    else lanes.shift();
  }
  return outOfOrder;
};
