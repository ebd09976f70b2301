/**
 * Constants of the .etl container. Sources: WMI_BUFFER_HEADER and TRACE_LOGFILE_HEADER as the System Informer project
 * documents them (phnt, ntwmi.h), the Windows SDK's evntrace.h for the mode bits, and the bytes of traces made by others.
 */

export const BUFFER_HEADER_SIZE = 0x48;

/** Offsets in a buffer header. */
export const BUFFER = {
  size: 0x00,
  savedOffset: 0x04,
  referenceCount: 0x0c,
  processor: 0x28,
  state: 0x2c,
  filled: 0x30,
  flags: 0x34,
  type: 0x36,
} as const;

export const BUFFER_FLAG = {
  eventsLost: 0x02,
  buffersLost: 0x04,
  processorIndex: 0x20,
  compressed: 0x40,
  all: 0x7f,
} as const;
export const BUFFER_TYPE_MAX = 7;

/** Offsets in TRACE_LOGFILE_HEADER; it starts at this place in the file, behind the first record's header. */
export const LOG_HEADER_AT = 0x68;
export const LOG_HEADER = {
  bufferSize: 0x00,
  osBuild: 0x08,
  processors: 0x0c,
  endTime: 0x10,
  logFileMode: 0x20,
  buffersWritten: 0x24,
  pointerSize: 0x2c,
  eventsLost: 0x30,
  cpuMhz: 0x34,
} as const;
/** The part behind two pointers and a TIME_ZONE_INFORMATION, whose place depends on the logging system's pointer size. */
export const LOG_HEADER_TAIL = {
  at64: 0xf8,
  at32: 0xf0,
  bootTime: 0x00,
  perfFrequency: 0x08,
  startTime: 0x10,
  clock: 0x18,
  buffersLost: 0x1c,
  names: 0x20,
} as const;

export const LOG_MODE = {
  circular: 0x2,
  preallocate: 0x20,
  relog: 0x10000,
  compressed: 0x04000000,
} as const;

/** ReservedFlags of the log header: which clock the time stamps count. */
export const CLOCK = { qpc: 1, systemTime: 2, cpuCycle: 3 } as const;

/** Third byte of a record's first word, where the fourth is 0xC0. */
export const HEADER_TYPE = {
  system32: 0x01,
  system64: 0x02,
  compact32: 0x03,
  compact64: 0x04,
  full32: 0x0a,
  instance32: 0x0b,
  timed: 0x0c,
  error: 0x0d,
  wnode: 0x0e,
  message: 0x0f,
  perfInfo32: 0x10,
  perfInfo64: 0x11,
  event32: 0x12,
  event64: 0x13,
  full64: 0x14,
  instance64: 0x15,
} as const;

export const MARKER_TRACE = 0xc0;
export const MARKER_WPP = 0x90;

/** How a record says what it is; part of an event's identity. */
export const FORM = { manifest: 0, classic: 1, kernel: 2, wpp: 3 } as const;
export type Form = (typeof FORM)[keyof typeof FORM];

export const EVENT_HEADER_SIZE = 0x50;
export const EVENT_FLAG_EXTENDED = 0x0001;

/** Largest record: its size field has 16 bits. */
export const MAX_RECORD_SIZE = 0xffff;
/** Larger buffers than ETW can make (16 MB) are taken for damage. */
export const MAX_BUFFER_SIZE = 0x4000000;
