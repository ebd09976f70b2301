// The writer's files, looked at with the rules that every buffer of the real samples keeps (etl-format 1.1, 1.5).

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { arbitraryTrace } from "../../builders/arbitraries.ts";
import { bufferOffsets } from "../../builders/damage.ts";
import { buildTrace, traceFile } from "../../builders/etl-writer.ts";
import { headerKinds } from "../../builders/header-kinds.ts";
import { scenarioNamed } from "../../builders/scenarios.ts";
import type { TraceEvent } from "../../builders/trace-file.ts";
import { walkTrace } from "../../builders/walk.ts";
import { decompressXpress } from "../../builders/xpress-decompress.ts";

const FIXTURES = join(__dirname, "../../fixtures/etl");

type BufferFacts = {
  readonly offset: number;
  readonly stride: number;
  readonly filled: number;
  readonly flags: number;
  readonly processor: number;
  readonly sequence: number;
};

const buffersOf = (file: Uint8Array): readonly BufferFacts[] => {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  return bufferOffsets(file).map((offset) => ({
    offset,
    stride: view.getUint32(offset, true),
    filled: view.getUint32(offset + 0x30, true),
    flags: view.getUint16(offset + 0x34, true),
    processor: view.getUint8(offset + 0x28),
    sequence: Number(view.getBigInt64(offset + 0x18, true)),
  }));
};

const isCompressed = (buffer: BufferFacts): boolean => (buffer.flags & 0x40) !== 0;

const recordsOf = (file: Uint8Array, buffer: BufferFacts): Uint8Array => {
  const body = file.subarray(buffer.offset + 0x48, buffer.offset + buffer.stride);
  const length = buffer.filled - 0x48;
  return isCompressed(buffer) ? decompressXpress(body, length) : body.subarray(0, length);
};

/** Where a walk by record sizes ends: exactly at the filled length. */
const endOfRecords = (records: Uint8Array): number => {
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  let at = 0;
  while (at < records.length) {
    const type = view.getUint8(at + 2);
    const isKernel = view.getUint8(at + 3) === 0xc0 && (type <= 4 || type === 0x10 || type === 0x11);
    const size = view.getUint16(at + (isKernel ? 4 : 0), true);
    if (size === 0) return -1;
    at += (size + 7) & ~7;
  }
  return at;
};

const expectSound = (file: Uint8Array): void => {
  for (const buffer of buffersOf(file)) {
    const records = recordsOf(file, buffer);
    expect(0x48 + records.length).toBe(buffer.filled);
    expect(endOfRecords(records)).toBe(records.length);
    if (isCompressed(buffer)) continue;
    const rest = file.subarray(buffer.offset + buffer.filled, buffer.offset + buffer.stride);
    expect(rest.every((byte) => byte === 0xff)).toBe(true);
  }
};

const expectOrdered = (file: Uint8Array): void => {
  const last = new Map<number, number>();
  for (const buffer of buffersOf(file).slice(1)) {
    expect(buffer.sequence).toBeGreaterThan(last.get(buffer.processor) ?? 0);
    last.set(buffer.processor, buffer.sequence);
  }
};

const countOf = (events: readonly TraceEvent[], header: TraceEvent["header"]): number =>
  events.filter((event) => event.header === header).length;

describe("files of arbitrary events", () => {
  test("hold every event, whatever the order, the compression and the clock", () => {
    fc.assert(
      fc.property(arbitraryTrace(), (trace) => {
        const file = buildTrace(trace);
        const walk = walkTrace(file);
        const own = trace.osBuild >= 10240 ? 2 : 1;
        expect(walk.events).toBe(trace.events.length + own);
        const manifest = walk.counts.filter((count) => count.id !== null && count.opcode === null);
        const total = manifest.reduce((sum, count) => sum + count.count, 0);
        expect(total).toBe(countOf(trace.events, "event") + countOf(trace.events, "wpp"));
        expectSound(file);
        expectOrdered(file);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the rules of real files", () => {
  const samples = readdirSync(FIXTURES).filter((name) => name.endsWith(".etl") && !name.startsWith("built__"));

  test.each(samples)("hold in %s", (name) => {
    expectSound(readFileSync(join(FIXTURES, name)));
  });

  test.each(["leak-small-mass", "relogged", "wrapped", "appended", "thirty-two-bit", "unfinished"])(
    "hold in the scenario %s",
    (name) => {
      expectSound(scenarioNamed(name).build());
    },
  );
});

describe("the header", () => {
  const view = (given: Parameters<typeof traceFile>[0]): DataView => {
    const file = buildTrace(traceFile(given));
    return new DataView(file.buffer, file.byteOffset, file.length);
  };

  test("has its fields at the offsets of the 64-bit column", () => {
    const given = view({ eventsLost: 11, buffersLost: 12, perfFreq: 2_343_750, endAt: 50 });
    expect(given.getUint32(0x68 + 0x2c, true)).toBe(8);
    expect(given.getUint32(0x68 + 0x30, true)).toBe(11);
    expect(given.getBigInt64(0x68 + 0x100, true)).toBe(2_343_750n);
    expect(given.getBigInt64(0x68 + 0x10, true) - given.getBigInt64(0x68 + 0x108, true)).toBe(50n);
    expect(given.getUint32(0x68 + 0x110, true)).toBe(1);
    expect(given.getUint32(0x68 + 0x114, true)).toBe(12);
  });

  test("has its fields at the offsets of the 32-bit column", () => {
    const given = view({ pointerSize: 4, buffersLost: 12, clock: "cpuCycle", perfFreq: 2_343_750 });
    expect(given.getUint32(0x68 + 0x2c, true)).toBe(4);
    expect(given.getBigInt64(0x68 + 0xf8, true)).toBe(2_343_750n);
    expect(given.getUint32(0x68 + 0x108, true)).toBe(3);
    expect(given.getUint32(0x68 + 0x10c, true)).toBe(12);
  });

  test("counts the buffers of the file, and only itself where the session was never closed", () => {
    const file = scenarioNamed("leak-small-mass").build();
    const open = scenarioNamed("unfinished").build();
    const written = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(0x68 + 0x24, true);
    expect(written(file)).toBe(bufferOffsets(file).length);
    expect(written(open)).toBe(1);
    expect(new DataView(open.buffer).getBigInt64(0x68 + 0x10, true)).toBe(0n);
  });
});

describe("header kinds", () => {
  test("are all there, in both widths", () => {
    const trace = headerKinds();
    const walk = walkTrace(buildTrace(trace));
    expect(walk.events).toBe(trace.events.length + 2);
    expect(walk.counts.filter((count) => count.version === 3 && count.opcode === 47)).toHaveLength(1);
  });
});
