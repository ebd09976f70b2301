// Events -> filled buffers -> their order in the file (etl-format 1.1, 1.3, 1.5).
// Every processor fills buffers of its own; a buffer goes to the file when the next record no longer fits,
// the last ones when the session stops. That is why file order is not time order.

import { alignTo8, byteSink, bytesOf, putBytes } from "./byte-sink.ts";
import { ticksAt } from "./log-header.ts";
import { below, seededRandom } from "./random.ts";
import { recordBytes } from "./records.ts";
import { LOG_FILE_MODE, type TraceEvent, type TraceFile } from "./trace-file.ts";

export const BUFFER_HEADER_SIZE = 0x48;

export type FilledBuffer = {
  readonly processor: number;
  /** Records, each padded to 8 bytes; uncompressed and without the buffer's header. */
  readonly records: Uint8Array;
  readonly flushedAt: number;
  readonly sequence: number;
};

type Flushed = Omit<FilledBuffer, "sequence">;

const roundUp = (size: number): number => (size + 7) & ~7;

const fillOne = (file: TraceFile, processor: number, events: readonly TraceEvent[]): Flushed[] => {
  const room = file.bufferSize - BUFFER_HEADER_SIZE;
  const filled: Flushed[] = [];
  let open = byteSink(room);
  let lastAt = 0;
  for (const event of events) {
    const record = recordBytes(event, ticksAt(file, event.at));
    const size = roundUp(record.length);
    if (size > room) throw new RangeError(`a record of ${record.length} bytes fits no buffer of ${file.bufferSize}`);
    if (open.length + size > room) {
      filled.push({ processor, records: bytesOf(open), flushedAt: event.at });
      open = byteSink(room);
    }
    putBytes(open, record);
    alignTo8(open);
    lastAt = event.at;
  }
  if (open.length > 0) filled.push({ processor, records: bytesOf(open), flushedAt: file.endAt ?? lastAt });
  return filled;
};

const byProcessor = (file: TraceFile, events: readonly TraceEvent[]): ReadonlyMap<number, TraceEvent[]> => {
  const shared = (file.logFileMode & LOG_FILE_MODE.noPerProcessorBuffering) !== 0;
  const streams = new Map<number, TraceEvent[]>();
  for (const event of [...events].sort((left, right) => left.at - right.at)) {
    const processor = shared ? 0 : event.processor;
    const stream = streams.get(processor);
    if (stream === undefined) streams.set(processor, [event]);
    else stream.push(event);
  }
  return streams;
};

/** Buffers of one session in the order of their flush; the header's buffer has sequence number 0. */
const sessionBuffers = (file: TraceFile, events: readonly TraceEvent[]): FilledBuffer[] => {
  const streams = [...byProcessor(file, events)].sort(([left], [right]) => left - right);
  return streams
    .flatMap(([processor, stream]) => fillOne(file, processor, stream))
    .sort((left, right) => left.flushedAt - right.flushedAt)
    .map((buffer, index) => ({ ...buffer, sequence: index + 1 }));
};

/** Draws the next buffer from a random processor, so that only the order across processors is lost. */
const shuffled = (buffers: readonly FilledBuffer[], seed: number): FilledBuffer[] => {
  const random = seededRandom(seed);
  const processors = [...new Set(buffers.map((buffer) => buffer.processor))];
  let queues = processors.map((processor) => buffers.filter((buffer) => buffer.processor === processor));
  const order: FilledBuffer[] = [];
  while (queues.length > 0) {
    const next = queues[below(random, queues.length)]?.shift();
    if (next !== undefined) order.push(next);
    queues = queues.filter((queue) => queue.length > 0);
  }
  return order;
};

const wrapped = (buffers: readonly FilledBuffer[], slots: number): FilledBuffer[] => {
  const file: FilledBuffer[] = [];
  for (const [index, buffer] of buffers.entries()) file[index % slots] = buffer;
  return file;
};

const appended = (file: TraceFile, at: number): FilledBuffer[] => {
  const before = file.events.filter((event) => event.at < at);
  const after = file.events.filter((event) => event.at >= at);
  return [...sessionBuffers({ ...file, endAt: at }, before), ...sessionBuffers(file, after)];
};

/** In file order. Sequence numbers of an appended session start again (no source says so: the number is
 * kept per session, and the second session is another one). */
export const fillBuffers = (file: TraceFile): readonly FilledBuffer[] => {
  const { arrangement } = file;
  if (arrangement.kind === "appended") return appended(file, arrangement.at);
  const buffers = sessionBuffers(file, file.events);
  switch (arrangement.kind) {
    case "flushed":
      return buffers;
    case "shuffled":
      return shuffled(buffers, arrangement.seed);
    case "wrapped":
      return wrapped(buffers, arrangement.slots);
  }
};
