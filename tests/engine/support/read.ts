// Reads a trace below the analysis: every record as the merge delivers it, and what was said of the file.

import type { GuidWords } from "../../../engine/bytes/guid.ts";
import { formatGuid } from "../../../engine/bytes/guid.ts";
import type { Damage } from "../../../engine/etl/damage.ts";
import type { Interest, KindIdentity } from "../../../engine/etl/kinds.ts";
import { openTrace, type ReadResult, readTrace, type TraceSession } from "../../../engine/etl/reader.ts";
import type { Window } from "../../../engine/etl/walk.ts";
import { withFile } from "./files.ts";

export type Delivered = {
  readonly ticks: number;
  readonly time: string;
  readonly processor: number;
  readonly identity: KindIdentity;
  readonly pointerSize: 4 | 8;
  readonly payload: Uint8Array;
};

export type Reading = {
  readonly log: TraceSession["log"];
  /** Records of the session, without those of the file's own header. */
  readonly delivered: readonly Delivered[];
  readonly counted: number;
  readonly damage: readonly Damage[];
  readonly damagedBuffers: number;
  readonly bytesSkipped: number;
  readonly isTruncated: boolean;
  readonly outOfOrder: number;
};

const HEADER_GROUP = "68fdd900-4a3e-11d1-84f4-0000f80464e3";

const isOwn = (guid: GuidWords): boolean => formatGuid(guid) === HEADER_GROUP;

const WANTED: Interest = { plans: null, isWanted: true, isTimeless: false };

const readingOf = (
  { log }: TraceSession,
  delivered: readonly Delivered[],
  { kinds, damage, outOfOrder }: ReadResult,
): Reading => ({
  log,
  delivered,
  counted: kinds.counts.reduce((sum, count) => sum + count, 0),
  damage: damage.damage,
  damagedBuffers: damage.damagedBuffers,
  bytesSkipped: damage.bytesSkipped,
  isTruncated: damage.isTruncated,
  outOfOrder,
});

export const readPath = (path: string, window: Window | null = null): Reading => {
  const session = openTrace(path);
  const delivered: Delivered[] = [];
  try {
    const options = { describe: () => WANTED, window, rowSize: 1, onProgress: () => undefined };
    const result = readTrace(session, options, (kinds) => ({ view, bytes }, list, index, processor) => {
      const tag = list.tags[index] ?? 0;
      const identity = kinds.identity(tag >> 1);
      const ticks = list.ticks[index] ?? Number.NaN;
      const payload = bytes.slice(list.payloads[index], list.ends[index]);
      if (view.buffer !== bytes.buffer) throw new Error("the views of a block are of different memory");
      if (isOwn(identity.guid)) return;
      delivered.push({
        ticks,
        time: session.clock.toIso(ticks),
        processor,
        identity,
        pointerSize: (tag & 1) === 1 ? 4 : 8,
        payload,
      });
    });
    return readingOf(session, delivered, result);
  } finally {
    session.file.close();
  }
};

export const readBytes = (bytes: Uint8Array, window: Window | null = null): Reading =>
  withFile(bytes, (path) => readPath(path, window));

/** Every step of a sequence that goes down; empty where it never does. */
export const stepsDown = (values: readonly number[]): readonly number[] =>
  values.filter((value, index) => index > 0 && value < (values[index - 1] ?? 0));
