/** MaxUserPort, the setting of Windows before Vista, stands in the registry. */
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
  why: "It is how Windows before Vista was given more ports. Microsoft's own port usage script says that it has no effect since, so whoever set it may believe in ports that are not there.",
  advice: "Set the range with netsh, and remove the value so that nobody takes it for the range in force.",
  capture: { needs: [CAPTURE_NEEDS.settings], see: seeCapture },
};
