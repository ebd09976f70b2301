/** Captures of one machine -> how its pools and its processes changed between them, and what could not be compared. */
import { TRANSPORTS, type Transport } from "../model/socket-row.ts";
import { livesOf } from "./lives.ts";
import type { Moment } from "./moment.ts";
import { comparable } from "./one-machine.ts";
import { type OwnerChange, ownerChanges } from "./owner-change.ts";
import { type PoolGrowth, poolGrowth } from "./pool-growth.ts";
import { comparedPools } from "./pools.ts";

/** A protocol whose tables are missing, or cut, in some captures: what these lack would pass for closed. */
export interface Unread {
  readonly protocol: Transport;
  readonly files: readonly string[];
}

export interface Compared {
  readonly moments: readonly Moment[];
  /** Of the same moment as another one. */
  readonly repeated: readonly string[];
  readonly pools: readonly PoolGrowth[];
  /** Most growth first. */
  readonly changes: readonly OwnerChange[];
  readonly unread: readonly Unread[];
  /** Captures that do not show ports that are only bound. */
  readonly withoutBound: readonly string[];
}

const unreadIn = (moments: readonly Moment[], protocol: Transport): readonly Unread[] => {
  const files = moments.filter(({ sight }) => sight[protocol] !== "whole").map(({ file }) => file);
  return files.length === 0 ? [] : [{ protocol, files }];
};

const byGrowth = (a: OwnerChange, b: OwnerChange): number => b.after - b.before - (a.after - a.before);

/** Errors: those of comparable. */
export const compare = (given: readonly Moment[]): Compared => {
  const { moments, repeated } = comparable(given);
  const lives = livesOf(moments);
  const unread = TRANSPORTS.flatMap((protocol) => unreadIn(moments, protocol));
  const read = TRANSPORTS.filter((protocol) => !unread.some((each) => each.protocol === protocol)).map((protocol) => ({
    protocol,
    pools: comparedPools(moments, protocol),
  }));
  return {
    moments,
    repeated,
    pools: read.flatMap(({ pools }) => pools.map((pool) => poolGrowth(moments, lives, pool))),
    changes: read.flatMap(({ protocol, pools }) => ownerChanges(moments, lives, protocol, pools)).sort(byGrowth),
    unread,
    withoutBound: moments.filter(({ seesBound }) => !seesBound).map(({ file }) => file),
  };
};
