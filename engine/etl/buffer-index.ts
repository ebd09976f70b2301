/**
 * First pass: finds every buffer of the file without reading its records, and the order in which to open them.
 *
 * Each processor fills its own buffers, and a circular file wraps, so file order is not time order. The order is by the
 * time of a buffer's first record: it needs neither processor numbers nor sequence numbers (both are missing or reused in
 * merged, appended and non-per-processor files). Costs 32 bytes of memory a buffer.
 */
import { type BufferHeader, isLikelyBufferHeader, readBufferHeader } from "./buffer-header.ts";
import type { Clock } from "./clock.ts";
import type { DamageLog } from "./damage.ts";
import type { TraceFile } from "./file.ts";
import { BUFFER_HEADER_SIZE, MARKER_WPP } from "./format.ts";
import type { LogHeader } from "./log-header.ts";
import { recordTicks } from "./record-time.ts";
import { decompress } from "./xpress.ts";

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

/** Enough of a compressed buffer to decompress the headers of its first records. */
const PROBE_SIZE = BUFFER_HEADER_SIZE + 0x200;
const SMALLEST_RECORD = 8;
/** No header kind but WPP's has its time stamp further back. */
const RECORD_TIME_END = 24;
const SCAN_CHUNK = 1 << 20;

interface Columns {
  readonly offset: number[];
  readonly available: number[];
  readonly filled: number[];
  readonly size: number[];
  /** Processor, plus 0x10000 where compressed. */
  readonly tag: number[];
  readonly ticks: number[];
}

const COMPRESSED_TAG = 0x10000;

