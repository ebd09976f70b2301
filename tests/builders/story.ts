// A story: what happened on a machine, told moment by moment, and the events that Windows would have traced.
// A story is deterministic (one seed), knows the machine's dynamic ports and lets calls fail when they are
// gone, so that a scenario says what programs did and not what the trace should look like.

import { concatenate } from "./byte-sink.ts";
import { buildOf, type Era } from "./eras.ts";
import { buildTrace, traceFile } from "./etl-writer.ts";
import { filetimeOf, SECOND } from "./filetime.ts";
import type { Layout } from "./layout-table.ts";
import { encodePayload, type FieldValues } from "./payload.ts";
import { below, type Random, seededRandom } from "./random.ts";
import { type PortPool, portPool } from "./story/ports.ts";
import type { Bits, TraceEvent, TraceFile } from "./trace-file.ts";

/** Which providers the session had enabled. */
export type Witness = "afd" | "tcpip" | "both";

export type StoryOptions = {
  readonly seed: number;
  /** ISO in UTC; later moments are times of the same day. */
  readonly start: string;
  readonly era: Era;
  readonly bits: Bits;
  readonly processors: number;
  readonly witness: Witness;
  readonly dynamicRange: { readonly start: number; readonly ports: number };
  readonly timeWaitSeconds: number;
  /** Byte order of a port that stands alone in TCPIP events; the manifest does not tell. */
  readonly portOrder: "big" | "little";
  /** Milliseconds between two calls. */
  readonly pace: number;
  /** Whose thread logs the end of calls that end at once (create, bind): the caller's, or to make a trace as
   * misleading as it can be, a stranger's. */
  readonly completions: "caller" | "stranger";
};

export type Process = {
  readonly name: string;
  readonly processId: number;
  readonly eprocess: bigint;
  readonly bits: Bits;
  /** FILETIME. */
  readonly createTime: bigint;
};

/** Where a record is logged: the thread that runs, not always one of the socket's owner. */
export type Context = { readonly processId: number; readonly threadId: number; readonly processor: number };

export type Story = {
  readonly options: StoryOptions;
  readonly random: Random;
  readonly events: TraceEvent[];
  readonly processes: Process[];
  readonly pools: { readonly tcp: PortPool; readonly udp: PortPool };
  /** 100 ns since the start. */
  now: number;
  /** Kernel objects handed out so far. */
  objects: number;
};

const DEFAULTS: StoryOptions = {
  seed: 1,
  start: "2026-03-02T09:00:00Z",
  era: "2004",
  bits: 64,
  processors: 8,
  witness: "afd",
  dynamicRange: { start: 49152, ports: 16384 },
  timeWaitSeconds: 120,
  portOrder: "big",
  pace: 1,
  completions: "caller",
};

export const story = (given: Partial<StoryOptions> = {}): Story => {
  const options = { ...DEFAULTS, ...given };
  return {
    options,
    random: seededRandom(options.seed),
    events: [],
    processes: [],
    pools: { tcp: portPool(options.dynamicRange), udp: portPool(options.dynamicRange) },
    now: 0,
    objects: 0,
  };
};

/** Moves on to a time of the story's day, `09:00:00` or `09:00:00.250`. A story is told in order. */
export const at = (tale: Story, time: string): void => {
  const day = tale.options.start.slice(0, 10);
  const moment = Number(filetimeOf(`${day}T${time}Z`) - filetimeOf(tale.options.start));
  if (moment < tale.now) throw new RangeError(`${time} is before what has been told already`);
  tale.now = moment;
};

export const wait = (tale: Story, seconds: number): void => {
  tale.now += Math.round(seconds * SECOND);
};

/** The present moment as FILETIME. */
export const present = (tale: Story): bigint => filetimeOf(tale.options.start) + BigInt(tale.now);

/** The pause between two calls of programs. */
export const nextCall = (tale: Story): void => wait(tale, tale.options.pace / 1000);

/** An address of non-paged pool; 48 bytes of pool header keep it off a page's beginning. */
export const kernelObject = (tale: Story, bits: Bits = tale.options.bits): bigint => {
  tale.objects += 1;
  const offset = BigInt(tale.objects * 0x1c0 + 0x30);
  return bits === 64 ? 0xffff_c28a_5d00_0000n + offset : 0x8540_0000n + offset;
};

export const threadOf = (tale: Story, process: Process): Context => ({
  processId: process.processId,
  threadId: process.processId + 4 * (1 + below(tale.random, 6)),
  processor: below(tale.random, tale.options.processors),
});

/** A thread of somebody else: asynchronous completions run wherever the processor happens to be. */
export const strangerTo = (tale: Story, process: Process): Context => {
  const others = tale.processes.filter((other) => other.processId !== process.processId);
  const other = others[below(tale.random, others.length + 2)];
  const processId = other?.processId ?? 4 * below(tale.random, 2);
  return { processId, threadId: processId + 92, processor: below(tale.random, tale.options.processors) };
};

export const exitOf = (tale: Story, caller: Context, process: Process): Context =>
  tale.options.completions === "caller" ? caller : strangerTo(tale, process);

export type LogOptions = {
  readonly level?: number;
  readonly opcode?: number;
  readonly keyword?: bigint;
  readonly bits?: Bits;
  /** Bytes behind the documented fields, as later versions have them. */
  readonly more?: Uint8Array;
  readonly version?: number;
  /** A later moment, for what a timer will do; it is left out if the story ends before. */
  readonly at?: number;
};

const onlyKnown = (layout: Layout, values: FieldValues): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => layout.fields.some((field) => field.name === name)));

export const logManifest = (
  tale: Story,
  context: Context,
  layout: Layout,
  values: FieldValues,
  extra: LogOptions = {},
): void => {
  const bits = extra.bits ?? tale.options.bits;
  const known = encodePayload(layout, onlyKnown(layout, values), bits === 64 ? 8 : 4);
  // A few microseconds between records of one call.
  tale.now += 20 + below(tale.random, 40);
  tale.events.push({
    header: "event",
    at: extra.at ?? tale.now,
    ...context,
    bits,
    provider: layout.guid,
    id: layout.id,
    version: extra.version ?? layout.version,
    channel: 0x10,
    level: extra.level ?? 4,
    opcode: extra.opcode ?? 0,
    task: layout.id,
    keyword: extra.keyword ?? 0x8000_0000_0000_0000n,
    payload: extra.more === undefined ? known : concatenate([known, extra.more]),
  });
};

/** The story as a file; what is not given is a plain session of the story's machine. */
export const told = (tale: Story, given: Partial<TraceFile> = {}): Uint8Array => {
  const { start, era, bits, processors } = tale.options;
  return buildTrace(
    traceFile({
      startTime: filetimeOf(start),
      osBuild: buildOf(era),
      osVersion: era === "Win7" ? { major: 6, minor: 1 } : { major: 10, minor: 0 },
      pointerSize: bits === 64 ? 8 : 4,
      processors,
      endAt: tale.now + SECOND,
      events: tale.events.filter((event) => event.at <= tale.now),
      ...given,
    }),
  );
};
