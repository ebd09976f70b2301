// What a trace is, told as readonly data: the file's header and its events with their header kinds.
// Field by field after sections 1 and 2 of the etl-format reference. Times are 100 ns since the session
// began, so that a description does not depend on the clock it is written with.

export type Bits = 32 | 64;

/** Item of the list behind an EVENT_HEADER, as 1 related activity, 6 stack, 0xB schema, 0xC traits. */
export type ExtendedItem = { readonly type: number; readonly data: Uint8Array };

type Placed = {
  /** 100 ns since the start of the session. */
  readonly at: number;
  readonly processor: number;
  readonly payload: Uint8Array;
};

type Threaded = Placed & { readonly processId: number; readonly threadId: number };

/** EVENT_HEADER 0x12 / 0x13: manifest-based and TraceLogging events. */
export type ManifestEvent = Threaded & {
  readonly header: "event";
  readonly bits: Bits;
  readonly provider: string;
  readonly id: number;
  readonly version: number;
  readonly channel?: number;
  readonly level?: number;
  readonly opcode?: number;
  readonly task?: number;
  readonly keyword?: bigint;
  readonly activityId?: string;
  readonly extended?: readonly ExtendedItem[];
};

/** FULL_HEADER 0x0A / 0x14: classic events with their own GUID. */
export type ClassicEvent = Threaded & {
  readonly header: "classic";
  readonly bits: Bits;
  readonly guid: string;
  readonly type: number;
  readonly version: number;
  readonly level?: number;
};

/** INSTANCE 0x0B / 0x15. */
export type InstanceEvent = Omit<ClassicEvent, "header"> & {
  readonly header: "instance";
  readonly instanceId: number;
  readonly parentInstanceId: number;
  readonly parentGuid: string;
};

/** SYSTEM 1 / 2: kernel events that carry thread and CPU times; COMPACT 3 / 4 leaves the CPU times out. */
export type KernelEvent = Threaded & {
  readonly header: "system" | "compact";
  readonly bits: Bits;
  readonly group: number;
  readonly type: number;
  readonly version: number;
};

/** PERFINFO 0x10 / 0x11: kernel events without thread. Version is written as it is, extension bits included. */
export type PerfInfoEvent = Placed & {
  readonly header: "perfinfo";
  readonly bits: Bits;
  readonly group: number;
  readonly type: number;
  readonly version: number;
};

/** WPP message 0x90; every part that is absent is left out of the record and of its flags. */
export type WppEvent = Placed & {
  readonly header: "wpp";
  readonly messageNumber: number;
  readonly sequence?: number;
  readonly guid?: string;
  readonly componentId?: number;
  readonly timed: boolean;
  readonly thread?: { readonly processId: number; readonly threadId: number };
};

/** Bytes as they are, header included: for record kinds that nobody writes any more, and for damage. */
export type RawEvent = Placed & { readonly header: "raw" };

export type TraceEvent =
  | ManifestEvent
  | ClassicEvent
  | InstanceEvent
  | KernelEvent
  | PerfInfoEvent
  | WppEvent
  | RawEvent;

/** How the buffers lie in the file. */
export type Arrangement =
  /** In the order in which they were filled: what a sequential session writes. */
  | { readonly kind: "flushed" }
  /** Mixed across processors; one processor's buffers keep their order, as in merged files. */
  | { readonly kind: "shuffled"; readonly seed: number }
  /** Circular: after `slots` buffers the oldest is overwritten, so the file may begin with the newest. */
  | { readonly kind: "wrapped"; readonly slots: number }
  /** Events from `at` on were written by a second session that appended to the file. */
  | { readonly kind: "appended"; readonly at: number };

/** `wideLengths` writes long lengths in their 32-bit form, which real files hold only in large buffers. */
export type Compression = "none" | "matches" | "literals" | "wideLengths";

export type TraceClock = "qpc" | "systemTime" | "cpuCycle";

export type TraceFile = {
  readonly pointerSize: 4 | 8;
  readonly clock: TraceClock;
  readonly perfFreq: number;
  readonly cpuMHz: number;
  /** FILETIME in UTC. */
  readonly startTime: bigint;
  readonly bootTime: bigint;
  /** 100 ns since the start; null for a session that was never closed (EndTime 0). */
  readonly endAt: number | null;
  readonly osVersion: { readonly major: number; readonly minor: number };
  readonly osBuild: number;
  /** Last two bytes of the header's version: 1.5 of Windows 7 and plain files, 2.0 of compressed ones. */
  readonly logVersion: { readonly major: number; readonly minor: number };
  readonly processors: number;
  readonly bufferSize: number;
  readonly logFileMode: number;
  readonly maximumFileMB: number;
  readonly eventsLost: number;
  readonly buffersLost: number;
  /** Null: as many as the file holds. */
  readonly buffersWritten: number | null;
  /** Written by a merge, as `netsh trace stop` does: flush times are FILETIME, the logger id is 0. */
  readonly relogged: boolean;
  readonly loggerName: string;
  readonly logFileName: string;
  readonly compression: Compression;
  readonly arrangement: Arrangement;
  readonly events: readonly TraceEvent[];
};

/** LogFileMode bits of evntrace.h that change what a reader has to do. */
export const LOG_FILE_MODE = {
  sequential: 0x1,
  circular: 0x2,
  append: 0x4,
  relogged: 0x10000,
  compressed: 0x0400_0000,
  noPerProcessorBuffering: 0x1000_0000,
} as const;
