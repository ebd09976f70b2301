/** Brings the bytes of a buffer into memory: a window of a plain one, the whole of a compressed one. */
import type { BufferEntry } from "./buffer-index.ts";
import type { DamageLog } from "./damage.ts";
import type { TraceFile } from "./file.ts";
import { BUFFER_HEADER_SIZE, MAX_BUFFER_SIZE, MAX_RECORD_SIZE } from "./format.ts";
import type { LogHeader } from "./log-header.ts";
import type { Block } from "./walk.ts";
import { decompress } from "./xpress.ts";

export interface BlockLoader {
  /** Bytes of a buffer that are in memory at once. */
  readonly windowSize: number;
  /**
   * Fills the block with the buffer's bytes from offset `start` on, up to `filled`; returns how many there are. Records
   * begin at the block's start.
   */
  readonly load: (entry: BufferEntry, filled: number, start: number, block: Block) => number;
}

/** Memory for the windows of all processors together. */
const WINDOW_BUDGET = 48 << 20;
/** A window must take the largest record. */
const MIN_WINDOW = 4 * (MAX_RECORD_SIZE + 1);

/** Length of header and records; the stride where the header's own length makes no sense. */
export const filledOf = (entry: BufferEntry, damage: DamageLog): number => {
  const { isCompressed, filled, size, available, offset } = entry;
  const limit = isCompressed ? MAX_BUFFER_SIZE : size;
  if (filled >= BUFFER_HEADER_SIZE && filled <= limit) return isCompressed ? filled : Math.min(filled, available);
  damage.buffer(offset, "buffer-size-damaged", `The buffer says it is filled to ${filled} of ${size} bytes.`, 0);
  return isCompressed ? BUFFER_HEADER_SIZE : available;
};

export const createBlockLoader = (
  file: TraceFile,
  log: LogHeader,
  damage: DamageLog,
  onRead: (bytes: number) => void,
): BlockLoader => {
  const windowSize = Math.max(MIN_WINDOW, Math.floor(WINDOW_BUDGET / Math.max(1, log.processors)) & ~7);
  let input = new Uint8Array(0);

  const loadPlain = (entry: BufferEntry, filled: number, start: number, block: Block): number => {
    const got = file.read(block.bytes, 0, Math.min(filled - start, windowSize), entry.offset + start);
    onRead(got);
    return got;
  };

  const loadCompressed = ({ offset, available, size }: BufferEntry, filled: number, block: Block): number => {
    if (input.length < available) input = new Uint8Array(available);
    const got = file.read(input, 0, available, offset);
    onRead(got);
    const expected = filled - BUFFER_HEADER_SIZE;
    const { length, isDamaged } = decompress(input, BUFFER_HEADER_SIZE, got, block.bytes, 0, expected);
    if (!isDamaged && (length === expected || got < size)) return length;
    const message = `Decompressing broke off after ${length} of ${expected} bytes; the buffer's records are not used.`;
    damage.buffer(offset, "buffer-not-decompressed", message, available);
    return 0;
  };

  return {
    windowSize,
    load: (entry, filled, start, block) =>
      entry.isCompressed ? loadCompressed(entry, filled, block) : loadPlain(entry, filled, start, block),
  };
};
