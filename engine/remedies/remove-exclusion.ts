/** Ranges that an administrator excluded, marked by an asterisk in netsh: they are kept over restarts, and can be deleted. */
import { count, number } from "../verdict/phrases.ts";
import { type Exclusion, excludedInRange, familiesOf, portsOf, SMALLEST_BLOCK } from "./exclusions.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

/** The largest ones: to delete more of them one by one is nothing to type. */
const MOST_RANGES = 10;

const line = (verb: "add" | "delete", family: string, { protocol, start, ports }: Exclusion): string =>
  `netsh int ${family} ${verb} excludedportrange protocol=${protocol} startport=${start} numberofports=${ports} store=persistent`;

export const removeExclusion: RemedyRule = {
  id: "remove-exclusion",
  title: "Delete excluded ranges that an administrator made",
  phase: "Now",
  risk: "Low",
  reboot: false,
  reversible: true,
  willNotFix: ["Ranges without an asterisk in netsh: Windows made them, and refuses to delete them.", "A leak."],
  sources: [SOURCES.reservedPorts, SOURCES.excludedByNumber, SOURCES.winNatExclusion],
  tell: ({ protocol }, seen) => {
    const ranges = excludedInRange(seen, protocol)
      .filter(({ isAdministered, ports }) => isAdministered && ports >= SMALLEST_BLOCK)
      .slice(0, MOST_RANGES);
    if (ranges.length === 0) return null;
    const lines = (verb: "add" | "delete") =>
      ranges.flatMap((range) => familiesOf(seen, range).map((family) => line(verb, family, range)));
    const names = ranges.map(({ start, ports }) => `${number(start)} to ${number(start + ports - 1)}`);
    return {
      reason: `${count(ranges.length, "range")} with ${count(portsOf(ranges), "port")} in the dynamic range ${ranges.length === 1 ? "was" : "were"} excluded by an administrator: ${names.join(", ")}.`,
      commands: lines("delete"),
      advice: [
        "Delete only ranges of which you know why they were made: they keep ports for a program that listens at them by number.",
        "Where a line finds no such range any more, the line for the other family has taken it away: that is no harm.",
      ],
      consequence:
        "The ports are given out to programs that ask for any. A program that needs one of them by number may find it taken.",
      undo: lines("add"),
      checkFirst: [
        "Get-PortReservation, which tells all excluded ranges.",
        "Who excluded them, and for which program.",
      ],
    };
  },
};
