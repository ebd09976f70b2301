// One leak, written into files of every kind: clocks, orders, compression, losses, damage.

import { breakFirstStream, cutInLastBuffer, zeroFirstSize } from "../damage.ts";
import { SECOND } from "../filetime.ts";
import { sendsPackets } from "../story/packets.ts";
import { rundown } from "../story/processes.ts";
import { type Story, story } from "../story.ts";
import { LOG_FILE_MODE } from "../trace-file.ts";
import { leakExpected, leakStory } from "./leaks.ts";
import type { Expected, Plot } from "./scenario.ts";

const LEAK = 300;
const expected = leakExpected(LEAK);
/** Small enough for the leak to fill several buffers a processor. */
const SMALL_BUFFER = 0x2000;

/** What is left to say when records were destroyed: the verdict, not the numbers. */
const roughly = (coverage: NonNullable<Expected["coverage"]>): Expected => ({
  exhausted: "yes",
  pattern: "BoundLeak",
  culprit: 4120,
  coverage,
});

const packetsFirst = { before: (tale: Story) => sendsPackets(tale, 1000) };

export const files = {
  compressed: {
    tells: "The leak in a merged and compressed file.",
    tale: () => leakStory(LEAK, { seed: 81 }),
    file: { compression: "matches" },
    expected: { ...expected, session: { compressed: true, relogged: true } },
  },
  "compressed-literals": {
    tells: "Compressed buffers in which nothing was worth a match.",
    tale: () => leakStory(LEAK, { seed: 82 }),
    file: { compression: "literals" },
    expected,
  },
  "compressed-damaged": {
    tells: "One compressed buffer does not decompress; the others are read.",
    tale: () => leakStory(LEAK, { seed: 83 }),
    file: { compression: "matches", bufferSize: SMALL_BUFFER },
    damage: breakFirstStream,
    expected: roughly({ damagedBuffers: 1, truncated: false }),
  },
  relogged: {
    tells: "The leak as `netsh trace stop` delivers it: merged, plain, buffers of 512 KB.",
    tale: () => leakStory(LEAK, { seed: 84 }),
    file: { relogged: true, bufferSize: 0x80000 },
    expected: { ...expected, session: { relogged: true, compressed: false, loggerName: "Relogger" } },
  },
  "many-processors": {
    tells: "64 processors, their buffers in any order.",
    tale: () => leakStory(LEAK, { seed: 85, processors: 64 }),
    file: { bufferSize: 0x1000, arrangement: { kind: "shuffled", seed: 85 } },
    expected: { ...expected, session: { processors: 64 } },
  },
  truncated: {
    tells: "The file ends in the middle of its last buffer.",
    tale: () => leakStory(LEAK, { seed: 86 }),
    damage: cutInLastBuffer,
    expected: roughly({ truncated: true }),
  },
  "record-of-size-zero": {
    tells: "A record of size 0 takes the rest of its buffer with it.",
    tale: () => leakStory(LEAK, { seed: 87 }),
    damage: zeroFirstSize,
    expected: roughly({ damagedBuffers: 1, truncated: false }),
  },
  "lost-events": {
    tells: "The session could not keep up and says so.",
    tale: () => leakStory(LEAK, { seed: 88 }),
    file: { eventsLost: 1234, buffersLost: 3 },
    expected: { ...expected, coverage: { eventsLost: 1234, buffersLost: 3 } },
  },
  "packets-only": {
    tells: "A capture of packets tells nothing about sockets.",
    tale: () => {
      const tale = story({ seed: 89 });
      rundown(tale);
      sendsPackets(tale, 400);
      return tale;
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
    tale: () => story({ seed: 90 }),
    expected: { exhausted: "unknown", culprit: null, failures: 0 },
  },
  wrapped: {
    tells: "A circular file: the leak has overwritten the oldest packets, and the newest buffers lie in front.",
    tale: () => leakStory(LEAK, { seed: 91, processors: 4 }, packetsFirst),
    file: {
      bufferSize: SMALL_BUFFER,
      logFileMode: LOG_FILE_MODE.circular,
      maximumFileMB: 1,
      arrangement: { kind: "wrapped", slots: 48 },
    },
    expected: { ...expected, session: { circular: true } },
  },
  appended: {
    tells: "A second session has appended the failures to the file of the first.",
    tale: () => leakStory(LEAK, { seed: 92 }),
    file: {
      bufferSize: SMALL_BUFFER,
      logFileMode: LOG_FILE_MODE.append,
      arrangement: { kind: "appended", at: 12 * 60 * SECOND },
    },
    expected,
  },
  "one-buffer-for-all": {
    tells: "A session without buffers per processor.",
    tale: () => leakStory(LEAK, { seed: 93 }),
    file: { logFileMode: LOG_FILE_MODE.sequential | LOG_FILE_MODE.noPerProcessorBuffering },
    expected,
  },
  "clock-qpc": {
    tells: "A performance counter of 1.8183 MHz, as on older machines.",
    tale: () => leakStory(LEAK, { seed: 94 }),
    file: { perfFreq: 1_818_300 },
    expected: { ...expected, session: { clock: "qpc", startTime: "2026-03-02T09:00:00.0000000Z" } },
  },
  "clock-system-time": {
    tells: "Timestamps are system time.",
    tale: () => leakStory(LEAK, { seed: 95 }),
    file: { clock: "systemTime" },
    expected: { ...expected, session: { clock: "systemTime", startTime: "2026-03-02T09:00:00.0000000Z" } },
  },
  "clock-cpu-cycle": {
    tells: "Timestamps are cycles of the processor.",
    tale: () => leakStory(LEAK, { seed: 96 }),
    file: { clock: "cpuCycle" },
    expected: { ...expected, session: { clock: "cpuCycle", startTime: "2026-03-02T09:00:00.0000000Z" } },
  },
  unfinished: {
    tells: "The session was never closed: no end time, no count of buffers. (Such a file is live while it is young.)",
    tale: () => leakStory(LEAK, { seed: 97 }),
    file: { endAt: null },
    expected: { ...expected, session: { endTime: null } },
  },
} as const satisfies Readonly<Record<string, Plot>>;
