/**
 * First pass: finds every buffer of the file by its header, without reading its records. Where the chain of headers
 * breaks, it goes on at the next thing that can only be a buffer. Costs 48 bytes of memory a buffer.
 */
import { type BufferHeader, readBufferHeader } from "./buffer-header.ts";
import type { Clock } from "./clock.ts";
import type { DamageLog } from "./damage.ts";
import type { TraceFile } from "./file.ts";
import { BUFFER_HEADER_SIZE, MARKER_WPP } from "./format.ts";
import type { LogHeader } from "./log-header.ts";
import { recordTicks } from "./record-time.ts";
import { findNextBuffer, isBufferAt } from "./resync.ts";
import { decompress } from "./xpress.ts";

export interface Scan {
  readonly file: TraceFile;
  readonly log: LogHeader;
  readonly clock: Clock;
  readonly damage: DamageLog;
}

/** Enough of a compressed buffer to decompress the headers of its first records. */
const PROBE_SIZE = BUFFER_HEADER_SIZE + 0x200;
const SMALLEST_RECORD = 8;
/** No header kind but WPP's has its time stamp further back. */
const RECORD_TIME_END = 24;

/** One entry a buffer, in file order. */
export interface Columns {
  readonly offset: number[];
  readonly available: number[];
  readonly filled: number[];
  readonly size: number[];
  /** Processor, plus 0x10000 where compressed. */
  readonly tag: number[];
  readonly ticks: number[];
}

export const COMPRESSED_TAG = 0x10000;

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

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/**
 * Where no buffer header is, either this place is damaged or the buffer in front gave a wrong length and the next one lies
 * inside it. Returns where to go on.
 */
const resynchronise = ({ file, log, damage }: Scan, position: number, columns: Columns): number => {
  const last = columns.offset.length - 1;
  const lastOffset = columns.offset[last] ?? -1;
  const next = findNextBuffer(file, log, lastOffset < 0 ? position : lastOffset + BUFFER_HEADER_SIZE);
  if (next >= position) {
    const skipped = next - position;
    damage.buffer(
      position,
      "buffer-header-damaged",
      `No buffer header here; ${skipped} bytes skipped up to the next one.`,
      skipped,
      log.isCompressed || log.bufferSize === 0 ? 1 : Math.max(1, Math.round(skipped / log.bufferSize)),
    );
    return next;
  }
  const size = next - lastOffset;
  damage.buffer(
    lastOffset,
    "buffer-size-damaged",
    `This buffer says it has ${columns.size[last]} bytes; the next one begins after ${size}.`,
    0,
  );
  columns.size[last] = size;
  columns.available[last] = size;
  return next;
};

/** Steps over a place where no buffer header is; returns where to go on. */
const skipDamage = (scan: Scan, position: number, length: number, probe: Probe, columns: Columns): number => {
  const { file, log, damage } = scan;
  const isUnused = log.isPreallocated && isZero(probe.bytes.subarray(0, Math.min(length, BUFFER_HEADER_SIZE)));
  if (isUnused) return position + Math.max(log.bufferSize, BUFFER_HEADER_SIZE);
  if (length >= BUFFER_HEADER_SIZE) return resynchronise(scan, position, columns);
  damage.truncated(position, "buffer-truncated", `The file ends ${length} bytes into a buffer header.`);
  return file.sizeBytes;
};

/** Buffers of a file without compression all have the session's size: one that differs from it is believed only if no buffer begins there. */
const withTrueSize = ({ file, log, damage }: Scan, position: number, header: BufferHeader): BufferHeader => {
  if (log.isCompressed || header.size === log.bufferSize || !isBufferAt(file, log, position + log.bufferSize))
    return header;
  damage.buffer(
    position,
    "buffer-size-damaged",
    `This buffer says it has ${header.size} bytes; those of this session have ${log.bufferSize}.`,
    0,
  );
  return { ...header, size: log.bufferSize };
};

const checkEnd = ({ file, damage }: Scan, { offset, size }: Columns): void => {
  const lastOffset = offset.at(-1) ?? 0;
  const lastSize = size.at(-1) ?? 0;
  const available = file.sizeBytes - lastOffset;
  if (available < lastSize)
    damage.truncated(
      lastOffset,
      "buffer-truncated",
      `The file ends after ${available} of this buffer's ${lastSize} bytes.`,
    );
};

const addBuffer = (columns: Columns, file: TraceFile, position: number, header: BufferHeader, ticks: number): void => {
  columns.offset.push(position);
  columns.available.push(Math.min(header.size, file.sizeBytes - position));
  columns.filled.push(header.filled);
  columns.size.push(header.size);
  columns.tag.push(header.processor | (header.isCompressed ? COMPRESSED_TAG : 0));
  columns.ticks.push(ticks);
};

export const scanBuffers = (scan: Scan, onProgress: (done: number) => void): Columns => {
  const { file, clock } = scan;
  const columns: Columns = { offset: [], available: [], filled: [], size: [], tag: [], ticks: [] };
  const probe = createProbe();
  const scratch = createProbe();
  let position = 0;
  let lastTicks = 0;
  while (position < file.sizeBytes) {
    const length = file.read(probe.bytes, 0, PROBE_SIZE, position);
    if (length === 0) break;
    const found = readBufferHeader(length < PROBE_SIZE ? new DataView(probe.bytes.buffer, 0, length) : probe.view, 0);
    if (found === null) {
      position = skipDamage(scan, position, length, probe, columns);
      continue;
    }
    const header = withTrueSize(scan, position, found);
    const ticks = firstTicksOf(header, probe, length, scratch, clock);
    if (!Number.isNaN(ticks)) lastTicks = ticks;
    addBuffer(columns, file, position, header, lastTicks);
    position += header.size;
    onProgress(position);
  }
  checkEnd(scan, columns);
  return columns;
};
