/** Buffers being read, a window at a time. Memory is pooled: as many blocks exist as were ever open at once. */
import { createBlockLoader, filledOf } from "./block-loader.ts";
import type { BufferEntry } from "./buffer-index.ts";
import type { DamageLog } from "./damage.ts";
import type { TraceFile } from "./file.ts";
import { BUFFER_HEADER_SIZE } from "./format.ts";
import type { LogHeader } from "./log-header.ts";
import { type Block, type WalkContext, type WalkStop, walkRecords } from "./walk.ts";
import { createWantedList, type WantedList } from "./wanted-list.ts";

/** A buffer being read: the records of its current window that are still to be delivered. */
export interface OpenBuffer {
  readonly entry: BufferEntry;
  readonly block: Block;
  readonly list: WantedList;
  /** Next record of the list to deliver. */
  cursor: number;
  /** Time of that record. */
  nextTicks: number;
  /** End of the records, cut to what the file has. */
  readonly filled: number;
  /** Offset in the buffer of the window in the block, and of the next one. */
  start: number;
  next: number;
}

export interface BlockReader {
  readonly open: (entry: BufferEntry) => OpenBuffer;
  /** Loads and walks the next window; false when the buffer has no more. */
  readonly advance: (buffer: OpenBuffer) => boolean;
  readonly release: (buffer: OpenBuffer) => void;
  /** Bytes in open blocks. */
  readonly openBytes: () => number;
}

const createBlock = (capacity: number): Block => {
  const buffer = new ArrayBuffer((capacity + 7) & ~7);
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer), view: new DataView(buffer) };
};

/** A record that is damaged, or that crosses the end of its buffer though the file is not cut there. */
const reportStop = ({ entry, filled, start }: OpenBuffer, loaded: number, stop: WalkStop, damage: DamageLog): void => {
  const isCut = entry.available < entry.size;
  if (stop.damagedAt < 0 && isCut) return;
  const at = start + (stop.damagedAt < 0 ? stop.at : stop.damagedAt);
  const where = entry.isCompressed ? `${at} bytes into the decompressed buffer` : `at offset ${entry.offset + at}`;
  const lost = loaded - stop.at;
  damage.buffer(
    entry.isCompressed ? entry.offset : entry.offset + at,
    "record-damaged",
    `A damaged record ${where}; the last ${lost} bytes of this buffer of ${filled} are not used.`,
    entry.isCompressed ? 0 : lost,
  );
};

/** Decides where a buffer goes on after a window of `loaded` bytes. */
const settle = (buffer: OpenBuffer, loaded: number, stop: WalkStop, damage: DamageLog): void => {
  const { entry, block, start, filled } = buffer;
  const isUnusedSpace = stop.at < loaded && block.words[stop.at >> 2] === -1;
  const hasMore = !entry.isCompressed && start + loaded < filled && stop.at > 0;
  if (stop.damagedAt < 0 && hasMore && !isUnusedSpace) {
    buffer.next = start + stop.at;
    return;
  }
  buffer.next = filled;
  if (stop.at < loaded && !isUnusedSpace) reportStop(buffer, loaded, stop, damage);
};

export const createBlockReader = (
  file: TraceFile,
  log: LogHeader,
  context: WalkContext,
  damage: DamageLog,
  onRead: (bytes: number) => void,
): BlockReader => {
  const loader = createBlockLoader(file, log, damage, onRead);
  const idle: { readonly block: Block; readonly list: WantedList }[] = [];
  const stop: WalkStop = { at: 0, damagedAt: -1 };
  let openBytes = 0;

  /** Blocks fit the session's buffers, so that any idle one serves any buffer. */
  const acquire = (needed: number): { readonly block: Block; readonly list: WantedList } => {
    const spare = idle.pop();
    const capacity = Math.max(needed, Math.min(log.bufferSize, loader.windowSize));
    const block = spare !== undefined && spare.block.bytes.length >= needed ? spare.block : createBlock(capacity);
    openBytes += block.bytes.length;
    return { block, list: spare?.list ?? createWantedList() };
  };

  const advance = (buffer: OpenBuffer): boolean => {
    const { entry, block, list, filled, next } = buffer;
    if (next >= filled) return false;
    const loaded = loader.load(entry, filled, next, block);
    buffer.start = next;
    buffer.cursor = 0;
    list.count = 0;
    list.isSorted = true;
    list.startTicks = entry.firstTicks;
    walkRecords(context, block, loaded, list, stop);
    settle(buffer, loaded, stop, damage);
    return true;
  };

  return {
    open: (entry) => {
      const filled = filledOf(entry, damage);
      const { block, list } = acquire(entry.isCompressed ? filled : Math.min(filled, loader.windowSize));
      return { entry, block, list, cursor: 0, nextTicks: 0, filled, start: 0, next: BUFFER_HEADER_SIZE };
    },
    advance,
    release: ({ block, list }) => {
      openBytes -= block.bytes.length;
      idle.push({ block, list });
    },
    openBytes: () => openBytes,
  };
};
