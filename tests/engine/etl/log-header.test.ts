// The header of a file, in both widths and with every clock, and what is no header.

import { describe, expect, test } from "@jest/globals";
import { readLogHeader } from "../../../engine/etl/log-header.ts";
import { buildTrace, traceFile } from "../../builders/etl-writer.ts";
import { filetimeOf } from "../../builders/filetime.ts";
import { LOG_FILE_MODE, type TraceFile } from "../../builders/trace-file.ts";
import { plainEvents } from "../support/numbered.ts";

const bytesOf = (given: Partial<TraceFile>): Uint8Array => buildTrace(traceFile(given));

const headerOf = (given: Partial<TraceFile>) => {
  const bytes = bytesOf(given);
  return readLogHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
};

const START = filetimeOf("2026-03-02T09:00:00Z");

describe.each([4, 8] as const)("the header of a session on a system with pointers of %i bytes", (pointerSize) => {
  test("is read field by field", () => {
    const given = {
      pointerSize,
      startTime: START,
      endAt: 77,
      osBuild: 7601,
      processors: 3,
      eventsLost: 11,
      buffersLost: 12,
      perfFreq: 2_343_750,
      loggerName: "Sitzung \u00e4\u6f22",
      bufferSize: 0x4000,
    };
    expect(headerOf(given)).toEqual({
      bufferSize: 0x4000,
      osBuild: 7601,
      processors: 3,
      pointerSize,
      loggerName: "Sitzung \u00e4\u6f22",
      eventsLost: 11,
      buffersLost: 12,
      buffersWritten: 1,
      isCircular: false,
      isPreallocated: false,
      isRelogged: false,
      isCompressed: false,
      clock: "qpc",
      bootTime: START - BigInt(3 * 3600) * 10_000_000n,
      startTime: START,
      endTime: START + 77n,
      startTicks: BigInt(3 * 3600) * 2_343_750n,
      ticksPerSecond: 2_343_750,
    });
  });

  test.each([
    ["qpc", 10_000_000],
    ["systemTime", 10_000_000],
    ["cpuCycle", 2_600_000_000],
  ] as const)("names the clock %s, which counts %i ticks a second", (clock, ticksPerSecond) => {
    expect(headerOf({ pointerSize, clock })).toMatchObject({ clock, ticksPerSecond });
  });
});

test.each([
  [
    "circular",
    LOG_FILE_MODE.circular,
    { isCircular: true, isRelogged: false, isCompressed: false, isPreallocated: false },
  ],
  [
    "merged and compressed",
    LOG_FILE_MODE.relogged | LOG_FILE_MODE.compressed,
    { isCircular: false, isRelogged: true, isCompressed: true },
  ],
  ["preallocated", 0x20, { isPreallocated: true, isCircular: false }],
])("the mode of a %s file is known by its bits", (_, logFileMode, expected) => {
  expect(headerOf({ logFileMode })).toMatchObject(expected);
});

test("a session that was never closed has neither an end nor a count of buffers", () => {
  expect(headerOf({ endAt: null, events: plainEvents(100) })).toMatchObject({ endTime: 0n, buffersWritten: 1 });
});

describe("no header", () => {
  const whole = bytesOf({});
  const altered = (at: number, value: number): Uint8Array => {
    const bytes = whole.slice();
    bytes[at] = value;
    return bytes;
  };

  test.each([
    ["nothing", new Uint8Array(0)],
    ["zeros", new Uint8Array(0x400)],
    ["the beginning of one", whole.subarray(0, 0x17f)],
    ["a record without the mark of a record", altered(0x4b, 0x40)],
    ["a record of another kind", altered(0x4a, 0x13)],
    ["a pointer size of 5", altered(0x68 + 0x2c, 5)],
  ])("is %s", (_, bytes) => {
    expect(readLogHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.length))).toBeNull();
  });
});

test("a header is one by its record: the buffer's own header in front of it may be damaged", () => {
  const bytes = bytesOf({ loggerName: "NetTrace" }).fill(0xa5, 0, 0x48);
  expect(readLogHeader(new DataView(bytes.buffer))).toMatchObject({ loggerName: "NetTrace" });
});
