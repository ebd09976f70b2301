/**
 * The innermost loop: steps from record to record through loaded bytes, counts each one by kind and notes the ones that
 * somebody wants. Touches no payload, makes no object.
 *
 * Rules, checked on every buffer of traces made by others: records start 8-byte aligned, their size field is exact, and
 * the walk ends where the filled part does; a word of ones is unused space.
 */
import { decodeRow } from "../bytes/row-plan.ts";
import { EVENT_FLAG_EXTENDED, EVENT_HEADER_SIZE, FORM, MARKER_TRACE, MARKER_WPP } from "./format.ts";
import { HANDLING, kindKey, type KindTable } from "./kinds.ts";
import { KERNEL_GROUP_GUIDS, KERNEL_GROUP_HEADER } from "./kernel-groups.ts";
import { CLASSIC_HEADER_SIZE, IS_32BIT, KERNEL_HEADER_SIZE, skipExtendedItems } from "./record-header.ts";
import { readWppHeader, recordTicks } from "./record-time.ts";
import { push, type WantedList } from "./wanted-list.ts";
import type { Clock } from "./clock.ts";

/** Bytes to walk: three views of the same memory. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly view: DataView;
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

/** Upper 15 bits of a manifest record's first word: marker 0xC0 and header type 0x12 or 0x13, whose last bit is the width. */
const EVENT_MARKER = 0xc012 >>> 1;

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

const widenSpan = (span: WalkContext["span"], ticks: number): void => {
  if (ticks < span.first) span.first = ticks;
  if (ticks > span.last) span.last = ticks;
};

/** A record about the file itself: its time is no event's. */
const isHeaderRecord = ({ words, view }: Block, at: number): boolean => {
  const word = words[at >> 2] as number;
  const isKernel = word >>> 24 === MARKER_TRACE && (KERNEL_HEADER_SIZE[(word >>> 16) & 0xff] as number) > 0;
  return isKernel && view.getUint8(at + 7) === KERNEL_GROUP_HEADER;
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
    if (isInside && !isHeaderRecord(block, record)) widenSpan(context.span, ticks);
  }
  if (isInside) (kinds.counts[kind] as number) += 1;
  if (handling === HANDLING.count) return;
  const start = Math.min(payload, end);
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
  if (first < 0) return;
  widenSpan(context.span, recordTicks(block.view, first, context.clock));
  widenSpan(context.span, recordTicks(block.view, last, context.clock));
};

/** Walks the records in the first `end` bytes. `stop` says where the walk ended and whether that is damage. */
export const walkRecords = (
  context: WalkContext,
  block: Block,
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
  let at = 0;
  let first = -1;
  let last = -1;
  stop.damagedAt = -1;
  while (at + 8 <= end) {
    const w = at >> 2;
    const word = words[w] as number;
    let size: number;
    if (word >>> 17 === EVENT_MARKER) {
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
  if (isPlain) noteSpan(context, block, first, last);
};
