/** How far a verdict can be relied on. */
import type { Confidence } from "../generated/records.ts";

const LEVELS = ["Low", "Medium", "High"] as const satisfies readonly Confidence[];

/** The weakest link counts. */
export const lowest = (...all: readonly Confidence[]): Confidence =>
  LEVELS[Math.min(...all.map((level) => LEVELS.indexOf(level)))] ?? "Low";
