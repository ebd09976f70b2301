/** The 0x48 bytes in front of every buffer. Offsets and their sources: format.ts. */
import { BUFFER, BUFFER_FLAG, BUFFER_HEADER_SIZE, BUFFER_TYPE_MAX, MAX_BUFFER_SIZE } from "./format.ts";

export interface BufferHeader {
  /** Bytes to the next buffer header. */
  readonly size: number;
  /** Length of header and records, of the decompressed records where the buffer is compressed. */
  readonly filled: number;
  readonly processor: number;
  readonly isCompressed: boolean;
}

const MAX_PROCESSOR = 0x7ff;

const processorOf = (view: DataView, at: number, flags: number): number =>
  (flags & BUFFER_FLAG.processorIndex) !== 0
    ? view.getUint16(at + BUFFER.processor, true) & MAX_PROCESSOR
    : view.getUint8(at + BUFFER.processor);

/** Null where the bytes at `at` cannot be a buffer header. */
export const readBufferHeader = (view: DataView, at: number): BufferHeader | null => {
  if (at + BUFFER_HEADER_SIZE > view.byteLength) return null;
  const size = view.getUint32(at + BUFFER.size, true);
  const flags = view.getUint16(at + BUFFER.flags, true);
  if (size < BUFFER_HEADER_SIZE || size > MAX_BUFFER_SIZE || (flags & ~BUFFER_FLAG.all) !== 0) return null;
  if (view.getUint16(at + BUFFER.type, true) > BUFFER_TYPE_MAX) return null;
  return {
    size,
    filled: view.getUint32(at + BUFFER.filled, true) || view.getUint32(at + BUFFER.savedOffset, true),
    processor: processorOf(view, at, flags),
    isCompressed: (flags & BUFFER_FLAG.compressed) !== 0,
  };
};
