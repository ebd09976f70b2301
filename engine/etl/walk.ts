/**
 * The innermost loop: steps from record to record through loaded bytes, counts each one by kind and notes the ones that
 * somebody wants. Touches no payload, makes no object.
 *
 * Rules, checked on every buffer of traces made by others: records start 8-byte aligned, their size field is exact, and
 * the walk ends where the filled part does; a word of ones is unused space.
 */
import { decodeRow } from "../bytes/row-plan.ts";
import { EVENT_FLAG_EXTENDED, EVENT_HEADER_SIZE, FORM, HEADER_TYPE, MARKER_TRACE, MARKER_WPP } from "./format.ts";
import { HANDLING, kindKey, type KindTable } from "./kinds.ts";
import { KERNEL_GROUP_GUIDS, KERNEL_GROUP_HEADER } from "./kernel-groups.ts";
import { recordTicks, readWppHeader } from "./record-time.ts";
import type { Clock } from "./clock.ts";

/** Bytes to walk: three views of the same memory. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly view: DataView;
}

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

/** Time window in ticks, both ends included; null for everything. */
export interface Window {
  readonly since: number;
  readonly until: number;
}

export interface WalkContext {
  readonly kinds: KindTable;
  readonly clock: Clock;
  readonly window: Window | null;
  /** Takes the fields that nobody reads when a payload is only checked. */
  readonly scratchRow: Float64Array;
  /** Time span of the events counted, header records left out. */
  readonly span: { first: number; last: number };
}

/** Where a walk stopped. `damagedAt` is -1 where all was well; a record that crosses the end is for the caller to judge. */
export interface WalkStop {
  at: number;
  damagedAt: number;
}

const HIGH_WORD = 4294967296;

const FULL_HEADER_SIZE = 0x30;
const INSTANCE_HEADER_SIZE = 0x48;

/** Header length of a kernel record by header type; 0 for all other types. */
const KERNEL_HEADER_SIZE = new Uint8Array(256);
for (const type of [HEADER_TYPE.system32, HEADER_TYPE.system64]) KERNEL_HEADER_SIZE[type] = 0x20;
for (const type of [HEADER_TYPE.compact32, HEADER_TYPE.compact64]) KERNEL_HEADER_SIZE[type] = 0x18;
for (const type of [HEADER_TYPE.perfInfo32, HEADER_TYPE.perfInfo64]) KERNEL_HEADER_SIZE[type] = 0x10;

/** Header length of a classic record by header type. */
const CLASSIC_HEADER_SIZE = new Uint8Array(256);
for (const type of [HEADER_TYPE.full32, HEADER_TYPE.full64]) CLASSIC_HEADER_SIZE[type] = FULL_HEADER_SIZE;
for (const type of [HEADER_TYPE.instance32, HEADER_TYPE.instance64]) CLASSIC_HEADER_SIZE[type] = INSTANCE_HEADER_SIZE;

const IS_32BIT = new Uint8Array(256);
for (const type of [
  HEADER_TYPE.system32,
  HEADER_TYPE.compact32,
  HEADER_TYPE.full32,
  HEADER_TYPE.instance32,
  HEADER_TYPE.perfInfo32,
  HEADER_TYPE.event32,
])
  IS_32BIT[type] = 1;

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

