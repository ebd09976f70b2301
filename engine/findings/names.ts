/** Processes as findings name them. */
import type { Snapshot } from "../artifacts/snapshot.ts";
import { canonical, type TrackedProcess } from "../model/process.ts";
import { listedServices, processNameOf } from "../verdict/capture/names.ts";
import type { Named } from "./rule.ts";

export const ofSnapshot = (snapshot: Snapshot, processId: number): Named => ({
  processId,
  processName: processNameOf(snapshot, processId),
  services: listedServices(snapshot, processId),
});

/** A trace has no services. */
export const ofTrace = (process: TrackedProcess): Named => {
  const { processId, name } = canonical(process);
  return { processId, processName: name, services: [] };
};
