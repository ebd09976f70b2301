/**
 * Finds the next buffer behind damage. Any byte may be its first, so the test is stricter than where a header is
 * expected: the length fields agree with each other and with the session's buffer size, nobody holds a reference, the
 * first record begins like one, and another buffer or the file's end follows.
 */
import { readBufferHeader } from "./buffer-header.ts";
import type { TraceFile } from "./file.ts";
import { BUFFER, BUFFER_HEADER_SIZE, MARKER_TRACE, MARKER_WPP, MAX_BUFFER_SIZE } from "./format.ts";
import type { LogHeader } from "./log-header.ts";

const SCAN_CHUNK = 1 << 20;
/** Header and first word of the first record. */
const CANDIDATE_SIZE = BUFFER_HEADER_SIZE + 4;
const MAX_STATE = 4;

const beginsWithRecord = (view: DataView, at: number): boolean => {
  const marker = view.getUint8(at + BUFFER_HEADER_SIZE + 3);
  return marker === MARKER_TRACE || marker === MARKER_WPP;
};

/** Buffers of a file without compression all have the session's size; a compressed one is shorter than its content. */
const hasPlausibleSize = (size: number, filled: number, isCompressed: boolean, log: LogHeader): boolean => {
  if (filled < BUFFER_HEADER_SIZE || filled > MAX_BUFFER_SIZE) return false;
  if (isCompressed) return size <= Math.max(filled, log.bufferSize) + BUFFER_HEADER_SIZE;
  return filled <= size && (log.isCompressed || size === log.bufferSize);
};

const isCandidate = (view: DataView, at: number, log: LogHeader): boolean => {
  const header = readBufferHeader(view, at);
  if (header === null || !hasPlausibleSize(header.size, header.filled, header.isCompressed, log)) return false;
  const isAtRest =
    view.getUint32(at + BUFFER.referenceCount, true) === 0 && view.getUint32(at + BUFFER.state, true) <= MAX_STATE;
  const isEmpty = header.filled === BUFFER_HEADER_SIZE;
  return isAtRest && (header.isCompressed || isEmpty || beginsWithRecord(view, at));
};

/** A buffer begins at this offset, by the strict test. */
export const isBufferAt = (file: TraceFile, log: LogHeader, position: number): boolean => {
  const probe = new Uint8Array(CANDIDATE_SIZE);
  return (
    file.read(probe, 0, CANDIDATE_SIZE, position) === CANDIDATE_SIZE && isCandidate(new DataView(probe.buffer), 0, log)
  );
};

/** Offset of the next buffer at or behind `from`; the file's size if there is none. */
export const findNextBuffer = (file: TraceFile, log: LogHeader, from: number): number => {
  const probe = new Uint8Array(CANDIDATE_SIZE);
  const probeView = new DataView(probe.buffer);
  const follows = (position: number): boolean =>
    position >= file.sizeBytes ||
    (file.read(probe, 0, CANDIDATE_SIZE, position) === CANDIDATE_SIZE && readBufferHeader(probeView, 0) !== null);
  const chunk = new Uint8Array(SCAN_CHUNK + CANDIDATE_SIZE);
  const view = new DataView(chunk.buffer);
  for (let base = from; base < file.sizeBytes; base += SCAN_CHUNK) {
    const length = file.read(chunk, 0, chunk.length, base);
    for (let at = 0; at < SCAN_CHUNK && at + CANDIDATE_SIZE <= length; at += 1) {
      if (isCandidate(view, at, log) && follows(base + at + view.getUint32(at + BUFFER.size, true))) return base + at;
    }
  }
  return file.sizeBytes;
};
