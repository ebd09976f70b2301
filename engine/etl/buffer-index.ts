/**
 * The buffers of a file in the order in which to open them.
 *
 * Each processor fills its own buffers, and a circular file wraps, so file order is not time order. The order is by the
 * time of a buffer's first record: it needs neither processor numbers nor sequence numbers (both are missing or reused in
 * merged, appended and non-per-processor files).
 */
import type { BufferHeader } from "./buffer-header.ts";
import { COMPRESSED_TAG, type Scan, scanBuffers } from "./buffer-scan.ts";

export interface BufferEntry extends BufferHeader {
  readonly offset: number;
  /** Bytes of the buffer that are in the file. */
  readonly available: number;
  /** Ticks of its first record. */
  readonly firstTicks: number;
}

export interface BufferIndex {
  readonly count: number;
  /** The n-th buffer in time order. */
  readonly entry: (rank: number) => BufferEntry;
  readonly firstTicks: (rank: number) => number;
}

const timeOrder = (ticks: readonly number[]): Uint32Array => {
  const order = Uint32Array.from(ticks, (_, index) => index);
  const isSorted = ticks.every((value, index) => index === 0 || (ticks[index - 1] as number) <= value);
  return isSorted ? order : order.sort((a, b) => (ticks[a] as number) - (ticks[b] as number) || a - b);
};

const checkCount = ({ file, log, damage }: Scan, found: number): void => {
  // Buffers that damage hid may be what is missing; a file that was never closed, or wraps, makes no promise.
  const isPromised = !log.isCircular && log.endTime !== 0n && damage.damagedBuffers === 0 && !damage.isTruncated;
  if (isPromised && found < log.buffersWritten) {
    damage.truncated(
      file.sizeBytes,
      "buffers-missing",
      `The session wrote ${log.buffersWritten} buffers; the file has ${found}.`,
    );
  }
};

export const indexBuffers = (scan: Scan, onProgress: (done: number) => void): BufferIndex => {
  const columns = scanBuffers(scan, onProgress);
  const order = timeOrder(columns.ticks);
  checkCount(scan, order.length);
  const at = (rank: number): number => order[rank] as number;
  return {
    count: order.length,
    firstTicks: (rank) => columns.ticks[at(rank)] as number,
    entry: (rank) => {
      const index = at(rank);
      const tag = columns.tag[index] as number;
      return {
        offset: columns.offset[index] as number,
        available: columns.available[index] as number,
        filled: columns.filled[index] as number,
        size: columns.size[index] as number,
        processor: tag & (COMPRESSED_TAG - 1),
        isCompressed: (tag & COMPRESSED_TAG) !== 0,
        firstTicks: columns.ticks[index] as number,
      };
    },
  };
};
