// One leak, written into files of every kind: clocks, orders, compression, losses, damage.

import { SECOND } from "../filetime.ts";
import { sendsPackets } from "../story/packets.ts";
import { rundown } from "../story/processes.ts";
import { story, told } from "../story.ts";
import { LOG_FILE_MODE } from "../trace-file.ts";
import { leakExpected, leakStory } from "./leaks.ts";
import type { Scenario } from "./scenario.ts";

const LEAK = 300;
const expected = leakExpected(LEAK);
const BUFFER = 0x10000;
/** Small enough for the leak to fill several buffers a processor. */
const SMALL_BUFFER = 0x2000;
const RECORDS_OFFSET = 0x48;

/** What is left to say when records were destroyed: the verdict, not the numbers. */
const roughly = (coverage: NonNullable<Scenario["expected"]["coverage"]>): Scenario["expected"] => ({
  exhausted: "yes",
  pattern: "BoundLeak",
  culprit: 4120,
  coverage,
});

/** Ends in the middle of the last buffer, a few records behind its header. */
const cutInLastBuffer = (file: Uint8Array): Uint8Array => file.subarray(0, file.length - BUFFER + 0x1234);

/** The first record of the second data buffer gets the size 0, which no reader can step over. */
const withRecordOfSizeZero = (file: Uint8Array): Uint8Array => {
  const damaged = file.slice();
  damaged.fill(0, 2 * BUFFER + RECORDS_OFFSET, 2 * BUFFER + RECORDS_OFFSET + 2);
  return damaged;
};

/** The first token of the first compressed buffer becomes a match that points before the beginning. */
const withBrokenStream = (file: Uint8Array): Uint8Array => {
  const damaged = file.slice();
  const view = new DataView(damaged.buffer);
  const stream = view.getUint32(0, true) + RECORDS_OFFSET;
  damaged.fill(0xff, stream, stream + 6);
  return damaged;
};

const packetsBefore = { before: (tale: Parameters<typeof sendsPackets>[0]) => sendsPackets(tale, 1000) };

export const files = {
  compressed: {
    tells: "The leak in a merged and compressed file.",
    build: () => told(leakStory(LEAK, { seed: 81 }), { compression: "matches" }),
    expected: { ...expected, session: { compressed: true, relogged: true } },
  },
  "compressed-literals": {
    tells: "Compressed buffers in which nothing was worth a match.",
    build: () => told(leakStory(LEAK, { seed: 82 }), { compression: "literals" }),
    expected,
  },
  "compressed-damaged": {
    tells: "One compressed buffer does not decompress; the others are read.",
    build: () =>
      withBrokenStream(told(leakStory(LEAK, { seed: 83 }), { compression: "matches", bufferSize: SMALL_BUFFER })),
    expected: roughly({ damagedBuffers: 1, truncated: false }),
  },
  relogged: {
    tells: "The leak as `netsh trace stop` delivers it: merged, plain, buffers of 512 KB.",
    build: () => told(leakStory(LEAK, { seed: 84 }), { relogged: true, bufferSize: 0x80000 }),
    expected: { ...expected, session: { relogged: true, compressed: false, loggerName: "Relogger" } },
  },
  "many-processors": {
    tells: "64 processors, their buffers in any order.",
    build: () =>
      told(leakStory(LEAK, { seed: 85, processors: 64 }), {
        bufferSize: 0x1000,
        arrangement: { kind: "shuffled", seed: 85 },
      }),
    expected: { ...expected, session: { processors: 64 } },
  },
  truncated: {
    tells: "The file ends in the middle of its last buffer.",
    build: () => cutInLastBuffer(told(leakStory(LEAK, { seed: 86 }))),
    expected: roughly({ truncated: true }),
  },
  "record-of-size-zero": {
    tells: "A record of size 0 takes the rest of its buffer with it.",
    build: () => withRecordOfSizeZero(told(leakStory(LEAK, { seed: 87 }))),
    expected: roughly({ damagedBuffers: 1, truncated: false }),
  },
  "lost-events": {
    tells: "The session could not keep up and says so.",
    build: () => told(leakStory(LEAK, { seed: 88 }), { eventsLost: 1234, buffersLost: 3 }),
    expected: { ...expected, coverage: { eventsLost: 1234, buffersLost: 3 } },
  },
  "packets-only": {
    tells: "A capture of packets tells nothing about sockets.",
    build: () => {
      const tale = story({ seed: 89 });
      rundown(tale);
      sendsPackets(tale, 400);
      return told(tale);
    },
    expected: {
      exhausted: "unknown",
      pattern: "None",
      culprit: null,
      binds: { attempted: 0, succeeded: 0, failed: 0 },
      failures: 0,
      victims: [],
      holders: [],
    },
  },
  empty: {
    tells: "A session in which nothing happened.",
    build: () => told(story({ seed: 90 }), { endAt: SECOND }),
    expected: { exhausted: "unknown", culprit: null, failures: 0 },
  },
  wrapped: {
    tells: "A circular file: the leak has overwritten the oldest packets, and the newest buffers lie in front.",
    build: () =>
      told(leakStory(LEAK, { seed: 91, processors: 4 }, packetsBefore), {
        bufferSize: SMALL_BUFFER,
        logFileMode: LOG_FILE_MODE.circular,
        maximumFileMB: 1,
        arrangement: { kind: "wrapped", slots: 48 },
      }),
    expected: { ...expected, session: { circular: true } },
  },
  appended: {
    tells: "A second session has appended the failures to the file of the first.",
    build: () =>
      told(leakStory(LEAK, { seed: 92 }), {
        bufferSize: SMALL_BUFFER,
        logFileMode: LOG_FILE_MODE.append,
        arrangement: { kind: "appended", at: 12 * 60 * SECOND },
      }),
    expected,
  },
  "one-buffer-for-all": {
    tells: "A session without buffers per processor.",
    build: () =>
      told(leakStory(LEAK, { seed: 93 }), {
        logFileMode: LOG_FILE_MODE.sequential | LOG_FILE_MODE.noPerProcessorBuffering,
      }),
    expected,
  },
  "clock-qpc": {
    tells: "A performance counter of 1.8183 MHz, as on older machines.",
    build: () => told(leakStory(LEAK, { seed: 94 }), { perfFreq: 1_818_300 }),
    expected: { ...expected, session: { clock: "qpc", startTime: "2026-03-02T09:00:00.0000000Z" } },
  },
  "clock-system-time": {
    tells: "Timestamps are system time.",
    build: () => told(leakStory(LEAK, { seed: 95 }), { clock: "systemTime" }),
    expected: { ...expected, session: { clock: "systemTime", startTime: "2026-03-02T09:00:00.0000000Z" } },
  },
  "clock-cpu-cycle": {
    tells: "Timestamps are cycles of the processor.",
    build: () => told(leakStory(LEAK, { seed: 96 }), { clock: "cpuCycle" }),
    expected: { ...expected, session: { clock: "cpuCycle", startTime: "2026-03-02T09:00:00.0000000Z" } },
  },
  unfinished: {
    tells: "The session was never closed: no end time, no count of buffers.",
    build: () => told(leakStory(LEAK, { seed: 97 }), { endAt: null }),
    expected: { ...expected, session: { endTime: null } },
  },
} as const satisfies Readonly<Record<string, Scenario>>;
