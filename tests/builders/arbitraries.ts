// Arbitrary events and files for property tests: every header kind, in any order, on any processor.

import fc from "fast-check";
import { traceFile } from "./etl-writer.ts";
import type { Arrangement, Bits, Compression, ExtendedItem, TraceEvent, TraceFile, WppEvent } from "./trace-file.ts";

const bits: fc.Arbitrary<Bits> = fc.constantFrom(32, 64);
const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const payload = fc.uint8Array({ maxLength: 200 });

const PROCESSORS = 4;
/** Ten minutes in 100 ns. */
const LONGEST = 6_000_000_000;

const placed = {
  at: fc.integer({ min: 0, max: LONGEST }),
  processor: fc.integer({ min: 0, max: PROCESSORS - 1 }),
  payload,
};

const threaded = { ...placed, processId: u32, threadId: u32 };

const extendedItem: fc.Arbitrary<ExtendedItem> = fc.record({
  type: fc.integer({ min: 1, max: 0x12 }),
  data: fc.uint8Array({ maxLength: 40 }),
});

const manifest: fc.Arbitrary<TraceEvent> = fc.record({
  ...threaded,
  header: fc.constant("event" as const),
  bits,
  provider: fc.uuid(),
  id: u16,
  version: u8,
  level: u8,
  opcode: u8,
  task: u16,
  keyword: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  activityId: fc.uuid(),
  extended: fc.array(extendedItem, { maxLength: 3 }),
});

const classicParts = { ...threaded, bits, guid: fc.uuid(), type: u8, version: u16, level: u8 };

const classic: fc.Arbitrary<TraceEvent> = fc.record({ ...classicParts, header: fc.constant("classic" as const) });

const instance: fc.Arbitrary<TraceEvent> = fc.record({
  ...classicParts,
  header: fc.constant("instance" as const),
  instanceId: u32,
  parentInstanceId: u32,
  parentGuid: fc.uuid(),
});

/** Group 0 is left to the file's own records. */
const kernelParts = { bits, group: fc.integer({ min: 1, max: 0xff }), type: u8, version: u8 };

const kernel: fc.Arbitrary<TraceEvent> = fc.record({
  ...threaded,
  ...kernelParts,
  header: fc.constantFrom("system" as const, "compact" as const),
});

const perfinfo: fc.Arbitrary<TraceEvent> = fc.record({
  ...placed,
  ...kernelParts,
  header: fc.constant("perfinfo" as const),
});

const wpp: fc.Arbitrary<WppEvent> = fc.record(
  {
    ...placed,
    header: fc.constant("wpp" as const),
    messageNumber: u16,
    timed: fc.boolean(),
    sequence: u32,
    guid: fc.uuid(),
    componentId: u32,
    thread: fc.record({ processId: u32, threadId: u32 }),
  },
  { requiredKeys: ["at", "processor", "payload", "header", "messageNumber", "timed"] },
);

const arbitraryEvents = (maxLength: number): fc.Arbitrary<TraceEvent[]> =>
  fc.array(fc.oneof({ weight: 4, arbitrary: manifest }, classic, instance, kernel, perfinfo, wpp), { maxLength });

/** Arrangements that keep every event. */
const arrangement: fc.Arbitrary<Arrangement> = fc.oneof(
  fc.constant<Arrangement>({ kind: "flushed" }),
  fc.record({ kind: fc.constant("shuffled" as const), seed: u32 }),
);

const compression: fc.Arbitrary<Compression> = fc.constantFrom("none", "matches", "literals", "wideLengths");

export const arbitraryTrace = (maxLength = 120): fc.Arbitrary<TraceFile> =>
  fc
    .record({
      events: arbitraryEvents(maxLength),
      arrangement,
      compression,
      pointerSize: fc.constantFrom<4 | 8>(4, 8),
      clock: fc.constantFrom("qpc" as const, "systemTime" as const, "cpuCycle" as const),
      perfFreq: fc.constantFrom(10_000_000, 2_343_750, 3_579_545),
      osBuild: fc.constantFrom(7601, 9200, 19045, 26100),
      bufferSize: fc.constantFrom(0x1000, 0x4000, 0x10000),
    })
    .map((given) => traceFile({ ...given, processors: PROCESSORS }));
