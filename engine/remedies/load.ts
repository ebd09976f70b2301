/**
 * Connections to many peers are the load that a program has, as far as anybody can see: a restart interrupts them and brings the same
 * load again. More ports come first there, and what interrupts after them, should it be a leak all the same.
 */
import { directionOfProcess } from "../findings/direction.ts";
import type { Finding } from "../generated/records.ts";
import { isKernelOrNobody } from "../model/process.ts";
import type { RemedyCase } from "./case.ts";
import { holdsOthersPorts } from "./processes.ts";

export const isLoad = (finding: Finding, seen: RemedyCase): boolean => {
  const { id, processId } = finding;
  if (id !== "connection-build-up" || seen.capture === null || processId === null) return false;
  if (isKernelOrNobody(processId) || holdsOthersPorts(finding, seen)) return false;
  return directionOfProcess(seen.capture, processId) === "many";
};

/** At once, and after a restart of the machine. */
const MORE_PORTS: readonly string[] = ["restore-range", "widen-range", "auto-reuse-range"];

/** Many endpoints are many already. */
const UNFIT: readonly string[] = ["spread-destination"];

/** With half of the pool free, load is only to know. */
const TO_KNOW: readonly string[] = ["watch-it"];

/** The answers to a finding that fit load, in the order that fits it. */
export const fitToLoad = (ids: readonly string[], finding: Finding, seen: RemedyCase): readonly string[] => {
  if (!isLoad(finding, seen)) return ids;
  if (finding.severity === "Information") return ids.filter((id) => TO_KNOW.includes(id));
  const others = ids.filter((id) => !MORE_PORTS.includes(id) && !UNFIT.includes(id));
  return [...MORE_PORTS.filter((id) => ids.includes(id)), ...others];
};
