/** How full a pool is, in the records: cut, not rounded, as near a limit a rounded number would say that it is passed. */
import type { Pool } from "../pools/pool.ts";
import { usedPart } from "../verdict/capture/level.ts";

export const cutPercent = (pool: Pick<Pool, "used" | "capacity">): number => Math.floor(usedPart(pool) * 10_000) / 100;