interface Probe {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

const createProbe = (): Probe => {
  const bytes = new Uint8Array(PROBE_SIZE);
  return { bytes, view: new DataView(bytes.buffer) };
};

/** Ticks of the first record in view[start, end) that has a time stamp: WPP messages may have none. NaN where none shows. */
const firstTimeIn = (view: DataView, start: number, end: number, clock: Clock): number => {
  let at = start;
  while (at + SMALLEST_RECORD <= end && at + RECORD_TIME_END <= view.byteLength) {
    const ticks = recordTicks(view, at, clock);
    const size = view.getUint16(at, true);
    const isUntimedWpp = Number.isNaN(ticks) && view.getUint8(at + 3) === MARKER_WPP && size >= SMALLEST_RECORD;
    if (!isUntimedWpp) return ticks;
    at += (size + 7) & ~7;
  }
  return Number.NaN;
};

/** Time of a buffer's first record, NaN where it has none that can be read. */
const firstTicksOf = (header: BufferHeader, probe: Probe, length: number, scratch: Probe, clock: Clock): number => {
  const end = Math.min(length, header.size);
  if (!header.isCompressed) return firstTimeIn(probe.view, BUFFER_HEADER_SIZE, Math.min(end, header.filled), clock);
  const { length: produced } = decompress(probe.bytes, BUFFER_HEADER_SIZE, end, scratch.bytes, 0, scratch.bytes.length);
  return firstTimeIn(scratch.view, 0, Math.min(produced, header.filled - BUFFER_HEADER_SIZE), clock);
};

/** Offset of the next thing that looks like a buffer and is followed by another or by the file's end; the file's end if none. */
const findNextBuffer = (file: TraceFile, from: number, stride: number): number => {
  const header = new Uint8Array(BUFFER_HEADER_SIZE);
  const headerView = new DataView(header.buffer);
  const isHeaderAt = (position: number): boolean =>
    position === file.sizeBytes ||
    (file.read(header, 0, BUFFER_HEADER_SIZE, position) === BUFFER_HEADER_SIZE && isLikelyBufferHeader(headerView, 0));
  if (stride > 0 && from + stride < file.sizeBytes && isHeaderAt(from + stride)) return from + stride;
  const chunk = new Uint8Array(SCAN_CHUNK + BUFFER_HEADER_SIZE);
  const view = new DataView(chunk.buffer);
  for (let base = from + 1; base < file.sizeBytes; base += SCAN_CHUNK) {
    const length = file.read(chunk, 0, chunk.length, base);
    for (let at = 0; at < SCAN_CHUNK && at + BUFFER_HEADER_SIZE <= length; at += 1) {
      if (!isLikelyBufferHeader(view, at)) continue;
      const next = base + at + view.getUint32(at, true);
      if (next > file.sizeBytes || isHeaderAt(next)) return base + at;
    }
  }
  return file.sizeBytes;
};

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

interface Scan {
  readonly file: TraceFile;
  readonly log: LogHeader;
  readonly clock: Clock;
  readonly damage: DamageLog;
}

/** Steps over a place where no buffer header is; returns where to go on. */
const skipDamage = ({ file, log, damage }: Scan, position: number, length: number, probe: Probe): number => {
  const isUnused = log.isPreallocated && isZero(probe.bytes.subarray(0, Math.min(length, BUFFER_HEADER_SIZE)));
  if (isUnused) return position + Math.max(log.bufferSize, BUFFER_HEADER_SIZE);
  if (length < BUFFER_HEADER_SIZE) {
    damage.truncated(position, "buffer-truncated", `The file ends ${length} bytes into a buffer header.`);
    return file.sizeBytes;
  }
  const next = findNextBuffer(file, position, log.bufferSize);
  damage.buffer(
    position,
    "buffer-header-damaged",
    `No buffer header here; ${next - position} bytes skipped up to the next one.`,
    next - position,
  );
  return next;
};

const checkLength = ({ file, damage }: Scan, position: number, header: BufferHeader): void => {
  const available = file.sizeBytes - position;
  if (available < header.size) {
    damage.truncated(
      position,
      "buffer-truncated",
      `The file ends after ${available} of this buffer's ${header.size} bytes.`,
    );
  }
};

const scanBuffers = (scan: Scan, onProgress: (done: number) => void): Columns => {
  const { file, clock } = scan;
  const columns: Columns = { offset: [], available: [], filled: [], size: [], tag: [], ticks: [] };
  const probe = createProbe();
  const scratch = createProbe();
  let position = 0;
  let previousTicks = 0;
  while (position < file.sizeBytes) {
    const length = file.read(probe.bytes, 0, PROBE_SIZE, position);
    if (length === 0) break;
    const header = readBufferHeader(length < PROBE_SIZE ? new DataView(probe.bytes.buffer, 0, length) : probe.view, 0);
    if (header === null) {
      position = skipDamage(scan, position, length, probe);
      continue;
    }
    checkLength(scan, position, header);
    const ticks = firstTicksOf(header, probe, length, scratch, clock);
    if (!Number.isNaN(ticks)) previousTicks = ticks;
    columns.offset.push(position);
    columns.available.push(Math.min(header.size, file.sizeBytes - position));
    columns.filled.push(header.filled);
    columns.size.push(header.size);
    columns.tag.push(header.processor | (header.isCompressed ? COMPRESSED_TAG : 0));
    columns.ticks.push(previousTicks);
    position += header.size;
    onProgress(position);
  }
  return columns;
};

const timeOrder = (ticks: readonly number[]): Uint32Array => {
  const order = Uint32Array.from(ticks, (_, index) => index);
  const isSorted = ticks.every((value, index) => index === 0 || (ticks[index - 1] as number) <= value);
  return isSorted ? order : order.sort((a, b) => (ticks[a] as number) - (ticks[b] as number) || a - b);
};

const checkCount = ({ file, log, damage }: Scan, found: number): void => {
  const isComplete = log.isCircular || log.endTime === 0n || found + damage.damagedBuffers >= log.buffersWritten;
  if (!isComplete && !damage.isTruncated) {
    damage.truncated(
      file.sizeBytes,
      "buffers-missing",
      `The session wrote ${log.buffersWritten} buffers; the file has ${found}.`,
    );
  }
};

export const indexBuffers = (
  file: TraceFile,
  log: LogHeader,
  clock: Clock,
  damage: DamageLog,
  onProgress: (done: number) => void,
): BufferIndex => {
  const scan: Scan = { file, log, clock, damage };
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
