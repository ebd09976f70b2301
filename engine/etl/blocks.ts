/**
 * Brings buffers into memory, a window at a time where many processors would make whole buffers too much, and walks them.
 * Memory is pooled: as many blocks exist as were ever open at once.
 */
import type { BufferEntry } from "./buffer-index.ts";
import type { DamageLog } from "./damage.ts";
import type { TraceFile } from "./file.ts";
import { BUFFER_HEADER_SIZE, MAX_BUFFER_SIZE, MAX_RECORD_SIZE } from "./format.ts";
import type { LogHeader } from "./log-header.ts";
import { type Block, type WalkContext, type WalkStop, walkRecords } from "./walk.ts";
import { createWantedList, type WantedList } from "./wanted-list.ts";
import { decompress } from "./xpress.ts";

/** A buffer being read: the records of its current window that are still to be delivered. */
export interface OpenBuffer {
  readonly entry: BufferEntry;
  block: Block;
  readonly list: WantedList;
  /** Next record of the list to deliver. */
  cursor: number;
  /** Time of that record. */
  nextTicks: number;
  /** Offset in the buffer at which the next window begins; at or behind `filled` when all is walked. */
  next: number;
  /** End of the records, cut to what the file has. */
  readonly filled: number;
}

export interface BlockReader {
  readonly open: (entry: BufferEntry) => OpenBuffer;
  /** Loads and walks the next window; false when the buffer has no more. */
  readonly advance: (buffer: OpenBuffer) => boolean;
  readonly release: (buffer: OpenBuffer) => void;
  /** Bytes in open blocks. */
  readonly openBytes: () => number;
}

/** Memory for the windows of all processors together. */
const WINDOW_BUDGET = 48 << 20;
/** A window must take the largest record. */
const MIN_WINDOW = 4 * (MAX_RECORD_SIZE + 1);

const createBlock = (capacity: number): Block => {
  const buffer = new ArrayBuffer((capacity + 7) & ~7);
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer), view: new DataView(buffer) };
};

/** Length of header and records; the stride where the header's own length makes no sense. */
const filledOf = (entry: BufferEntry, damage: DamageLog): number => {
  const limit = entry.isCompressed ? MAX_BUFFER_SIZE : entry.size;
  if (entry.filled >= BUFFER_HEADER_SIZE && entry.filled <= limit)
    return entry.isCompressed ? entry.filled : Math.min(entry.filled, entry.available);
  damage.buffer(
    entry.offset,
    "buffer-size-damaged",
    `The buffer says it is filled to ${entry.filled} of ${entry.size} bytes.`,
    0,
  );
  return entry.isCompressed ? BUFFER_HEADER_SIZE : entry.available;
};

export const createBlockReader = (
  file: TraceFile,
  log: LogHeader,
  context: WalkContext,
  damage: DamageLog,
  onRead: (bytes: number) => void,
): BlockReader => {
  const windowSize = Math.max(MIN_WINDOW, Math.floor(WINDOW_BUDGET / Math.max(1, log.processors)) & ~7);
  const idle: { readonly block: Block; readonly list: WantedList }[] = [];
  const stop: WalkStop = { at: 0, damagedAt: -1 };
  let compressed = new Uint8Array(0);
  let openBytes = 0;

  /** Blocks fit the session's buffers, so that any idle one serves any buffer. */
  const acquire = (needed: number): { readonly block: Block; readonly list: WantedList } => {
    const spare = idle.pop();
    const capacity = Math.max(needed, Math.min(log.bufferSize, windowSize));
    const block = spare !== undefined && spare.block.bytes.length >= needed ? spare.block : createBlock(capacity);
    openBytes += block.bytes.length;
    return { block, list: spare?.list ?? createWantedList() };
  };

  const loadPlain = ({ entry, block, filled }: OpenBuffer, start: number): number => {
    const length = Math.min(filled - start, windowSize);
    const got = file.read(block.bytes, 0, length, entry.offset + start);
    onRead(got);
    return got;
  };

  /** Decompresses the whole buffer to the block's start; returns the length of its records. */
  const loadCompressed = ({ entry, block, filled }: OpenBuffer): number => {
    if (compressed.length < entry.available) compressed = new Uint8Array(entry.available);
    const got = file.read(compressed, 0, entry.available, entry.offset);
    onRead(got);
    const expected = filled - BUFFER_HEADER_SIZE;
    const { length, isDamaged } = decompress(compressed, BUFFER_HEADER_SIZE, got, block.bytes, 0, expected);
    if (!isDamaged && (length === expected || got < entry.size)) return length;
    damage.buffer(
      entry.offset,
      "buffer-not-decompressed",
      `Decompressing broke off after ${length} of ${expected} bytes; the buffer's records are not used.`,
      entry.available,
    );
    return 0;
  };

  const reportStop = ({ entry, filled }: OpenBuffer, start: number, end: number): void => {
    const isCut = entry.available < entry.size;
    if (stop.damagedAt < 0 && isCut) return;
    const at = start + (stop.damagedAt < 0 ? stop.at : stop.damagedAt);
    const where = entry.isCompressed ? `${at} bytes into the decompressed buffer` : `at offset ${entry.offset + at}`;
    damage.buffer(
      entry.isCompressed ? entry.offset : entry.offset + at,
      "record-damaged",
      `A damaged record ${where}; the last ${end - stop.at} bytes of this buffer of ${filled} are not used.`,
      entry.isCompressed ? 0 : end - stop.at,
    );
  };

  const advance = (buffer: OpenBuffer): boolean => {
    const { entry, list, filled } = buffer;
    if (buffer.next >= filled) return false;
    const start = buffer.next;
    const length = entry.isCompressed ? loadCompressed(buffer) : loadPlain(buffer, start);
    list.count = 0;
    list.isSorted = true;
    list.startTicks = entry.firstTicks;
    buffer.cursor = 0;
    walkRecords(context, buffer.block, 0, length, list, stop);
    const isUnusedSpace = stop.at < length && buffer.block.words[stop.at >> 2] === -1;
    const isWindowEnd =
      !entry.isCompressed && stop.damagedAt < 0 && stop.at > 0 && start + length < filled && !isUnusedSpace;
    if (isWindowEnd) {
      buffer.next = start + stop.at;
      return true;
    }
    buffer.next = filled;
    if (stop.at < length && !isUnusedSpace && length > 0) reportStop(buffer, start, length);
    return true;
  };

  return {
    open: (entry) => {
      const filled = filledOf(entry, damage);
      const { block, list } = acquire(entry.isCompressed ? filled : Math.min(filled, windowSize));
      return { entry, block, list, cursor: 0, nextTicks: 0, next: BUFFER_HEADER_SIZE, filled };
    },
    advance,
    release: ({ block, list }) => {
      openBytes -= block.bytes.length;
      idle.push({ block, list });
    },
    openBytes: () => openBytes,
  };
};