const push = (list: WantedList, tag: number, record: number, payload: number, end: number, ticks: number): void => {
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

const LINKAGE_MORE = 1;
const EXTENDED_ITEM_HEADER = 8;

/** Payload start behind the extended data items; `end` where they are damaged, so that the payload is empty. */
const skipExtendedItems = (view: DataView, start: number, end: number): number => {
  let at = start;
  while (at + EXTENDED_ITEM_HEADER <= end) {
    const size = view.getUint16(at, true);
    const linkage = view.getUint16(at + 4, true);
    at += size;
    if (size < EXTENDED_ITEM_HEADER || at > end) return end;
    if ((linkage & LINKAGE_MORE) === 0) return at;
  }
  return end;
};

const NO_HEADER: ReturnType<typeof readWppHeader> = { guidAt: -1, timeAt: -1, threadAt: -1, size: 8 };

const check = (
  { kinds, scratchRow }: WalkContext,
  { view }: Block,
  kind: number,
  is32: number,
  start: number,
  end: number,
): void => {
  const plan = kinds.interest(kind).plans?.[is32 === 1 ? 4 : 8];
  if (plan !== undefined && decodeRow(plan, view, start, end, scratchRow)) (kinds.decoded[kind] as number) += 1;
};

/** Counts a record, and checks or notes it where its kind asks for that. */
const take = (
  context: WalkContext,
  block: Block,
  list: WantedList,
  kind: number,
  is32: number,
  record: number,
  payload: number,
  end: number,
): void => {
  const { kinds, window } = context;
  const handling = kinds.handling[kind] as number;
  let isInside = true;
  if (window !== null) {
    const ticks = recordTicks(block.view, record, context.clock);
    isInside = !(ticks < window.since || ticks > window.until);
  }
  if (isInside) (kinds.counts[kind] as number) += 1;
  if (handling === HANDLING.count) return;
  const start = payload < end ? payload : end;
  if (handling < HANDLING.deliver) {
    if (isInside) check(context, block, kind, is32, start, end);
    return;
  }
  if (!isInside && handling !== HANDLING.deliverAlways) return;
  push(list, kind * 2 + is32, record, start, end, recordTicks(block.view, record, context.clock));
};

/** Takes a record that is not of manifest form; returns its size, 0 where it is damaged, -1 where it crosses `end`. */
const takeOther = (context: WalkContext, block: Block, list: WantedList, at: number, end: number): number => {
  const { view, words } = block;
  const word = words[at >> 2] as number;
  const marker = word >>> 24;
  const type = marker === MARKER_TRACE ? (word >>> 16) & 0xff : 0;
  const kernelHeader = KERNEL_HEADER_SIZE[type] as number;
  const classicHeader = CLASSIC_HEADER_SIZE[type] as number;
  const isWpp = marker === MARKER_WPP;
  const wpp = isWpp ? readWppHeader(view.getUint16(at + 6, true)) : NO_HEADER;
  const size = kernelHeader > 0 ? view.getUint16(at + 4, true) : word & 0xffff;
  // Rare kinds (timed, error, WNODE, message) are counted by their header type and stepped over.
  const headerSize = kernelHeader || classicHeader || wpp.size;
  if ((marker !== MARKER_TRACE && !isWpp) || size < headerSize) return 0;
  if (at + size > end) return -1;
  const find = (guidAt: number, key: number): number =>
    guidAt < 0
      ? context.kinds.find(0, 0, 0, 0, key)
      : context.kinds.find(
          view.getInt32(guidAt, true),
          view.getInt32(guidAt + 4, true),
          view.getInt32(guidAt + 8, true),
          view.getInt32(guidAt + 12, true),
          key,
        );
  let kind: number;
  if (kernelHeader > 0) {
    const [g0, g1, g2, g3] = KERNEL_GROUP_GUIDS[view.getUint8(at + 7)] as (typeof KERNEL_GROUP_GUIDS)[number];
    kind = context.kinds.find(g0, g1, g2, g3, kindKey(FORM.kernel, view.getUint8(at + 6), view.getUint8(at)));
  } else if (isWpp)
    kind = find(wpp.guidAt < 0 ? -1 : at + wpp.guidAt, kindKey(FORM.wpp, view.getUint16(at + 4, true), 0));
  else if (classicHeader > 0) kind = find(at + 24, kindKey(FORM.classic, view.getUint8(at + 4), view.getUint8(at + 6)));
  else kind = find(-1, kindKey(FORM.classic, type, 0));
  take(context, block, list, kind, IS_32BIT[type] as number, at, at + headerSize, at + size);
  return size;
};

const noteSpan = (context: WalkContext, block: Block, first: number, last: number): void => {
  const { span, clock, window } = context;
  if (first < 0) return;
  const from = recordTicks(block.view, first, clock);
  const to = recordTicks(block.view, last, clock);
  if (from < span.first) span.first = window === null ? from : Math.max(from, window.since);
  if (to > span.last) span.last = window === null ? to : Math.min(to, window.until);
};

const isHeaderRecord = (block: Block, at: number): boolean =>
  (KERNEL_HEADER_SIZE[((block.words[at >> 2] as number) >>> 16) & 0xff] as number) > 0 &&
  block.view.getUint8(at + 7) === KERNEL_GROUP_HEADER;

/** Walks block[start, end). `stop` says where it ended and whether that is damage. */
export const walkRecords = (
  context: WalkContext,
  block: Block,
  start: number,
  end: number,
  list: WantedList,
  stop: WalkStop,
): void => {
  const { words } = block;
  const { kinds, clock } = context;
  const { counts, decoded, minimumSizes } = kinds;
  const { baseHigh, baseLow } = clock;
  // Without a time window a record is counted whatever its time: the common case, kept in this loop.
  const isPlain = context.window === null;
  let at = start;
  let first = -1;
  let last = -1;
  stop.damagedAt = -1;
  while (at + 8 <= end) {
    const w = at >> 2;
    const word = words[w] as number;
    let size: number;
    if (word >>> 17 === 0x6009) {
      size = word & 0xffff;
      if (size < EVENT_HEADER_SIZE) {
        stop.damagedAt = at;
        break;
      }
      if (at + size > end) break;
      const kind = kinds.find(
        words[w + 6] as number,
        words[w + 7] as number,
        words[w + 8] as number,
        words[w + 9] as number,
        (words[w + 10] as number) & 0xffffff,
      );
      const is32 = ((word >>> 16) & 1) ^ 1;
      const isExtended = ((words[w + 1] as number) & EVENT_FLAG_EXTENDED) !== 0;
      const handling = kinds.handling[kind] as number;
      if (!isPlain || isExtended) {
        const payload = isExtended
          ? skipExtendedItems(block.view, at + EVENT_HEADER_SIZE, at + size)
          : at + EVENT_HEADER_SIZE;
        take(context, block, list, kind, is32, at, payload, at + size);
      } else {
        (counts[kind] as number) += 1;
        if (handling >= HANDLING.deliver) {
          const ticks =
            (((words[w + 5] as number) - baseHigh) | 0) * HIGH_WORD + (((words[w + 4] as number) >>> 0) - baseLow);
          push(list, kind * 2 + is32, at, at + EVENT_HEADER_SIZE, at + size, ticks);
        } else if (handling === HANDLING.checkSize) {
          if (size - EVENT_HEADER_SIZE >= (minimumSizes[kind * 2 + is32] as number)) (decoded[kind] as number) += 1;
        } else if (handling === HANDLING.check) check(context, block, kind, is32, at + EVENT_HEADER_SIZE, at + size);
      }
    } else {
      if (word === -1) break;
      size = takeOther(context, block, list, at, end);
      if (size === 0) stop.damagedAt = at;
      if (size <= 0) break;
      if (isHeaderRecord(block, at)) {
        at += (size + 7) & ~7;
        continue;
      }
    }
    if (first < 0) first = at;
    last = at;
    at += (size + 7) & ~7;
  }
  stop.at = at;
  noteSpan(context, block, first, last);
};
