/**
 * MaxUserPort, the setting of Windows before Vista, stands in the registry. What it does today is told differently: Microsoft's port usage
 * script says that it has no effect since Vista; on Windows 11 it was measured to widen the range (nmap/nmap#3499).
 */
import { number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const rangeText = ({ snapshot: { ranges } }: CaptureCase): string => {
  const range = ranges.find(({ protocol }) => protocol === "tcp");
  return range === undefined
    ? "What range is in force, `netsh int ipv4 show dynamicport tcp` tells."
    : `The TCP range in force, by netsh, is ${range.start} to ${range.start + range.ports - 1}: all numbers here rest on it.`;
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] => {
  const { maxUserPort } = seen.snapshot.settings;
  if (maxUserPort === null) return [];
  return [
    {
      severity: "Information",
      protocol: "tcp",
      summary: `MaxUserPort is set to ${number(maxUserPort)} in the registry.`,
      evidence: [rangeText(seen)],
      process: NOBODY,
    },
  ];
};

export const maxUserPort: Rule = {
  id: "max-user-port",
  title: "MaxUserPort is set",
  why: "It is how Windows before Vista was given more ports. What it does today is told differently: Microsoft's port usage script says that it has no effect since Vista; on Windows 11, 65534 was measured to make the range 1,024 to 65,534, which takes the blocks that WSL and Hyper-V need. Only the range in force counts.",
  advice:
    "Look at the range in force first; set the one that is wanted with netsh, and remove the value, so that there is one place that says it.",
  capture: { needs: [CAPTURE_NEEDS.settings], see: seeCapture },
};
