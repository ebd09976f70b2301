/** Enough ports are free, but not in one piece as long as some programs need it. */
import { type MissingBlock, missingBlocks } from "../verdict/capture/fragments.ts";
import { count, number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { nameOf } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const needText = ({ name, block, isNeeded, isCertain }: MissingBlock): string => {
  const need = `${name[0]?.toUpperCase()}${name.slice(1)} needs ${number(block)} ports in a row`;
  if (!isNeeded) return `${need}; it was not seen to run here.`;
  return isCertain ? `${need}, and it runs here.` : `${need}; WSL runs here, whether in that mode is not known.`;
};

const sightingOf = (missing: MissingBlock): Sighting => ({
  severity: missing.isNeeded && missing.isCertain ? "Warning" : "Information",
  protocol: missing.pool.protocol,
  summary: `No ${number(missing.block)} free ${nameOf(missing.pool)} ports lie in a row: of ${count(missing.pool.free, "free port")}, at most ${number(missing.pool.largestFreeRun)} do.`,
  evidence: [needText(missing)],
  process: NOBODY,
});

/**
 * 64 in a row are missing on few machines, and say much of the pool. 4,096 are missing on most, as ports are taken all over the
 * range: that is worth a word only where WSL runs, or may run.
 */
const isWorthAWord =
  ({ snapshot }: CaptureCase) =>
  ({ isNeeded, isCertain }: MissingBlock): boolean =>
    isCertain || isNeeded || !snapshot.areProcessesKnown;

/** A pool without 64 in a row has no 4,096 either. */
const isImplied = (missing: MissingBlock, all: readonly MissingBlock[]): boolean =>
  !missing.isNeeded && all.some(({ pool, block }) => pool === missing.pool && block < missing.block);

const seeCapture = (seen: CaptureCase): readonly Sighting[] => {
  const all = missingBlocks(seen).filter(isWorthAWord(seen));
  return all.filter((missing) => !isImplied(missing, all)).map(sightingOf);
};

export const fragmentedPool: Rule = {
  id: "fragmented-pool",
  title: "Free ports are in pieces",
  why: "Programs that reserve a block of ports at once fail although many ports are free: containers and load balancing of HNS, and WSL's mirrored network.",
  advice:
    "Give the pool room in one piece: free what takes ports across the range, move listeners and exclusions out of it, or widen the range.",
  capture: {
    needs: [
      CAPTURE_NEEDS.allTcp,
      CAPTURE_NEEDS.udp,
      CAPTURE_NEEDS.tcpRange,
      CAPTURE_NEEDS.udpRange,
      CAPTURE_NEEDS.tcpExclusions,
      CAPTURE_NEEDS.udpExclusions,
    ],
    see: seeCapture,
  },
};
