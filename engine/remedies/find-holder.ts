/** Ports are held, and who holds them was not seen: handles tell, which only an administrator can read. */
import type { Finding } from "../generated/records.ts";
import { meansOf } from "./processes.ts";
import type { RemedyCase } from "./case.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

const OF_THE_POOL: readonly string[] = ["pool-exhausted", "pool-pressure"];

/** A pool is full of something; that its finding names nobody is no news where another finding, or the verdict, says what it is. */
const isExplained = ({ id }: Finding, { findings, leading }: RemedyCase): boolean =>
  OF_THE_POOL.includes(id) && (leading !== null || findings.some(({ processId }) => processId !== null));

export const findHolder: RemedyRule = {
  id: "find-holder",
  title: "Find the process that holds the ports now",
  phase: "Investigate",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: [
    "The shortage: it tells whom to restart.",
    "Ports of the kernel, of protected processes and of containers: their handles cannot be read.",
  ],
  sources: [SOURCES.socketCreator, SOURCES.portExhaustion],
  tell: (finding, seen) => {
    if (meansOf(finding, seen).kind !== "gone" || isExplained(finding, seen)) return null;
    return {
      reason: finding.summary,
      commands: ["Get-AfdHandleOwner -Top 10", "New-PortSnapshot"],
      advice: [
        "Run both as administrator, on the machine itself: only then are the handles of services read.",
        "Windows names the process that opened a socket, even when it has ended and its PID belongs to another one: end nobody by that PID alone.",
      ],
      consequence:
        "Reads only. Handles are duplicated for a moment each, which software that watches for attacks may report.",
      undo: [],
      checkFirst: [],
    };
  },
};
